import { encodeTlv, parseTlvs, type Tlv } from "../../apdu/tlv.ts";

/** The tags that certificates use (ITU-T X.690, 8). */
export const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  oid: 0x06,
  enumerated: 0x0a,
  utf8String: 0x0c,
  printableString: 0x13,
  ia5String: 0x16,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
} as const;

/** The entries of the largest list of revoked certificates are fewer. */
const mostValues = 1_000_000;
/** The longest object identifiers in use have half of it. */
const longestOid = 64;
/** No list of named bits has more. */
const mostBitBytes = 8;

/**
 * The values that fill `bytes`, one level, in DER: BER's other spellings of the same lengths are refused.
 * @throws {SyntaxError} where the bytes are not whole DER values, or more than `most`
 */
export function readDer(bytes: Uint8Array, most = mostValues): Tlv[] {
  const values = parseTlvs(bytes, most);
  const canonical = Buffer.concat(values.map(({ tag, value }) => encodeTlv(tag, value)));
  if (!canonical.equals(bytes)) throw new SyntaxError("a length is not in its shortest form");
  return values;
}

/** The one value that `bytes` are. @throws {SyntaxError} where there are more, or none */
export function single(bytes: Uint8Array, what: string): Tlv {
  const [value, ...more] = readDer(bytes);
  if (!value || more.length > 0) throw new SyntaxError(`${what} is not one value`);
  return value;
}

/** @throws {SyntaxError} where `value` is missing or has another tag */
export function expectTag(value: Tlv | undefined, tag: number, what: string): Uint8Array {
  if (value?.tag !== tag) throw new SyntaxError(`${what} is missing or of another type`);
  return value.value;
}

/** The parts of a SEQUENCE. @throws {SyntaxError} */
export function sequence(value: Tlv | undefined, what: string): Tlv[] {
  return readDer(expectTag(value, TAG.sequence, what));
}

/** An OBJECT IDENTIFIER in dotted form. @throws {SyntaxError} */
export function decodeOid(bytes: Uint8Array): string {
  const last = bytes.at(-1);
  if (last === undefined || last >= 0x80) throw new SyntaxError("an object identifier is cut short");
  if (bytes.length > longestOid) throw new SyntaxError("an object identifier is too long");
  const arcs: bigint[] = [];
  let arc = 0n;
  for (const byte of bytes) {
    arc = arc * 128n + BigInt(byte & 0x7f);
    if (byte >= 0x80) continue;
    arcs.push(arc);
    arc = 0n;
  }
  const [first = 0n, ...rest] = arcs;
  const root = first < 40n ? 0n : first < 80n ? 1n : 2n;
  return [root, first - root * 40n, ...rest].join(".");
}

/** The text of a character string, in the encoding of its tag. @throws {SyntaxError} for other tags and broken text */
export function decodeText({ tag, value }: Tlv): string {
  const ascii = tag === TAG.printableString || tag === TAG.ia5String;
  if (!ascii && tag !== TAG.utf8String) throw new SyntaxError(`a text has the unexpected tag ${tag.toString(16)}`);
  if (ascii && value.some((byte) => byte >= 0x80)) throw new SyntaxError("a text is not ASCII");
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(value);
  } catch (cause) {
    throw new SyntaxError("a text is not UTF-8", { cause });
  }
}

/** A UTCTime or GeneralizedTime as certificates may write them (RFC 5280, 4.1.2.5). @throws {SyntaxError} */
export function decodeTime(time: Tlv | undefined): Date {
  const digits = Buffer.from(time?.value ?? []).toString("latin1");
  const year = time?.tag === TAG.utcTime ? centuryOf(digits) + digits.slice(0, 2) : digits.slice(0, 4);
  const rest = time?.tag === TAG.utcTime ? digits.slice(2) : digits.slice(4);
  const known = time?.tag === TAG.utcTime || time?.tag === TAG.generalizedTime;
  const fields = /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/.exec(rest);
  if (!known || !fields || !/^\d{4}$/.test(year)) throw new SyntaxError("a time is malformed");
  const [, month, day, hour, minute, second] = fields;
  const text = `${year}-${month}-${day}T${hour}:${minute}:${second}.000Z`;
  const date = new Date(text);
  // Date accepts 30 February and rolls over.
  if (Number.isNaN(date.getTime()) || date.toISOString() !== text) throw new SyntaxError("a time does not exist");
  return date;
}

/** Two-digit years: 50 to 99 are of the last century. */
function centuryOf(digits: string): string {
  return digits.slice(0, 2) >= "50" ? "19" : "20";
}

/** The numbers of the bits that are set in a BIT STRING, counted from its first bit. @throws {SyntaxError} */
export function decodeBits(bytes: Uint8Array): number[] {
  const [unused, ...content] = bytes.subarray(0, mostBitBytes + 1);
  const inRange =
    bytes.length <= mostBitBytes + 1 && unused !== undefined && unused <= 7 && (unused === 0 || content.length > 0);
  if (!inRange) throw new SyntaxError("a bit string is malformed");
  return content.flatMap((byte, at) =>
    [0, 1, 2, 3, 4, 5, 6, 7].filter((bit) => byte & (0x80 >> bit)).map((bit) => at * 8 + bit),
  );
}

/** The content of a BIT STRING of whole bytes, as signatures are. @throws {SyntaxError} */
export function decodeBytes(bytes: Uint8Array): Uint8Array {
  if (bytes[0] !== 0) throw new SyntaxError("a bit string is not of whole bytes");
  return bytes.subarray(1);
}

/** A positive INTEGER of at most 20 bytes (RFC 5280, 4.1.2.2), without the byte for its sign. @throws {SyntaxError} */
export function decodeSerialNumber(bytes: Uint8Array): Uint8Array {
  const [first = 0x80, second = 0x80] = bytes;
  const padded = first === 0 && second < 0x80;
  if (first >= 0x80 || padded || bytes.length > 20) {
    throw new SyntaxError("the serial number is not a positive integer");
  }
  return first === 0 ? bytes.subarray(1) : bytes;
}

/** An OBJECT IDENTIFIER, tag and length included, from its dotted form. */
export function encodeOid(dotted: string): Uint8Array {
  const [root = 0, second = 0, ...rest] = dotted.split(".").map(Number);
  return encodeTlv(TAG.oid, Uint8Array.from([root * 40 + second, ...rest].flatMap(base128)));
}

function base128(arc: number): number[] {
  const digits = [arc % 128];
  for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128)) digits.unshift((left % 128) | 0x80);
  return digits;
}

/** The members of a SET OF in the order that DER asks for (ITU-T X.690, 11.6), without the header of the set. */
export function setOf(members: readonly Uint8Array[]): Uint8Array[] {
  return members.toSorted((one, other) => Buffer.compare(one, other));
}

/** A UTCTime, or a GeneralizedTime where two digits of the year do not tell (RFC 5652, 11.3), to the second. */
export function encodeTime(time: Date): Uint8Array {
  const digits = `${time
    .toISOString()
    .replace(/\.\d+Z$/, "")
    .replace(/\D/g, "")}Z`;
  const year = time.getUTCFullYear();
  return year >= 1950 && year < 2050
    ? encodeTlv(TAG.utcTime, Buffer.from(digits.slice(2)))
    : encodeTlv(TAG.generalizedTime, Buffer.from(digits));
}
