import type { Tlv } from "../../apdu/tlv.ts";
import { decodeOid, decodeText, expectTag, readDer, sequence, TAG } from "./der.ts";

export interface NameAttribute {
  /** The short name of RFC 4514, 3, or the object identifier in dotted form. */
  readonly type: string;
  readonly value: string;
}

export interface DistinguishedName {
  /** RFC 4514, the last attribute first: `CN=…,OU=…,O=JPKI,C=JP`. */
  readonly text: string;
  /** In the order of the certificate. */
  readonly attributes: readonly NameAttribute[];
  readonly der: Uint8Array;
}

const shortNames: ReadonlyMap<string, string> = new Map([
  ["2.5.4.3", "CN"],
  ["2.5.4.6", "C"],
  ["2.5.4.7", "L"],
  ["2.5.4.8", "ST"],
  ["2.5.4.9", "STREET"],
  ["2.5.4.10", "O"],
  ["2.5.4.11", "OU"],
]);

/**
 * A Name (RFC 5280, 4.1.2.4) from the value of its SEQUENCE.
 * @throws {SyntaxError}
 */
export function parseName(der: Uint8Array): DistinguishedName {
  const relative = readDer(der).map((set) => readDer(expectTag(set, TAG.set, "a part of a name")).map(attributeOf));
  const text = relative
    .toReversed()
    .map((attributes) => attributes.map(toText).join("+"))
    .join(",");
  return { text, attributes: relative.flat(), der };
}

function attributeOf(pair: Tlv): NameAttribute {
  const [type, value] = sequence(pair, "an attribute of a name");
  const oid = decodeOid(expectTag(type, TAG.oid, "the type of an attribute"));
  if (!value) throw new SyntaxError("an attribute of a name has no value");
  return { type: shortNames.get(oid) ?? oid, value: decodeText(value) };
}

/** Escapes as RFC 4514, 2.4 asks; control characters too, for a terminal obeys them. */
function toText({ type, value }: NameAttribute): string {
  const special = value.replace(/["+,;<>\\]/g, "\\$&").replace(/^[ #]| $/g, "\\$&");
  const control = /\p{Cc}/gu;
  return `${type}=${special.replace(control, (character) => `\\${Buffer.from(character).toString("hex")}`)}`;
}
