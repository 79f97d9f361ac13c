import { compactVerify, createLocalJWKSet, errors, type JSONWebKeySet } from "jose";
import { members } from "../../login/shape.ts";
import type { Outgoing } from "./outbox.ts";
import { mediaTypes, type ReceiptClaims } from "./wire.ts";

/** The file that an applicant keeps: what was signed, the signature, and the platform's receipt of both. */
export interface ReceiptFile {
  readonly application: string;
  /** DER. */
  readonly signature: Uint8Array;
  readonly receipt: string;
}

const type = "mynakit.receipt-file/1";

/** The file of a received application. */
export const receiptFile = ({ application, signature }: Outgoing, receipt: string): string =>
  `${JSON.stringify({ type, application, signature, receipt }, null, 2)}\n`;

/** What JSON holds. @throws {SyntaxError} without the words of the parser, which quotes what it reads */
export function jsonIn(content: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(content).toString("utf8"));
  } catch (cause) {
    throw new SyntaxError("it is not JSON", { cause });
  }
}

/** @throws {SyntaxError} */
export function parseReceiptFile(content: Uint8Array): ReceiptFile {
  const read = jsonIn(content);
  if ((Object(read) as { type?: unknown }).type !== type) throw new SyntaxError("it is no receipt");
  const file = members(read, "the receipt");
  const signature = new Uint8Array(Buffer.from(file.text("signature"), "base64"));
  return { application: file.text("application"), signature, receipt: file.text("receipt") };
}

/** What a platform says that it has received. */
export interface Receipt extends Omit<ReceiptClaims, "type" | "iss"> {
  readonly issuer: string;
}

/**
 * The receipt, if one of these keys signed it (RFC 7515, ES256).
 * @returns null where none did
 * @throws {SyntaxError} where it is no receipt
 */
export async function openReceipt(jws: string, keys: JSONWebKeySet): Promise<Receipt | null> {
  try {
    const { payload } = await compactVerify(jws, createLocalJWKSet(keys), { algorithms: ["ES256"] });
    return receiptIn(payload);
  } catch (error) {
    if (error instanceof errors.JWSSignatureVerificationFailed || error instanceof errors.JWKSNoMatchingKey)
      return null;
    if (error instanceof errors.JOSEError) throw new SyntaxError(error.message, { cause: error });
    throw error;
  }
}

function receiptIn(payload: Uint8Array): Receipt {
  const claims = members(JSON.parse(Buffer.from(payload).toString("utf8")), "the receipt");
  if (claims.text("type") !== "mynakit.receipt/1") throw new SyntaxError("what was signed is no receipt");
  return {
    issuer: claims.text("iss"),
    sandbox: claims.flag("sandbox"),
    id: claims.text("id"),
    receivedAt: claims.date("receivedAt"),
    applicationSha256: claims.text("applicationSha256"),
    signatureSha256: claims.text("signatureSha256"),
    attachments: claims.list("attachments").map((each) => ({
      name: each.text("name"),
      mediaType: each.oneOf("mediaType", mediaTypes),
      size: each.number("size"),
      sha256: each.text("sha256"),
    })),
  };
}
