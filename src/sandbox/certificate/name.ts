import { parseTlvs, type Tlv } from "../../apdu/tlv.ts";
import { objectIdentifier } from "./oid.ts";

const oidTag = 0x06;

/** Short names of attribute types (RFC 4514, 3). */
const shortNames: Readonly<Record<string, string>> = {
  "2.5.4.3": "CN",
  "2.5.4.6": "C",
  "2.5.4.7": "L",
  "2.5.4.8": "ST",
  "2.5.4.10": "O",
  "2.5.4.11": "OU",
};

/**
 * The text of a distinguished name, most specific part first (RFC 4514): `CN=…,C=JP`.
 * @param rdnSequence the content of the Name's SEQUENCE
 * @throws {SyntaxError} where it is no name
 */
export function distinguishedName(rdnSequence: Uint8Array): string {
  return parseTlvs(rdnSequence)
    .reverse()
    .map((rdn) => parseTlvs(rdn.value).map(attribute).join("+"))
    .join(",");
}

function attribute(object: Tlv): string {
  const [type, text] = parseTlvs(object.value);
  if (type?.tag !== oidTag || !text) throw new SyntaxError("a name's attribute without type or value");
  const oid = objectIdentifier(type.value);
  return `${shortNames[oid] ?? oid}=${escaped(Buffer.from(text.value).toString("utf8"))}`;
}

/** RFC 4514, 2.4. */
function escaped(text: string): string {
  return text.replace(/[",+;<>\\\0]|^[ #]| $/g, (character) => (character === "\0" ? "\\00" : `\\${character}`));
}
