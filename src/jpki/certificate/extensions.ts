import { toHex } from "../../apdu/hex.ts";
import { encodeTlv, type Tlv } from "../../apdu/tlv.ts";
import { decodeBits, decodeOid, expectTag, readDer, sequence, single, TAG } from "./der.ts";

/** The extensions of certificates and revocation lists that mynakit reads (RFC 5280, 4.2.1 and 5.2). */
export const OID = {
  subjectKeyIdentifier: "2.5.29.14",
  keyUsage: "2.5.29.15",
  subjectAltName: "2.5.29.17",
  basicConstraints: "2.5.29.19",
  crlNumber: "2.5.29.20",
  issuingDistributionPoint: "2.5.29.28",
  crlDistributionPoints: "2.5.29.31",
  policies: "2.5.29.32",
  authorityKeyIdentifier: "2.5.29.35",
  extendedKeyUsage: "2.5.29.37",
} as const;

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

export interface Extension {
  readonly critical: boolean;
  readonly value: Uint8Array;
}

/** Extensions by object identifier; without a list there are none. @throws {SyntaxError} also where one appears twice */
export function readExtensions(list: Tlv | undefined): ReadonlyMap<string, Extension> {
  const extensions = new Map<string, Extension>();
  if (!list) return extensions;
  for (const extension of sequence(list, "the list of extensions")) {
    const [id, ...rest] = sequence(extension, "an extension");
    const oid = decodeOid(expectTag(id, TAG.oid, "the id of an extension"));
    if (extensions.has(oid)) throw new SyntaxError(`extension ${oid} appears twice`);
    const critical = rest.length > 1;
    if (critical && !isTrue(rest[0])) throw new SyntaxError(`extension ${oid} is neither critical nor not`);
    extensions.set(oid, { critical, value: expectTag(rest.at(critical ? 1 : 0), TAG.octetString, `extension ${oid}`) });
  }
  return extensions;
}

/** A BOOLEAN in DER that is not its default, false. */
const isTrue = (value: Tlv | undefined): boolean => value?.tag === TAG.boolean && toHex(value.value) === "FF";

/** @throws {SyntaxError} */
export function keyUsageOf(extension: Uint8Array | undefined): KeyUsage[] {
  if (!extension) return [];
  const bits = decodeBits(expectTag(single(extension, "keyUsage"), TAG.bitString, "keyUsage"));
  return bits.flatMap((bit) => keyUsages[bit] ?? []);
}

/** Object identifiers (RFC 5280, 4.2.1.12). @throws {SyntaxError} */
export function extendedKeyUsageOf(extension: Uint8Array | undefined): string[] {
  if (!extension) return [];
  return sequence(single(extension, "extKeyUsage"), "extKeyUsage").map((usage) =>
    decodeOid(expectTag(usage, TAG.oid, "an extended key usage")),
  );
}

/** @throws {SyntaxError} */
export function policiesOf(extension: Uint8Array | undefined): string[] {
  if (!extension) return [];
  return sequence(single(extension, "certificatePolicies"), "certificatePolicies").map((policy) => {
    const [id] = sequence(policy, "a certificate policy");
    return decodeOid(expectTag(id, TAG.oid, "the id of a certificate policy"));
  });
}

/** @throws {SyntaxError} */
export function isCa(extension: Uint8Array | undefined): boolean {
  if (!extension) return false;
  const [first] = sequence(single(extension, "basicConstraints"), "basicConstraints");
  return isTrue(first);
}

/** Upper-case hexadecimal. @throws {SyntaxError} */
export function subjectKeyIdOf(extension: Uint8Array | undefined): string | null {
  if (!extension) return null;
  return toHex(expectTag(single(extension, "subjectKeyIdentifier"), TAG.octetString, "subjectKeyIdentifier"));
}

const keyIdentifier = 0x80;

/** Upper-case hexadecimal. @throws {SyntaxError} */
export function authorityKeyIdOf(extension: Uint8Array | undefined): string | null {
  if (!extension) return null;
  const parts = sequence(single(extension, "authorityKeyIdentifier"), "authorityKeyIdentifier");
  const id = parts.find(({ tag }) => tag === keyIdentifier);
  return id ? toHex(id.value) : null;
}

const distributionPoint = 0xa0;
const fullName = 0xa0;

/** The full names of all distribution points. @throws {SyntaxError} */
export function crlNamesOf(extension: Uint8Array | undefined): string[] {
  if (!extension) return [];
  return sequence(single(extension, "cRLDistributionPoints"), "cRLDistributionPoints").flatMap((point) =>
    fullNames(sequence(point, "a distribution point").find(({ tag }) => tag === distributionPoint)?.value),
  );
}

/** The GeneralNames of a DistributionPointName, the DER of each in upper-case hexadecimal. @throws {SyntaxError} */
export function fullNames(name: Uint8Array | undefined): string[] {
  if (!name) return [];
  const choice = single(name, "the name of a distribution point");
  return choice.tag === fullName ? readDer(choice.value).map(({ tag, value }) => toHex(encodeTlv(tag, value))) : [];
}
