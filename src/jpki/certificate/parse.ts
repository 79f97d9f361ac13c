import { type KeyObject, X509Certificate } from "node:crypto";
import { toHex } from "../../apdu/hex.ts";
import type { Tlv } from "../../apdu/tlv.ts";
import { MynakitError } from "../../errors.ts";
import type { CertificateKind } from "../applications.ts";
import { decodeBits, decodeOid, decodeTime, expectTag, readDer, sequence, TAG } from "./der.ts";
import { type Holder, parseHolder } from "./holder.ts";
import { type DistinguishedName, parseName } from "./name.ts";

/** Bits of keyUsage in their order, with the names of RFC 5280, 4.2.1.3. */
const keyUsages = [
  "digitalSignature",
  "nonRepudiation",
  "keyEncipherment",
  "dataEncipherment",
  "keyAgreement",
  "keyCertSign",
  "cRLSign",
  "encipherOnly",
  "decipherOnly",
] as const;

export type KeyUsage = (typeof keyUsages)[number];

export interface JpkiCertificate {
  readonly kind: CertificateKind;
  readonly subject: DistinguishedName;
  readonly issuer: DistinguishedName;
  /** The same positive integer in decimal and in upper-case hexadecimal of whole bytes. */
  readonly serialNumber: { readonly number: string; readonly hex: string };
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly keyUsage: readonly KeyUsage[];
  /** Object identifiers of certificatePolicies. */
  readonly policies: readonly string[];
  readonly isCa: boolean;
  readonly publicKey: KeyObject;
  /** Upper-case hexadecimal of the SHA-256 of `der`. */
  readonly fingerprintSha256: string;
  /** The person: in signing certificates only. */
  readonly holder: Holder | null;
  readonly pem: string;
  readonly der: Uint8Array;
}

const OID = {
  keyUsage: "2.5.29.15",
  subjectAltName: "2.5.29.17",
  basicConstraints: "2.5.29.19",
  policies: "2.5.29.32",
};
const explicitVersion = 0xa0;
const explicitExtensions = 0xa3;

/**
 * Parses a certificate strictly: DER without a byte before or behind it, a version 3 certificate (RFC 5280) that
 * OpenSSL reads too. Nothing is verified here: see `profile.ts` and `validity.ts`.
 * @throws {MynakitError} ERR_CERT_MALFORMED
 */
export function parseCertificate(der: Uint8Array, kind: CertificateKind): JpkiCertificate {
  try {
    return read(der, kind);
  } catch (cause) {
    if (cause instanceof SyntaxError) throw malformed(kind, cause.message, cause);
    throw malformed(kind, "OpenSSL does not read it", cause);
  }
}

export function malformed(kind: CertificateKind, problem: string, cause?: unknown): MynakitError<"ERR_CERT_MALFORMED"> {
  return new MynakitError("ERR_CERT_MALFORMED", { kind, problem }, { cause });
}

function read(der: Uint8Array, kind: CertificateKind): JpkiCertificate {
  const tbs = toBeSigned(der);
  const [version, serialNumber, , issuer, validity, subject, , ...optional] = tbs;
  if (toHex(expectTag(version, explicitVersion, "the version")) !== "020102") {
    throw new SyntaxError("it is not of version 3");
  }
  const [notBefore, notAfter] = sequence(validity, "the validity");
  const extensions = extensionsOf(optional);
  const x509 = new X509Certificate(der);
  return {
    kind,
    subject: parseName(expectTag(subject, TAG.sequence, "the subject")),
    issuer: parseName(expectTag(issuer, TAG.sequence, "the issuer")),
    serialNumber: positiveInteger(expectTag(serialNumber, TAG.integer, "the serial number")),
    notBefore: decodeTime(notBefore),
    notAfter: decodeTime(notAfter),
    keyUsage: keyUsageOf(extensions.get(OID.keyUsage)),
    policies: policiesOf(extensions.get(OID.policies)),
    isCa: isCa(extensions.get(OID.basicConstraints)),
    publicKey: x509.publicKey,
    fingerprintSha256: x509.fingerprint256.replaceAll(":", ""),
    holder: holderOf(kind, extensions.get(OID.subjectAltName)),
    pem: x509.toString(),
    der,
  };
}

function toBeSigned(der: Uint8Array): Tlv[] {
  const [certificate, ...more] = readDer(der);
  if (more.length > 0) throw new SyntaxError("something follows the certificate");
  const [tbs, algorithm, signature] = sequence(certificate, "the certificate");
  expectTag(algorithm, TAG.sequence, "the signature algorithm");
  expectTag(signature, TAG.bitString, "the signature");
  return sequence(tbs, "the signed part");
}

function extensionsOf(optional: readonly Tlv[]): Map<string, Uint8Array> {
  const explicit = optional.find(({ tag }) => tag === explicitExtensions);
  const extensions = new Map<string, Uint8Array>();
  if (!explicit) return extensions;
  for (const extension of sequence(readDer(explicit.value)[0], "the list of extensions")) {
    const parts = sequence(extension, "an extension");
    const id = decodeOid(expectTag(parts[0], TAG.oid, "the id of an extension"));
    if (extensions.has(id)) throw new SyntaxError(`extension ${id} appears twice`);
    extensions.set(id, expectTag(parts.at(-1), TAG.octetString, `extension ${id}`));
  }
  return extensions;
}

/** RFC 5280, 4.1.2.2: positive, at most 20 octets. */
function positiveInteger(bytes: Uint8Array): { number: string; hex: string } {
  const [first = 0x80, second = 0x80] = bytes;
  const padded = first === 0 && second < 0x80;
  if (first >= 0x80 || padded || bytes.length > 20)
    throw new SyntaxError("the serial number is not a positive integer");
  const hex = toHex(first === 0 ? bytes.subarray(1) : bytes);
  return { number: BigInt(`0x${hex}`).toString(), hex };
}

function keyUsageOf(extension: Uint8Array | undefined): KeyUsage[] {
  if (!extension) return [];
  const bits = decodeBits(expectTag(readDer(extension)[0], TAG.bitString, "keyUsage"));
  return bits.flatMap((bit) => keyUsages[bit] ?? []);
}

function policiesOf(extension: Uint8Array | undefined): string[] {
  if (!extension) return [];
  return sequence(readDer(extension)[0], "certificatePolicies").map((policy) => {
    const [id] = sequence(policy, "a certificate policy");
    return decodeOid(expectTag(id, TAG.oid, "the id of a certificate policy"));
  });
}

function isCa(extension: Uint8Array | undefined): boolean {
  if (!extension) return false;
  const [first] = sequence(readDer(extension)[0], "basicConstraints");
  return first?.tag === TAG.boolean && first.value[0] === 0xff;
}

function holderOf(kind: CertificateKind, extension: Uint8Array | undefined): Holder | null {
  return kind === "sign" && extension ? parseHolder(extension) : null;
}
