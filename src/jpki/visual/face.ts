import { constants, createHash, type KeyObject, publicDecrypt } from "node:crypto";
import { encodeTlv } from "../../apdu/tlv.ts";
import { dataObjects, digitsOf, encodedOf, tabledObjects, valueUnder } from "../card-file.ts";
import { type CardImage, imageOf } from "./image.ts";

/** The face of the card (EF 0002 of the visual application). */
export interface Face {
  /** As on the card, `YYYYMMDD`. */
  readonly birth: string;
  /** As on the card, a digit (JIS X 0303). */
  readonly sex: string;
  readonly name: CardImage;
  readonly address: CardImage;
  readonly photo: CardImage;
  /** The last day of the card, `YYYYMMDD`. Not signed. */
  readonly expiry: string;
  /** Not signed. */
  readonly securityCode: CardImage;
  /** Three parts of the file that are signed together. */
  readonly signed: readonly Uint8Array[];
  readonly signature: Uint8Array;
}

const tags = {
  file: 0xff20,
  offsets: 0xdf21,
  birth: 0xdf22,
  sex: 0xdf23,
  publicKey: 0xdf24,
  name: 0xdf25,
  address: 0xdf26,
  photo: 0xdf27,
  signature: 0xdf28,
  expiry: 0xdf29,
  securityCode: 0xdf2a,
} as const;

/** Source: public measurements (myna-card, jpki/myna). @throws {SyntaxError} */
export function parseFace(content: Uint8Array): Face {
  const { file, ...order } = tags;
  const objects = tabledObjects(content, file, Object.values(order));
  const image = (tag: number, what: string): CardImage => imageOf(valueUnder(objects, tag), what);
  return {
    birth: digitsOf(valueUnder(objects, tags.birth), 8, "the birth date"),
    sex: digitsOf(valueUnder(objects, tags.sex), 1, "the sex"),
    name: image(tags.name, "the image of the name"),
    address: image(tags.address, "the image of the address"),
    photo: image(tags.photo, "the photo"),
    expiry: digitsOf(valueUnder(objects, tags.expiry), 8, "the expiry date"),
    securityCode: image(tags.securityCode, "the image of the security code"),
    signed: [
      encodedOf(objects, [tags.birth, tags.sex, tags.publicKey]),
      encodedOf(objects, [tags.name, tags.address]),
      encodedOf(objects, [tags.photo]),
    ],
    signature: valueUnder(objects, tags.signature),
  };
}

/** The My Number as an image (EF 0005), with its signature. */
export interface NumberImage {
  readonly image: CardImage;
  readonly signed: Uint8Array;
  readonly signature: Uint8Array;
}

const numberTags = { file: 0xff40, image: 0xdf41, publicKey: 0xdf42, signature: 0xdf43 } as const;

/** The signature covers what stands before it. Source: public measurements (myna-card). @throws {SyntaxError} */
export function parseNumberImage(content: Uint8Array): NumberImage {
  const { file, image, publicKey, signature } = numberTags;
  const objects = dataObjects(content, file, [image, publicKey, signature]);
  return {
    image: imageOf(valueUnder(objects, image), "the image of the number"),
    signed: encodedOf(objects, [image, publicKey]),
    signature: valueUnder(objects, signature),
  };
}

/** AlgorithmIdentifier of SHA-256 (RFC 8017, 9.2, note 1). */
const sha256 = Buffer.from("300D06096086480165030402010500", "hex");

/**
 * Whether a key signed the face: a DigestInfo that names SHA-256 and holds three digests, one for each part. No library
 * knows that form, so the padding is undone and the content compared, byte for byte.
 * Source: public measurements (myna-card). Never throws.
 */
export function isFaceSignedWith(key: KeyObject, { signed, signature }: Face): boolean {
  const digests = signed.map((part) => createHash("sha256").update(part).digest());
  const expected = encodeTlv(0x30, [sha256, encodeTlv(0x04, digests)]);
  try {
    return publicDecrypt({ key, padding: constants.RSA_PKCS1_PADDING }, signature).equals(expected);
  } catch {
    return false;
  }
}
