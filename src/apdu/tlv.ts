/**
 * BER-TLV as cards use it (ISO/IEC 7816-4:2020, 6.3; ISO/IEC 8825-1): tags of one to four bytes written as one
 * number (`0x5F25`), definite lengths of up to four bytes after the first. Nothing recurses: a caller goes down
 * one level at a time, so hostile nesting costs nothing. Values are views of the bytes given.
 */
export interface Tlv {
  readonly tag: number;
  readonly value: Uint8Array;
}

const maxTagBytes = 4;
const maxLengthBytes = 4;

interface Header {
  readonly tag: number;
  /** Where the value begins, and how long it claims to be: it may reach past the bytes at hand. */
  readonly start: number;
  readonly length: number;
}

/**
 * The data objects that fill `bytes`, one level: apply it to a `value` to go down.
 * @param most so many at most: two bytes of a file are enough for one, which takes a hundred times that in memory
 * @throws {SyntaxError} where the bytes are not whole data objects, padding included, or are too many of them
 */
export function parseTlvs(bytes: Uint8Array, most = Number.POSITIVE_INFINITY): Tlv[] {
  const objects: Tlv[] = [];
  for (const object of objectsOf(bytes)) {
    if (objects.length >= most) throw new SyntaxError(`there are more than ${most} values side by side`);
    objects.push(object);
  }
  return objects;
}

/**
 * The first data object reached by a path of tags, e.g. `findTlv(bytes, 0x30, 0xa0)`. What stands behind it (another
 * object, the padding of a file) is not read.
 * @throws {SyntaxError} where the bytes before it are not whole data objects
 */
export function findTlv(bytes: Uint8Array, ...path: readonly [number, ...number[]]): Tlv | undefined {
  let found: Tlv | undefined;
  for (const tag of path) {
    found = firstWith(tag, found ? found.value : bytes);
    if (!found) return undefined;
  }
  return found;
}

/**
 * The whole length, header included, of the data object whose first bytes are given: how much of a padded file is
 * the certificate. At most nine bytes are looked at; the value need not be there.
 * @throws {SyntaxError} where the header is malformed or cut short
 */
export function totalLength(head: Uint8Array): number {
  const { start, length } = readHeader(head, 0);
  return start + length;
}

/**
 * The bytes of a data object; a constructed one takes its parts as a list.
 * @throws {RangeError} where `tag` is not the number of a BER tag of at most four bytes
 */
export function encodeTlv(tag: number, value: Uint8Array | readonly Uint8Array[]): Uint8Array {
  const content = value instanceof Uint8Array ? value : new Uint8Array(Buffer.concat(value));
  return new Uint8Array(Buffer.concat([encodeTag(tag), encodeLength(content.length), content]));
}

function* objectsOf(bytes: Uint8Array): Generator<Tlv> {
  let offset = 0;
  while (offset < bytes.length) {
    const { tag, start, length } = readHeader(bytes, offset);
    offset = start + length;
    if (offset > bytes.length) throw new SyntaxError(`the value of tag ${tag.toString(16)} is cut short`);
    yield { tag, value: bytes.subarray(start, offset) };
  }
}

function firstWith(tag: number, bytes: Uint8Array): Tlv | undefined {
  for (const object of objectsOf(bytes)) if (object.tag === tag) return object;
  return undefined;
}

function readHeader(bytes: Uint8Array, offset: number): Header {
  const tagEnd = endOfTag(bytes, offset);
  const first = byteAt(bytes, tagEnd);
  const lengthBytes = first < 0x80 ? 0 : first - 0x80;
  if (first === 0x80 || lengthBytes > maxLengthBytes) throw new SyntaxError(`length byte ${first.toString(16)}`);
  const start = tagEnd + 1 + lengthBytes;
  const length = lengthBytes === 0 ? first : numberAt(bytes, tagEnd + 1, start);
  return { tag: numberAt(bytes, offset, tagEnd), start, length };
}

function endOfTag(bytes: Uint8Array, offset: number): number {
  if ((byteAt(bytes, offset) & 0x1f) !== 0x1f) return offset + 1;
  if (byteAt(bytes, offset + 1) === 0x80) throw new SyntaxError("a tag number with leading zeros");
  for (let at = offset + 1; at < offset + maxTagBytes; at++) {
    if ((byteAt(bytes, at) & 0x80) === 0) return at + 1;
  }
  throw new SyntaxError(`a tag of more than ${maxTagBytes} bytes`);
}

function byteAt(bytes: Uint8Array, offset: number): number {
  const byte = bytes[offset];
  if (byte === undefined) throw new SyntaxError("a data object is cut short in its header");
  return byte;
}

/** Big-endian and unsigned up to 32 bits, which bit operators are not. */
function numberAt(bytes: Uint8Array, start: number, end: number): number {
  let value = 0;
  for (let at = start; at < end; at++) value = value * 256 + byteAt(bytes, at);
  return value;
}

function encodeTag(tag: number): Uint8Array {
  const bytes = Number.isInteger(tag) && tag >= 0 && tag <= 0xffffffff ? bigEndian(tag) : new Uint8Array();
  if (bytes.length === 0 || !isTag(bytes)) throw new RangeError(`${tag} is not a BER tag`);
  return bytes;
}

function isTag(bytes: Uint8Array): boolean {
  try {
    return endOfTag(bytes, 0) === bytes.length;
  } catch {
    return false;
  }
}

function encodeLength(length: number): Uint8Array {
  const bytes = bigEndian(length);
  return length < 0x80 ? bytes : Uint8Array.from([0x80 + bytes.length, ...bytes]);
}

function bigEndian(value: number): Uint8Array {
  const bytes = [value % 256];
  for (let rest = Math.floor(value / 256); rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256);
  return Uint8Array.from(bytes);
}
