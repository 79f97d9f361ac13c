import { toHex } from "../../apdu/hex.ts";
import type { Tlv } from "../../apdu/tlv.ts";
import { decodeSerialNumber, decodeTime, expectTag, sequence, single, TAG } from "./der.ts";
import { authorityKeyIdOf, type Extension, fullNames, OID, readExtensions } from "./extensions.ts";
import { type DistinguishedName, parseName } from "./name.ts";
import { algorithmOf, type Signed, signedContent } from "./signed.ts";

/** CRLReason in its order (RFC 5280, 5.3.1); 7 is not used, and removeFromCRL (8) is for delta lists alone. */
const reasons = [
  "unspecified",
  "keyCompromise",
  "cACompromise",
  "affiliationChanged",
  "superseded",
  "cessationOfOperation",
  "certificateHold",
  null,
  null,
  "privilegeWithdrawn",
  "aACompromise",
] as const;

export type RevocationReason = NonNullable<(typeof reasons)[number]>;

export interface RevokedEntry {
  readonly at: Date;
  readonly reason: RevocationReason;
}

/** Which certificates a list speaks of (issuingDistributionPoint; RFC 5280, 5.2.5). */
export interface CrlScope {
  /** GeneralNames in hexadecimal, as in `JpkiCertificate.crlNames`; empty: every place. */
  readonly names: readonly string[];
  readonly of: "all" | "persons" | "authorities" | "neither";
}

export interface RevocationList {
  readonly issuer: DistinguishedName;
  readonly thisUpdate: Date;
  /** Null: the list does not say until when it holds. */
  readonly nextUpdate: Date | null;
  /** By serial number in upper-case hexadecimal of whole bytes. */
  readonly revoked: ReadonlyMap<string, RevokedEntry>;
  readonly authorityKeyId: string | null;
  readonly scope: CrlScope;
  /** False for what may be decided by lists of other kinds only: delta, indirect or partial ones, unknown extensions. */
  readonly supported: boolean;
  readonly signed: Signed;
}

const explicitExtensions = 0xa0;
const reasonCode = "2.5.29.21";
const invalidityDate = "2.5.29.24";
const known: readonly string[] = [OID.authorityKeyIdentifier, OID.crlNumber, OID.issuingDistributionPoint];
const knownInEntries: readonly string[] = [reasonCode, invalidityDate];

/**
 * A certificate revocation list (RFC 5280, 5) in DER. Nothing is verified here: see `revocation.ts`.
 * @throws {SyntaxError}
 */
export function parseCrl(der: Uint8Array): RevocationList {
  const signed = signedContent(der, "the revocation list");
  const [first, ...others] = signed.content;
  const versioned = first?.tag === TAG.integer;
  if (versioned && toHex(first.value) !== "01") throw new SyntaxError("it is not of version 2");
  const [inner, issuer, thisUpdate, ...optional] = versioned ? others : signed.content;
  if (algorithmOf(inner) !== signed.algorithm) throw new SyntaxError("it names two signature algorithms");
  const { nextUpdate, entries, extensions } = optionalParts(optional);
  if (extensions.size > 0 && !versioned) throw new SyntaxError("it has extensions, but is of version 1");
  const point = readScope(extensions.get(OID.issuingDistributionPoint)?.value);
  const parsed = entries.map(readEntry);
  return {
    issuer: parseName(expectTag(issuer, TAG.sequence, "the issuer")),
    thisUpdate: decodeTime(thisUpdate),
    nextUpdate,
    revoked: new Map(parsed.map(({ serialNumber, entry }) => [serialNumber, entry])),
    authorityKeyId: authorityKeyIdOf(extensions.get(OID.authorityKeyIdentifier)?.value),
    scope: point.scope,
    supported: point.supported && understood(extensions, known) && parsed.every(({ supported }) => supported),
    signed,
  };
}

function optionalParts(parts: readonly Tlv[]) {
  const rest = [...parts];
  const timed = rest[0]?.tag === TAG.utcTime || rest[0]?.tag === TAG.generalizedTime;
  const nextUpdate = timed ? decodeTime(rest.shift()) : null;
  const entries = rest[0]?.tag === TAG.sequence ? sequence(rest.shift(), "the entries") : [];
  const explicit = rest[0]?.tag === explicitExtensions ? rest.shift() : undefined;
  const extensions = readExtensions(explicit && single(explicit.value, "the list of extensions"));
  if (rest.length > 0) throw new SyntaxError("something unknown stands in it");
  return { nextUpdate, entries, extensions };
}

/** True where everything critical is among the known. Nobody may use a list without understanding that (5.2, 5.3). */
const understood = (extensions: ReadonlyMap<string, Extension>, ids: readonly string[]): boolean =>
  [...extensions].every(([id, { critical }]) => !critical || ids.includes(id));

function readEntry(value: Tlv): { serialNumber: string; entry: RevokedEntry; supported: boolean } {
  const [serialNumber, at, list, ...more] = sequence(value, "an entry");
  if (more.length > 0) throw new SyntaxError("an entry is too long");
  const extensions = readExtensions(list);
  return {
    serialNumber: toHex(decodeSerialNumber(expectTag(serialNumber, TAG.integer, "the serial number"))),
    entry: { at: decodeTime(at), reason: readReason(extensions.get(reasonCode)?.value) },
    supported: understood(extensions, knownInEntries),
  };
}

const readReason = (extension: Uint8Array | undefined): RevocationReason =>
  extension ? decodeReason(single(extension, "the reason")) : "unspecified";

/** A CRLReason (RFC 5280, 5.3.1). @throws {SyntaxError} */
export function decodeReason(value: Tlv): RevocationReason {
  const [code = 255, ...more] = expectTag(value, TAG.enumerated, "the reason");
  const reason = reasons[code];
  if (!reason || more.length > 0) throw new SyntaxError("a reason is none of those that there are");
  return reason;
}

/** Context-specific tags of IssuingDistributionPoint. */
const IDP = {
  distributionPoint: 0xa0,
  onlyPersons: 0x81,
  onlyAuthorities: 0x82,
  onlySomeReasons: 0x83,
  indirect: 0x84,
  onlyAttributes: 0x85,
};

function readScope(extension: Uint8Array | undefined): { scope: CrlScope; supported: boolean } {
  if (!extension) return { scope: { names: [], of: "all" }, supported: true };
  const point = single(extension, "issuingDistributionPoint");
  const parts = new Map(sequence(point, "issuingDistributionPoint").map(({ tag, value }) => [tag, value]));
  const is = (tag: number): boolean => parts.has(tag) && toHex(parts.get(tag) ?? new Uint8Array()) === "FF";
  const names = fullNames(parts.get(IDP.distributionPoint));
  const named = names.length > 0 || !parts.has(IDP.distributionPoint);
  return {
    scope: { names, of: speaksOf(is) },
    supported: named && !parts.has(IDP.onlySomeReasons) && !is(IDP.indirect),
  };
}

function speaksOf(is: (tag: number) => boolean): CrlScope["of"] {
  if (is(IDP.onlyAttributes)) return "neither";
  if (is(IDP.onlyPersons)) return is(IDP.onlyAuthorities) ? "neither" : "persons";
  return is(IDP.onlyAuthorities) ? "authorities" : "all";
}
