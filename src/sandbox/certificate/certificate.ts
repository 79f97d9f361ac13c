import { createHash, createPublicKey, type KeyObject } from "node:crypto";
import { encodeTlv, parseTlvs, type Tlv } from "../../apdu/tlv.ts";
import { distinguishedName } from "./name.ts";
import { objectIdentifier } from "./oid.ts";

/** What the platform looks at in an X.509 certificate (RFC 5280). Times are milliseconds since the epoch. */
export interface Certificate {
  readonly der: Uint8Array;
  /** Base64url SHA-256 of `der`. */
  readonly thumbprint: string;
  /** The signed part, as it was signed. */
  readonly signed: Uint8Array;
  readonly signature: Uint8Array;
  readonly issuer: string;
  readonly subject: string;
  /** Upper-case hex digits, without the zero byte that DER puts before a high bit. */
  readonly serialNumber: string;
  readonly notBefore: number;
  readonly notAfter: number;
  readonly publicKey: KeyObject;
  /** The bytes of the key usage bit string, unused bits left out; null where the extension is missing. */
  readonly keyUsage: Uint8Array | null;
  readonly authority: boolean;
  /** Object identifiers in dotted form. */
  readonly policies: readonly string[];
}

const tag = { boolean: 0x01, integer: 0x02, bits: 0x03, octets: 0x04, oid: 0x06, sequence: 0x30, extensions: 0xa3 };
const versionTag = 0xa0;
const sha256WithRsa = "1.2.840.113549.1.1.11";
const rsaEncryption = "1.2.840.113549.1.1.1";
const extension = { keyUsage: "2.5.29.15", basicConstraints: "2.5.29.19", policies: "2.5.29.32" };

/**
 * Reads a certificate signed with sha256WithRSAEncryption that holds an RSA key, as all of JPKI's are.
 * @throws {SyntaxError} where the bytes are anything else
 */
export function readCertificate(der: Uint8Array): Certificate {
  const [body, , signature] = children(parseTlvs(der)[0], tag.sequence);
  const fields = children(body, tag.sequence);
  const [serial, algorithm, issuer, validity, subject, keyInfo, ...optional] =
    fields[0]?.tag === versionTag ? fields.slice(1) : fields;
  if (algorithmOf(algorithm) !== sha256WithRsa) throw new SyntaxError("not signed with sha256WithRSAEncryption");
  const signed = encodeTlv(tag.sequence, value(body, tag.sequence));
  // What the signature does not cover may be written in one way only, the algorithm as inside (RFC 5280, 4.1.1.2).
  const outside = [algorithm, signature].map((object) => encodeTlv(object?.tag ?? 0, object?.value ?? []));
  if (Buffer.compare(encodeTlv(tag.sequence, [signed, ...outside]), der) !== 0) throw new SyntaxError("not DER");
  const [notBefore, notAfter] = children(validity, tag.sequence);
  const extensions = readExtensions(optional.find((field) => field.tag === tag.extensions));
  return {
    der,
    thumbprint: createHash("sha256").update(der).digest("base64url"),
    signed,
    signature: bitString(signature),
    issuer: distinguishedName(value(issuer, tag.sequence)),
    subject: distinguishedName(value(subject, tag.sequence)),
    serialNumber: hexOf(value(serial, tag.integer)),
    notBefore: timeOf(notBefore),
    notAfter: timeOf(notAfter),
    publicKey: rsaKey(keyInfo),
    keyUsage: keyUsageOf(extensions.get(extension.keyUsage)),
    authority: isAuthority(extensions.get(extension.basicConstraints)),
    policies: policiesOf(extensions.get(extension.policies)),
  };
}

/** The value of a data object that must be there with this tag. @throws {SyntaxError} */
function value(object: Tlv | undefined, expected: number): Uint8Array {
  if (object?.tag !== expected) throw new SyntaxError(`no data object with tag ${expected.toString(16)}`);
  return object.value;
}

function children(object: Tlv | undefined, expected: number): Tlv[] {
  return parseTlvs(value(object, expected));
}

function algorithmOf(identifier: Tlv | undefined): string {
  return objectIdentifier(value(children(identifier, tag.sequence)[0], tag.oid));
}

/** Whole bytes only: the first byte, the number of unused bits, must be zero. */
function bitString(object: Tlv | undefined): Uint8Array {
  const bytes = value(object, tag.bits);
  if (bytes[0] !== 0) throw new SyntaxError("a bit string with unused bits");
  return bytes.subarray(1);
}

/** PKCS#1 form: OpenSSL 3 decodes it many times faster than SubjectPublicKeyInfo. */
function rsaKey(keyInfo: Tlv | undefined): KeyObject {
  const [algorithm, key] = children(keyInfo, tag.sequence);
  if (algorithmOf(algorithm) !== rsaEncryption) throw new SyntaxError("not an RSA key");
  try {
    return createPublicKey({ key: Buffer.from(bitString(key)), format: "der", type: "pkcs1" });
  } catch (cause) {
    throw new SyntaxError("not an RSA key", { cause });
  }
}

function readExtensions(object: Tlv | undefined): Map<string, Uint8Array> {
  const found = new Map<string, Uint8Array>();
  if (!object) return found;
  const [list] = parseTlvs(object.value);
  for (const entry of children(list, tag.sequence)) {
    const parts = children(entry, tag.sequence);
    const name = objectIdentifier(value(parts[0], tag.oid));
    if (found.has(name)) throw new SyntaxError(`extension ${name} twice`);
    found.set(name, value(parts.at(-1), tag.octets));
  }
  return found;
}

function keyUsageOf(bytes: Uint8Array | undefined): Uint8Array | null {
  return bytes ? value(parseTlvs(bytes)[0], tag.bits).subarray(1) : null;
}

function isAuthority(bytes: Uint8Array | undefined): boolean {
  if (!bytes) return false;
  const [first] = children(parseTlvs(bytes)[0], tag.sequence);
  return first?.tag === tag.boolean && first.value[0] !== 0;
}

function policiesOf(bytes: Uint8Array | undefined): string[] {
  if (!bytes) return [];
  return children(parseTlvs(bytes)[0], tag.sequence).map((policy) =>
    objectIdentifier(value(children(policy, tag.sequence)[0], tag.oid)),
  );
}

function hexOf(bytes: Uint8Array): string {
  const significant = bytes.length > 1 && bytes[0] === 0 ? bytes.subarray(1) : bytes;
  return Buffer.from(significant).toString("hex").toUpperCase();
}

/** UTCTime or GeneralizedTime, to the second and in UTC (RFC 5280, 4.1.2.5). */
function timeOf(object: Tlv | undefined): number {
  const text = Buffer.from(object?.value ?? []).toString("latin1");
  const match = /^(?<year>\d{2}|\d{4})(?<month>\d\d)(?<day>\d\d)(?<hour>\d\d)(?<minute>\d\d)(?<second>\d\d)Z$/.exec(
    text,
  );
  const { year = "", month, day, hour, minute, second } = match?.groups ?? {};
  const century = year.length === 4 ? "" : Number(year) < 50 ? "20" : "19";
  const time = Date.parse(`${century}${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  if (Number.isNaN(time)) throw new SyntaxError("not a time");
  return time;
}
