import { encodeTlv, parseTlvs, type Tlv } from "../../apdu/tlv.ts";
import { objectIdentifier } from "./oid.ts";

/** Tags of ASN.1 (X.690, 8). */
export const tag = {
  boolean: 0x01,
  integer: 0x02,
  bits: 0x03,
  octets: 0x04,
  oid: 0x06,
  sequence: 0x30,
  utcTime: 0x17,
  generalizedTime: 0x18,
} as const;

const sha256WithRsa = "1.2.840.113549.1.1.11";

/** The value of a data object that must be there with this tag. @throws {SyntaxError} */
export function value(object: Tlv | undefined, expected: number): Uint8Array {
  if (object?.tag !== expected) throw new SyntaxError(`no data object with tag ${expected.toString(16)}`);
  return object.value;
}

export function children(object: Tlv | undefined, expected: number): Tlv[] {
  return parseTlvs(value(object, expected));
}

export function algorithmOf(identifier: Tlv | undefined): string {
  return objectIdentifier(value(children(identifier, tag.sequence)[0], tag.oid));
}

/** What certificates and revocation lists have in common (RFC 5280, 4.1.1, 5.1.1). */
export interface Signed {
  /** The signed part, as it was signed. */
  readonly signed: Uint8Array;
  readonly signature: Uint8Array;
}

/**
 * What was signed with sha256WithRSAEncryption, as everything of JPKI is, and the fields in it.
 * @param algorithmAt which of the fields repeats the algorithm
 * @throws {SyntaxError} where the bytes are anything else
 */
export function readSigned(
  der: Uint8Array,
  algorithmAt: (fields: readonly Tlv[]) => number,
): Signed & { readonly fields: readonly Tlv[] } {
  const [body, , signature] = children(parseTlvs(der)[0], tag.sequence);
  const fields = children(body, tag.sequence);
  const algorithm = fields[algorithmAt(fields)];
  if (algorithmOf(algorithm) !== sha256WithRsa) throw new SyntaxError("not signed with sha256WithRSAEncryption");
  const signed = encodeTlv(tag.sequence, value(body, tag.sequence));
  // What the signature does not cover may be written in one way only, the algorithm as inside (RFC 5280, 4.1.1.2).
  const outside = [algorithm, signature].map((object) => encodeTlv(object?.tag ?? 0, object?.value ?? []));
  if (Buffer.compare(encodeTlv(tag.sequence, [signed, ...outside]), der) !== 0) throw new SyntaxError("not DER");
  return { signed, signature: bitString(signature), fields };
}

/** Whole bytes only: the first byte, the number of unused bits, must be zero. */
export function bitString(object: Tlv | undefined): Uint8Array {
  const bytes = value(object, tag.bits);
  if (bytes[0] !== 0) throw new SyntaxError("a bit string with unused bits");
  return bytes.subarray(1);
}

export interface Extension {
  readonly critical: boolean;
  readonly value: Uint8Array;
}

/**
 * Extensions by object identifier (RFC 5280, 4.1.2.9).
 * @param list the SEQUENCE of them; undefined: there are none
 */
export function readExtensions(list: Tlv | undefined): ReadonlyMap<string, Extension> {
  const found = new Map<string, Extension>();
  for (const entry of list ? children(list, tag.sequence) : []) {
    const [id, ...parts] = children(entry, tag.sequence);
    const name = objectIdentifier(value(id, tag.oid));
    if (found.has(name)) throw new SyntaxError(`extension ${name} twice`);
    const critical = parts.length > 1 && value(parts[0], tag.boolean)[0] !== 0;
    found.set(name, { critical, value: value(parts.at(-1), tag.octets) });
  }
  return found;
}

export function hexOf(bytes: Uint8Array): string {
  const significant = bytes.length > 1 && bytes[0] === 0 ? bytes.subarray(1) : bytes;
  return Buffer.from(significant).toString("hex").toUpperCase();
}

/** UTCTime or GeneralizedTime, to the second and in UTC (RFC 5280, 4.1.2.5). */
export function timeOf(object: Tlv | undefined): number {
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

/** `[0]`: of a DistributionPoint its name, of that the full one. */
const first = 0xa0;

/**
 * The names of a DistributionPointName in hexadecimal (RFC 5280, 4.2.1.13); none where it has a relative name, or is none.
 * @param point `[0] DistributionPointName`
 */
export function fullNamesOf(point: Tlv | undefined): string[] {
  if (point?.tag !== first) return [];
  const [names] = parseTlvs(point.value);
  if (names?.tag !== first) return [];
  return parseTlvs(names.value).map((name) => Buffer.from(encodeTlv(name.tag, name.value)).toString("hex"));
}
