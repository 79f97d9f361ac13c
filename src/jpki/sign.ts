import { createHash } from "node:crypto";
import { sw as SW } from "../apdu/status.ts";
import { MynakitError } from "../errors.ts";
import { type HashName, jpkiFiles } from "./applications.ts";
import type { Card } from "./hold.ts";
import { refusesShortFileId, selectApplication, selectFile, shortFileId, unexpectedAnswer } from "./select.ts";

export { type HashName, hashNames } from "./applications.ts";

export type SigningKey = "auth" | "sign";

const keyFiles: Readonly<Record<SigningKey, number>> = { auth: jpkiFiles.authKey, sign: jpkiFiles.signKey };

/** The largest answer to a signature of RSA-2048, and what its padding leaves for the data (RFC 8017, 9.2). */
const signatureLength = 256;
const mostData = signatureLength - 11;

export interface Digest {
  readonly hash: HashName;
  readonly value: Uint8Array;
}

/** DigestInfo up to the hash (RFC 8017, 9.2, note 1). */
const prefixes: Readonly<Record<HashName, string>> = {
  sha256: "3031300d060960864801650304020105000420",
  sha384: "3041300d060960864801650304020205000430",
  sha512: "3051300d060960864801650304020305000440",
};

export const digestLengths: Readonly<Record<HashName, number>> = { sha256: 32, sha384: 48, sha512: 64 };

export function digestOf(hash: HashName, message: Uint8Array): Digest {
  return { hash, value: new Uint8Array(createHash(hash).update(message).digest()) };
}

/** What PKCS #1 v1.5 pads: 51 bytes for SHA-256, 67 for SHA-384, 83 for SHA-512. */
export function digestInfo({ hash, value }: Digest): Uint8Array {
  return new Uint8Array(Buffer.concat([Buffer.from(prefixes[hash], "hex"), value]));
}

/** The DigestInfo of a message's SHA-256. */
export const sha256DigestInfo = (message: Uint8Array): Uint8Array => digestInfo(digestOf("sha256", message));

/**
 * COMPUTE DIGITAL SIGNATURE: the card pads `digestInfo` (PKCS #1 v1.5) and applies the private key. The key's PIN has
 * to stand verified. Source: public measurements (myna-card) for the short file id in P2.
 * @param digestInfo 1 to 245 bytes, taken as they are
 * @returns the signature, 256 bytes
 * @throws {MynakitError} ERR_CARD_ANSWER (`sw` 6982: no PIN; 6A82: no such application or key); what a channel throws
 */
export async function computeSignature(card: Card, key: SigningKey, digestInfo: Uint8Array): Promise<Uint8Array> {
  if (digestInfo.length === 0 || digestInfo.length > mostData) {
    throw new MynakitError("ERR_INTERNAL", { reason: `a DigestInfo of ${digestInfo.length} bytes` });
  }
  if (!(await selectApplication(card, "jpki"))) throw unexpectedAnswer("SELECT", SW.notFound);
  const { data, sw } = await sign(card, keyFiles[key], digestInfo);
  if (sw !== SW.ok || data.length !== signatureLength) throw unexpectedAnswer("COMPUTE DIGITAL SIGNATURE", sw);
  return data;
}

async function sign(card: Card, file: number, data: Uint8Array) {
  const command = { cla: 0x80, ins: 0x2a, p1: 0x00, data, le: signatureLength };
  if (card.memory.shortFileIds) {
    const response = await card.transmit({ ...command, p2: 0x80 | shortFileId(file) });
    if (!refusesShortFileId(response.sw)) return response;
    card.memory.shortFileIds = false;
  }
  const selected = await selectFile(card, file);
  if (selected !== SW.ok) throw unexpectedAnswer("SELECT", selected);
  return card.transmit({ ...command, p2: 0x80 });
}
