import { createPublicKey, type KeyObject, verify } from "node:crypto";
import { toHex } from "../apdu/hex.ts";
import { parseTlvs } from "../apdu/tlv.ts";
import { dataObjects, valueUnder } from "./card-file.ts";
import type { IntegrityCheck } from "./integrity.ts";
import { simCvAuthority } from "./sim-cv-authority.ts";

/** A card-verifiable certificate: it says which key signs the data of an application. */
export interface CvCertificate {
  /** Key ids of 16 bytes, in upper-case hexadecimal. */
  readonly issuerKeyId: string;
  readonly subjectKeyId: string;
  readonly publicKey: KeyObject;
  /** The bytes that the authority signed. */
  readonly signed: Uint8Array;
  readonly signature: Uint8Array;
}

/** A key that signs card-verifiable certificates. None is on a card: where it comes from is what it is worth. */
export interface CvAuthority {
  readonly keyId: string;
  readonly publicKey: KeyObject;
}

const tags = { certificate: 0x7f21, body: 0x5f4e, signature: 0x5f37, exponent: 0x90, modulus: 0x91 } as const;
const keyIdLength = 16;
const modulusLength = 256;

/**
 * `7F21 { 5F4E body ; 5F37 signature }`, the body being both key ids and the RSA-2048 key.
 * Source: public measurements (myna-card, jpki/myna).
 * @throws {SyntaxError}
 */
export function parseCvCertificate(content: Uint8Array): CvCertificate {
  const objects = dataObjects(content, tags.certificate, [tags.body, tags.signature]);
  const signed = valueUnder(objects, tags.body);
  const keys = signed.subarray(2 * keyIdLength);
  return {
    issuerKeyId: toHex(signed.subarray(0, keyIdLength)),
    subjectKeyId: toHex(signed.subarray(keyIdLength, 2 * keyIdLength)),
    publicKey: parsePublicKey(keys),
    signed,
    signature: valueUnder(objects, tags.signature),
  };
}

function parsePublicKey(bytes: Uint8Array): KeyObject {
  const [exponent, modulus, ...more] = parseTlvs(bytes);
  const known = exponent?.tag === tags.exponent && modulus?.tag === tags.modulus && more.length === 0;
  if (!known || modulus.value.length !== modulusLength) throw new SyntaxError("its key is not an RSA key of 2048 bits");
  const base64 = (value: Uint8Array): string => Buffer.from(value).toString("base64url");
  try {
    return createPublicKey({ key: { kty: "RSA", n: base64(modulus.value), e: base64(exponent.value) }, format: "jwk" });
  } catch (cause) {
    throw new SyntaxError("its key cannot be used", { cause });
  }
}

/** Whether a key made a signature with SHA-256 (RSASSA-PKCS1-v1_5). Never throws. */
export function isSignedWith(key: KeyObject, bytes: Uint8Array, signature: Uint8Array): boolean {
  return verify("sha256", bytes, key, signature);
}

const authorityOfSimulatedCards = (): CvAuthority => ({
  keyId: simCvAuthority.keyId,
  publicKey: createPublicKey(simCvAuthority.publicKey),
});

/**
 * Whether an authority that is known signed a certificate. Nobody has published the keys of the authorities of real
 * cards; that of simulated ones counts for these alone, as what it certifies are keys that everybody has.
 * @param simulated true where the card is a simulated one
 */
export function checkCvCertificate(
  certificate: CvCertificate | null,
  simulated: boolean,
  authority: CvAuthority = authorityOfSimulatedCards(),
): IntegrityCheck {
  const name = "cv-certificate";
  if (!certificate) return { name, result: "not-checked", detail: "certificate-absent" };
  const { issuerKeyId, signed, signature } = certificate;
  if (issuerKeyId !== authority.keyId) return { name, result: "not-checked", detail: "authority-unknown" };
  if (!isSignedWith(authority.publicKey, signed, signature))
    return { name, result: "failed", detail: "signature-wrong" };
  return { name, result: simulated ? "ok" : "failed", detail: "simulated-authority" };
}
