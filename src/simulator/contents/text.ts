import { textFiles } from "../../jpki/applications.ts";
import { cardKeys, cvCertificates, dataKeys } from "../cv-keys.ts";
import { derivedBytes } from "../derive.ts";
import type { FileImage, Person, Switches } from "../image.ts";
import { myNumber } from "../personal-data.ts";
import { sha256, signSha256 } from "../rsa.ts";
import { ascii, fileIn, unexplained } from "./file.ts";
import { dataObject, fileWithOffsets, publicKeyObjects } from "./objects.ts";

/** Not among the constants that clients need. */
const unknownFile = 0x0008;

const filler = Uint8Array.of(0xff, 0xff);

/** Version, extended length, vendor, option: as seen. */
const seenVersion = Uint8Array.of(0x01, 0x03, 0x0e, 0x01);

/** Of a key whose use is not known; it is not the one that the certificate is about. */
const basicInfoKeyId = Uint8Array.of(...ascii("9000034"), 0x08, 0x05, ...ascii("001"), 0, 0, 0, 0);

/**
 * The EFs of the text application (券面事項入力補助AP). Source: public measurements (myna-card; jpki/myna and others for the My
 * Number and the attributes). Verification number A opens what is about the My Number, B what is about the attributes.
 */
export function textFilesOf(
  person: Person,
  seed: string,
  { attributesLength, integrityOpensWithB }: Switches,
): FileImage[] {
  const number = Uint8Array.from([...dataObject(0xff10, ascii(myNumber(seed))), ...filler]);
  const attributes = attributeObjects(person);
  return [
    fileIn("text", textFiles.myNumber, number, ["text", "text-a"]),
    fileIn(
      "text",
      textFiles.attributes,
      fileWithOffsets({ file: 0xff20, table: 0xdf21 }, attributes, { longLength: attributesLength === "three-bytes" }),
      ["text", "text-b"],
    ),
    fileIn(
      "text",
      textFiles.integrity,
      integrityRecord(number, attributes),
      integrityOpensWithB ? ["text", "text-a", "text-b"] : ["text", "text-a"],
    ),
    fileIn("text", textFiles.cvCertificate, Buffer.from(cvCertificates.text, "base64")),
    fileIn("text", textFiles.basicInfo, basicInfo(seed)),
    fileIn("text", textFiles.sessionKeyDelivery, dataObject(0xa1, publicKeyObjects(cardKeys.sessionKeyDelivery)), [
      "text",
      "text-a",
      "text-b",
    ]),
    fileIn("text", textFiles.signingKeyCertificate, signingKeyCertificate(), ["text", "text-a", "text-b"]),
    fileIn("text", unknownFile, unexplained),
  ];
}

/** Name, address, birth as YYYYMMDD, sex. */
const attributeObjects = (person: Person): Uint8Array[] =>
  [person.name, person.address, person.birth.replaceAll("-", ""), person.sex].map((value, at) =>
    dataObject(0xdf22 + at, Buffer.from(value, "utf8")),
  );

/** SHA-256 over the whole EF of the My Number, over the attributes without their table of offsets, and a signature over both. */
function integrityRecord(number: Uint8Array, attributes: readonly Uint8Array[]): Uint8Array {
  const digests = [dataObject(0xdf31, sha256(number)), dataObject(0xdf32, sha256(...attributes))];
  return dataObject(0xff30, [...digests, dataObject(0xdf33, signSha256(dataKeys.text, ...digests))]);
}

/** The second half of the last object is FF; what the first 32 bytes are is not known. */
function basicInfo(seed: string): Uint8Array {
  const opaque = Uint8Array.from([...derivedBytes(seed, "text-basic-info", 32), ...new Uint8Array(96).fill(0xff)]);
  return dataObject(0xff40, [
    dataObject(0xdf41, seenVersion),
    dataObject(0xdf42, basicInfoKeyId),
    dataObject(0xdf43, opaque),
  ]);
}

/** What its signature covers is not published: here the object with the key. */
function signingKeyCertificate(): Uint8Array {
  const key = dataObject(0xdf51, publicKeyObjects(cardKeys.text));
  return dataObject(0xff50, [key, dataObject(0xdf52, signSha256(dataKeys.text, key))]);
}
