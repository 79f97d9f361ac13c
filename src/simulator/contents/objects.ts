import { createPublicKey, type KeyLike } from "node:crypto";

/**
 * A data object as the files of the card write it: lengths of 128 and more take three bytes (82 hh ll), where DER would take
 * two up to 255. Source: public measurements (myna-card): `FF40 82 009F`.
 */
export function dataObject(tag: number, value: Uint8Array | readonly Uint8Array[], { longLength = false } = {}) {
  const content = value instanceof Uint8Array ? value : Buffer.concat(value);
  const { length } = content;
  const long = longLength || length >= 0x80;
  const lengthBytes = long ? [0x82, length >> 8, length & 0xff] : [length];
  const tagBytes = tag > 0xff ? [tag >> 8, tag & 0xff] : [tag];
  return Uint8Array.from([...tagBytes, ...lengthBytes, ...content]);
}

/** The public key of an RSA-2048 key: 90, the exponent, and 91, the modulus; 265 bytes. */
export function publicKeyObjects(key: KeyLike): Uint8Array {
  const { n = "", e = "" } = createPublicKey(key).export({ format: "jwk" });
  const objects = [dataObject(0x90, Buffer.from(e, "base64url")), dataObject(0x91, Buffer.from(n, "base64url"))];
  return new Uint8Array(Buffer.concat(objects));
}

/** A file whose first object is a table of offsets: of the tag of each further object, two bytes each, from the first byte of the file. */
export function fileWithOffsets(
  tags: { readonly file: number; readonly table: number },
  objects: readonly Uint8Array[],
  options: { readonly longLength?: boolean } = {},
): Uint8Array {
  const table = new DataView(new ArrayBuffer(objects.length * 2));
  const whole = () =>
    dataObject(tags.file, [dataObject(tags.table, new Uint8Array(table.buffer)), ...objects], options);
  let offset = whole().length - objects.reduce((total, { length }) => total + length, 0);
  for (const [at, object] of objects.entries()) {
    table.setUint16(at * 2, offset);
    offset += object.length;
  }
  return whole();
}
