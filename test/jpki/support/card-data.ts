import { constants, createHash, createPublicKey, type KeyObject, privateEncrypt, sign } from "node:crypto";
import { encodeTlv } from "../../../src/apdu/tlv.ts";
import type { ApplicationName, PinId } from "../../../src/jpki/applications.ts";
import type { CvAuthority } from "../../../src/jpki/cv-certificate.ts";
import type { CardImage } from "../../../src/simulator/image.ts";
import { newRsaKey } from "../../support/rsa-key.ts";

/** Files of the text and visual applications, made here from their published layout alone. */

const newKey = (): KeyObject => newRsaKey();

/** Those that sign for everybody here. */
export const keys = { authority: newKey(), issuer: newKey(), stranger: newKey() };

export const authority: CvAuthority = {
  keyId: Buffer.from("9999020\u0008\u0005001\0\0\0\0", "latin1").toString("hex").toUpperCase(),
  publicKey: createPublicKey(keys.authority),
};

const utf8 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, "utf8"));
const concat = (...parts: readonly Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts));
const sha256 = (bytes: Uint8Array): Uint8Array => new Uint8Array(createHash("sha256").update(bytes).digest());
const signed = (key: KeyObject, bytes: Uint8Array): Uint8Array => new Uint8Array(sign("sha256", bytes, key));

/** A length in so many bytes, the first of which counts the others where it is not alone: BER allows more than needed. */
export function withLength(tag: number, value: Uint8Array, bytes: 1 | 2 | 3): Uint8Array {
  const header = Buffer.alloc(2 + bytes);
  header.writeUInt16BE(tag);
  if (bytes > 1) header[2] = 0x7f + bytes;
  header.writeUIntBE(value.length, bytes === 1 ? 2 : 3, bytes === 3 ? 2 : 1);
  return concat(header, value);
}

/** An object with a table of offsets in front, then the others. `skew` makes the table wrong. */
export function tabled(
  tag: number,
  tableTag: number,
  objects: readonly Uint8Array[],
  { lengthBytes = 3, skew = 0 }: { lengthBytes?: 1 | 2 | 3; skew?: number } = {},
): Uint8Array {
  const table = Buffer.alloc(objects.length * 2);
  let offset = 2 + lengthBytes + 3 + table.length;
  for (const [at, object] of objects.entries()) {
    table.writeUInt16BE(offset + skew, at * 2);
    offset += object.length;
  }
  return withLength(tag, concat(encodeTlv(tableTag, table), ...objects), lengthBytes);
}

export const person = { name: "見本　花子", address: "見本県模擬市試験町２番地", birth: "19900102", sex: "2" };
export const number = "123456789018";

export const attributeObjects = (of: typeof person = person): Uint8Array[] =>
  [of.name, of.address, of.birth, of.sex].map((text, at) => encodeTlv(0xdf22 + at, utf8(text)));

export const attributesFile = (
  of: typeof person = person,
  options: Parameters<typeof tabled>[3] = { lengthBytes: 1 },
): Uint8Array => tabled(0xff20, 0xdf21, attributeObjects(of), options);

export const numberFile = (digits: string = number): Uint8Array =>
  concat(encodeTlv(0xff10, utf8(digits)), Uint8Array.of(0xff, 0xff));

export function integrityFile({ key = keys.issuer, of = person, digits = number } = {}): Uint8Array {
  const digests = concat(
    encodeTlv(0xdf31, sha256(numberFile(digits))),
    encodeTlv(0xdf32, sha256(concat(...attributeObjects(of)))),
  );
  return encodeTlv(0xff30, concat(digests, encodeTlv(0xdf33, signed(key, digests))));
}

/** RSA public key as cards write it: exponent and modulus. */
export function cardKey(key: KeyObject): Uint8Array {
  const { n = "", e = "" } = createPublicKey(key).export({ format: "jwk" });
  return concat(encodeTlv(0x90, Buffer.from(e, "base64url")), encodeTlv(0x91, Buffer.from(n, "base64url")));
}

export function cvCertificateFile({ by = keys.authority, of = keys.issuer, keyId = authority.keyId } = {}): Uint8Array {
  const body = concat(Buffer.from(keyId, "hex"), Buffer.from("1399001".padEnd(16, "\0"), "latin1"), cardKey(of));
  return encodeTlv(0x7f21, concat(encodeTlv(0x5f4e, body), encodeTlv(0x5f37, signed(by, body))));
}

/** Only the first bytes of an image are looked at. */
export const png = new Uint8Array(
  Buffer.concat([Buffer.from("89504E470D0A1A0A0000000D49484452", "hex"), Buffer.alloc(60, 7)]),
);
export const jp2 = new Uint8Array(
  Buffer.concat([Buffer.from("0000000C6A5020200D0A870A", "hex"), Buffer.alloc(900, 9)]),
);

const digestInfo = (digests: Uint8Array): Uint8Array =>
  encodeTlv(0x30, concat(Buffer.from("300D06096086480165030402010500", "hex"), encodeTlv(0x04, digests)));

export interface FaceChoice {
  readonly key?: KeyObject;
  readonly photo?: Uint8Array;
  readonly name?: Uint8Array;
  /** What is signed instead of the right bytes. */
  readonly payload?: Uint8Array;
  readonly skew?: number;
}

export function faceFile({
  key = keys.issuer,
  photo = jp2,
  name = png,
  payload,
  skew = 0,
}: FaceChoice = {}): Uint8Array {
  const values = [utf8(person.birth), utf8(person.sex), cardKey(keys.stranger), name, png, photo];
  const objects = values.map((value, at) => encodeTlv(0xdf22 + at, value));
  const digests = [objects.slice(0, 3), objects.slice(3, 5), objects.slice(5)].map((part) => sha256(concat(...part)));
  const padding = { key, padding: constants.RSA_PKCS1_PADDING };
  const signature = privateEncrypt(padding, payload ?? digestInfo(concat(...digests)));
  const behind = [encodeTlv(0xdf28, signature), encodeTlv(0xdf29, utf8("20300102")), encodeTlv(0xdf2a, png)];
  return tabled(0xff20, 0xdf21, [...objects, ...behind], { skew });
}

export function numberImageFile(key: KeyObject = keys.issuer): Uint8Array {
  const before = concat(encodeTlv(0xdf41, png), encodeTlv(0xdf42, cardKey(keys.stranger)));
  return encodeTlv(0xff40, concat(before, encodeTlv(0xdf43, signed(key, before))));
}

/** Puts a file into a simulated card; null takes it away. */
export function setFile(
  image: CardImage,
  [application, file]: readonly [ApplicationName, number],
  content: Uint8Array | null,
  read: readonly PinId[] = [],
): void {
  const others = image.files.filter((each) => each.application !== application || each.file !== file);
  const made = content && {
    application,
    file,
    content: Buffer.from(content).toString("hex").toUpperCase(),
    size: content.length,
    read: [...read],
  };
  image.files = made ? [...others, made] : others;
}
