import { type KeyObject, verify } from "node:crypto";
import { encodeTlv, type Tlv } from "../../apdu/tlv.ts";
import { decodeBytes, decodeOid, expectTag, sequence, single, TAG } from "./der.ts";

/** What certificates and revocation lists have in common (RFC 5280, 4.1.1 and 5.1.1): content, algorithm, signature. */
export interface Signed {
  /** The parts of the signed content. */
  readonly content: readonly Tlv[];
  /** Exactly the bytes that were signed. */
  readonly bytes: Uint8Array;
  /** Object identifier. */
  readonly algorithm: string;
  readonly signature: Uint8Array;
}

/** @throws {SyntaxError} also where something stands behind it */
export function signedContent(der: Uint8Array, what: string): Signed {
  const [content, algorithm, signature] = sequence(single(der, what), what);
  const value = expectTag(content, TAG.sequence, "the signed part");
  return {
    content: sequence(content, "the signed part"),
    bytes: encodeTlv(TAG.sequence, value),
    algorithm: algorithmOf(algorithm),
    signature: decodeBytes(expectTag(signature, TAG.bitString, "the signature")),
  };
}

/** The object identifier of an AlgorithmIdentifier. @throws {SyntaxError} */
export function algorithmOf(value: Tlv | undefined): string {
  const [id] = sequence(value, "the signature algorithm");
  return decodeOid(expectTag(id, TAG.oid, "the id of the signature algorithm"));
}

/**
 * The algorithms that an authority may sign with, and their hash: JPKI's, that of the next card (P-384) and their
 * siblings. SHA-1 and MD5 are not among them: a second certificate with the same signature can be made.
 */
const hashes: ReadonlyMap<string, { readonly hash: string; readonly keyType: "rsa" | "ec" }> = new Map([
  ["1.2.840.113549.1.1.11", { hash: "sha256", keyType: "rsa" }],
  ["1.2.840.113549.1.1.12", { hash: "sha384", keyType: "rsa" }],
  ["1.2.840.113549.1.1.13", { hash: "sha512", keyType: "rsa" }],
  ["1.2.840.10045.4.3.2", { hash: "sha256", keyType: "ec" }],
  ["1.2.840.10045.4.3.3", { hash: "sha384", keyType: "ec" }],
  ["1.2.840.10045.4.3.4", { hash: "sha512", keyType: "ec" }],
]);

export const isSoundAlgorithm = (algorithm: string): boolean => hashes.has(algorithm);

/** Whether a key made the signature, with an algorithm that can be relied on. Never throws. */
export function isSignedBy({ algorithm, bytes, signature }: Signed, key: KeyObject): boolean {
  const known = hashes.get(algorithm);
  return known !== undefined && known.keyType === key.asymmetricKeyType && verify(known.hash, bytes, key, signature);
}
