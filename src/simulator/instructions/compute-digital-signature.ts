import { constants, privateEncrypt } from "node:crypto";
import type { CommandApdu } from "../../apdu/command.ts";
import type { ResponseApdu } from "../../apdu/response.ts";
import { type CardOs, Refusal, referencedEntry, success } from "../os.ts";

const padAsGiven = 0x00;
const signatureLength = 256;
const maxInput = signatureLength - 11;

/**
 * COMPUTE DIGITAL SIGNATURE (CLA 80): RSASSA-PKCS1-v1_5 padding (RFC 8017, 9.2) around the given data, whatever they are; a
 * DigestInfo is the caller's business. The key stays shut before its PIN; one VERIFY serves any number of signatures.
 */
export function computeDigitalSignature(os: CardOs, { p1, p2, data, le }: CommandApdu): ResponseApdu {
  if (!data || le === undefined || le < signatureLength) throw new Refusal(0x6700);
  if (p1 !== padAsGiven) throw new Refusal(0x6a86);
  const entry = referencedEntry(os, p2, "sign");
  if (entry.kind !== "key") throw new Refusal(0x6981);
  if (!os.session.verified.has(entry.key.pin)) throw new Refusal(0x6982);
  if (data.length > maxInput) throw new Refusal(0x6985);
  const signature = privateEncrypt({ key: entry.key.privateKey, padding: constants.RSA_PKCS1_PADDING }, data);
  return success(new Uint8Array(signature));
}
