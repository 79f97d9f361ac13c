import { createHash } from "node:crypto";
import { fromHex, toHex } from "../../apdu/hex.ts";
import { encodeTlv } from "../../apdu/tlv.ts";
import { decodeBytes, expectTag, sequence, single, TAG } from "./der.ts";
import type { JpkiCertificate } from "./parse.ts";

/** Which certificate is spoken of (CertID; RFC 6960, 4.1.1): all but the object identifier in upper-case hexadecimal. */
export interface CertId {
  readonly hash: string;
  readonly issuerName: string;
  readonly issuerKey: string;
  /** Whole bytes, without the byte for its sign. */
  readonly serialNumber: string;
}

/** One question to a responder: what it is about, and the number by which its answer is known. */
export interface OcspQuestion {
  readonly certId: CertId;
  readonly nonce: Uint8Array;
}

const sha1 = "1.3.14.3.2.26";
const sha1Identifier = fromHex("3009 06052B0E03021A 0500");
const nonceId = fromHex("0609 2B0601050507300102");
const requestExtensions = 0xa2;

/** As many bytes as a nonce may have (RFC 8954, 2.1). */
export const nonceLength = 32;

export const sha1Of = (bytes: Uint8Array): string => createHash("sha1").update(bytes).digest("hex").toUpperCase();

/** SHA-1 of a certificate's own public key, as responders and CertIDs name it: the bits alone, in upper-case hexadecimal. */
export function keyHashOf({ publicKey }: JpkiCertificate): string {
  const spki = single(publicKey.export({ type: "spki", format: "der" }), "the public key");
  const [, bits] = sequence(spki, "the public key");
  return sha1Of(decodeBytes(expectTag(bits, TAG.bitString, "the public key")));
}

/** SHA-1 only names the issuer here, and every responder knows it (RFC 5019, 2.1.1); a signature proves the answer. */
export const certIdOf = (certificate: JpkiCertificate, issuer: JpkiCertificate): CertId => ({
  hash: sha1,
  issuerName: sha1Of(encodeTlv(TAG.sequence, certificate.issuer.der)),
  issuerKey: keyHashOf(issuer),
  serialNumber: certificate.serialNumber.hex,
});

/** The OCSPRequest in DER, unsigned, for one certificate (RFC 6960, 4.1.1) and with a nonce (RFC 8954). */
export function encodeRequest({ certId, nonce }: OcspQuestion): Uint8Array {
  const { issuerName, issuerKey, serialNumber } = certId;
  const octets = (hex: string) => encodeTlv(TAG.octetString, fromHex(hex));
  const id = sequenceOf(sha1Identifier, octets(issuerName), octets(issuerKey), positiveInteger(serialNumber));
  const nonceValue = encodeTlv(TAG.octetString, encodeTlv(TAG.octetString, nonce));
  const extensions = encodeTlv(requestExtensions, sequenceOf(sequenceOf(nonceId, nonceValue)));
  return sequenceOf(sequenceOf(sequenceOf(sequenceOf(id)), extensions));
}

const sequenceOf = (...parts: readonly Uint8Array[]): Uint8Array => encodeTlv(TAG.sequence, parts);

function positiveInteger(hex: string): Uint8Array {
  const bytes = fromHex(hex);
  return encodeTlv(TAG.integer, (bytes[0] ?? 0) >= 0x80 ? fromHex(`00${toHex(bytes)}`) : bytes);
}
