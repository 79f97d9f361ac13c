import { type KeyObject, X509Certificate } from "node:crypto";
import { toHex } from "../../apdu/hex.ts";
import { MynakitError } from "../../errors.ts";
import type { CertificateKind } from "../applications.ts";
import { decodeSerialNumber, decodeTime, expectTag, sequence, single, TAG } from "./der.ts";
import {
  authorityKeyIdOf,
  crlNamesOf,
  extendedKeyUsageOf,
  isCa,
  type KeyUsage,
  keyUsageOf,
  OID,
  policiesOf,
  readExtensions,
  subjectKeyIdOf,
} from "./extensions.ts";
import { type Holder, parseHolder } from "./holder.ts";
import { type DistinguishedName, parseName } from "./name.ts";
import { algorithmOf, signedContent } from "./signed.ts";

export type { KeyUsage } from "./extensions.ts";

export interface JpkiCertificate {
  readonly kind: CertificateKind;
  readonly subject: DistinguishedName;
  readonly issuer: DistinguishedName;
  /** The same positive integer in decimal and in upper-case hexadecimal of whole bytes. */
  readonly serialNumber: { readonly number: string; readonly hex: string };
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly keyUsage: readonly KeyUsage[];
  /** Object identifiers of extKeyUsage. */
  readonly extendedKeyUsage: readonly string[];
  /** Object identifiers of certificatePolicies. */
  readonly policies: readonly string[];
  readonly isCa: boolean;
  /** Object identifier of the algorithm of its signature. */
  readonly signatureAlgorithm: string;
  /** Key identifiers in upper-case hexadecimal: that of its own key, and that of the key that signed it. */
  readonly subjectKeyId: string | null;
  readonly authorityKeyId: string | null;
  /** The names of its revocation list's places: GeneralNames, their DER in upper-case hexadecimal. */
  readonly crlNames: readonly string[];
  /** Object identifiers of the extensions that nobody who does not understand them may pass over. */
  readonly criticalExtensions: readonly string[];
  readonly publicKey: KeyObject;
  /** Upper-case hexadecimal of the SHA-256 of `der`. */
  readonly fingerprintSha256: string;
  /** The person: in signing certificates only. */
  readonly holder: Holder | null;
  readonly pem: string;
  readonly der: Uint8Array;
}

const explicitVersion = 0xa0;
const explicitExtensions = 0xa3;

/**
 * Parses a certificate strictly: DER without a byte before or behind it, a version 3 certificate (RFC 5280) that
 * OpenSSL reads too. Nothing is verified here: see `chain.ts`, `profile.ts` and `validity.ts`.
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
  const { content, algorithm } = signedContent(der, "the certificate");
  const [version, serialNumber, inner, issuer, validity, subject, , ...optional] = content;
  if (toHex(expectTag(version, explicitVersion, "the version")) !== "020102") {
    throw new SyntaxError("it is not of version 3");
  }
  if (algorithmOf(inner) !== algorithm) throw new SyntaxError("it names two signature algorithms");
  const [notBefore, notAfter] = sequence(validity, "the validity");
  const explicit = optional.find(({ tag }) => tag === explicitExtensions);
  const extensions = readExtensions(explicit && single(explicit.value, "the list of extensions"));
  const value = (id: string): Uint8Array | undefined => extensions.get(id)?.value;
  const serial = toHex(decodeSerialNumber(expectTag(serialNumber, TAG.integer, "the serial number")));
  const x509 = new X509Certificate(der);
  return {
    kind,
    subject: parseName(expectTag(subject, TAG.sequence, "the subject")),
    issuer: parseName(expectTag(issuer, TAG.sequence, "the issuer")),
    serialNumber: { number: BigInt(`0x${serial}`).toString(), hex: serial },
    notBefore: decodeTime(notBefore),
    notAfter: decodeTime(notAfter),
    keyUsage: keyUsageOf(value(OID.keyUsage)),
    extendedKeyUsage: extendedKeyUsageOf(value(OID.extendedKeyUsage)),
    policies: policiesOf(value(OID.policies)),
    isCa: isCa(value(OID.basicConstraints)),
    signatureAlgorithm: algorithm,
    subjectKeyId: subjectKeyIdOf(value(OID.subjectKeyIdentifier)),
    authorityKeyId: authorityKeyIdOf(value(OID.authorityKeyIdentifier)),
    crlNames: crlNamesOf(value(OID.crlDistributionPoints)),
    criticalExtensions: [...extensions].flatMap(([id, { critical }]) => (critical ? [id] : [])),
    publicKey: x509.publicKey,
    fingerprintSha256: x509.fingerprint256.replaceAll(":", ""),
    holder: holderOf(kind, value(OID.subjectAltName)),
    pem: x509.toString(),
    der,
  };
}

function holderOf(kind: CertificateKind, extension: Uint8Array | undefined): Holder | null {
  return kind === "sign" && extension ? parseHolder(extension) : null;
}
