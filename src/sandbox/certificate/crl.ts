import { setImmediate } from "node:timers/promises";
import { parseTlvs, type Tlv, totalLength } from "../../apdu/tlv.ts";
import {
  children,
  type Extension,
  fullNamesOf,
  hexOf,
  readExtensions,
  readSigned,
  type Signed,
  tag,
  timeOf,
  value,
} from "./der.ts";
import { distinguishedName } from "./name.ts";

/** What the platform looks at in a certificate revocation list (RFC 5280, 5). Times are milliseconds since the epoch. */
export interface RevocationList extends Signed {
  readonly issuer: string;
  readonly thisUpdate: number;
  readonly nextUpdate: number;
  /** Names of the places that it is the list of, as GeneralNames in hexadecimal; null: it speaks of all. */
  readonly places: readonly string[] | null;
  /** Serial numbers as in `Certificate`. */
  readonly revoked: ReadonlySet<string>;
}

const explicitExtensions = 0xa0;
const extension = {
  number: "2.5.29.20",
  reason: "2.5.29.21",
  invalidityDate: "2.5.29.24",
  place: "2.5.29.28",
  authorityKey: "2.5.29.35",
};
const known: ReadonlySet<string> = new Set(Object.values(extension));

/** Entries that are read before others get their turn. */
const batch = 10_000;

/**
 * Reads a whole list of version 2 for all reasons, signed with sha256WithRSAEncryption. Delta, indirect and partial lists,
 * and those with critical extensions that are not understood, are refused: they could not be relied on.
 * @throws {SyntaxError} where the bytes are anything else
 */
export async function readRevocationList(der: Uint8Array): Promise<RevocationList> {
  const { signed, signature, fields } = readSigned(der, () => 1);
  const [version, , issuer, thisUpdate, nextUpdate, ...optional] = fields;
  if (hexOf(value(version, tag.integer)) !== "01") throw new SyntaxError("not of version 2");
  const entries = optional[0]?.tag === tag.sequence ? optional.shift() : undefined;
  const explicit = optional.shift();
  if (optional.length > 0) throw new SyntaxError("something unknown stands at the end");
  const extensions = understood(explicit && parseTlvs(value(explicit, explicitExtensions))[0]);
  return {
    signed,
    signature,
    issuer: distinguishedName(value(issuer, tag.sequence)),
    thisUpdate: timeIn(thisUpdate),
    nextUpdate: timeIn(nextUpdate),
    places: placesOf(extensions.get(extension.place)?.value),
    revoked: await revokedIn(entries?.value ?? new Uint8Array()),
  };
}

/** One entry after the other: a list of a million, taken apart at once, takes many times its size in memory. */
async function revokedIn(entries: Uint8Array): Promise<ReadonlySet<string>> {
  const revoked = new Set<string>();
  let read = 0;
  for (let rest = entries; rest.length > 0; read++) {
    const length = totalLength(rest);
    revoked.add(serialNumberIn(parseTlvs(rest.subarray(0, length))[0]));
    rest = rest.subarray(length);
    if (read % batch === batch - 1) await setImmediate();
  }
  return revoked;
}

function serialNumberIn(entry: Tlv | undefined): string {
  const [serialNumber, time, extensions, ...more] = children(entry, tag.sequence);
  if (more.length > 0 || !isTime(time)) throw new SyntaxError("an entry is no entry");
  if (extensions) understood(extensions);
  return hexOf(value(serialNumber, tag.integer));
}

const isTime = (object: Tlv | undefined): boolean => object?.tag === tag.utcTime || object?.tag === tag.generalizedTime;

function timeIn(object: Tlv | undefined): number {
  if (!isTime(object)) throw new SyntaxError("a time is missing");
  return timeOf(object);
}

/** Nobody may use a list with something critical in it that they do not understand (RFC 5280, 5.2, 5.3). */
function understood(list: Tlv | undefined): ReadonlyMap<string, Extension> {
  const extensions = readExtensions(list);
  for (const [name, { critical }] of extensions) {
    if (critical && !known.has(name)) throw new SyntaxError(`the critical extension ${name} is not understood`);
  }
  return extensions;
}

/** `[0] distributionPoint` and `[1] onlyContainsUserCerts` (RFC 5280, 5.2.5); all else leaves certificates out. */
const allowed: ReadonlySet<number> = new Set([0xa0, 0x81]);

function placesOf(issuingDistributionPoint: Uint8Array | undefined): readonly string[] | null {
  if (!issuingDistributionPoint) return null;
  const parts = children(parseTlvs(issuingDistributionPoint)[0], tag.sequence);
  if (parts.some((part) => !allowed.has(part.tag))) throw new SyntaxError("the list is partial or indirect");
  const point = parts.find((part) => part.tag === 0xa0);
  return point ? fullNamesOf(point) : null;
}
