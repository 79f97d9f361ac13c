import { visualFiles } from "../../jpki/applications.ts";
import { cardKeys, cvCertificates, dataKeys } from "../cv-keys.ts";
import { derivedBytes } from "../derive.ts";
import type { FileImage, Person } from "../image.ts";
import { myNumber, securityCode } from "../personal-data.ts";
import { digestInfo, paddedPkcs1, sha256, signPadded, signSha256 } from "../rsa.ts";
import { digitsImage, textImage } from "./card-images.ts";
import { ascii, fileIn, unexplained } from "./file.ts";
import { dataObject, fileWithOffsets, publicKeyObjects } from "./objects.ts";
import { portraitOf } from "./portraits.ts";

/** Not among the constants that clients need. */
const unknownFile = 0x0006;

/** As seen. */
const seenVersion = Uint8Array.of(0x06, 0x03, 0x0e, 0x01);

/** Of keys whose use is not known. */
const keyId = (member: string) => Uint8Array.of(...ascii("9000024"), 0x08, 0x05, ...ascii(member), 0, 0, 0, 0);

/**
 * The EFs of the visual application (券面事項確認AP): what is printed on the card. Verification number A opens both sides, B the
 * front. Source: public measurements (myna-card; jpki/myna for the face and the basic information).
 *
 * @param expiry the day until which the card is valid, as YYYYMMDD
 */
export function visualFilesOf(person: Person, seed: string, expiry: string): FileImage[] {
  return [
    fileIn("visual", visualFiles.age, ageRecord(person), ["visual-birth"]),
    fileIn("visual", visualFiles.face, face(person, seed, expiry), ["visual-a", "visual-b"]),
    fileIn("visual", visualFiles.basicInfo, basicInfo(person, seed)),
    fileIn("visual", visualFiles.cvCertificate, Buffer.from(cvCertificates.visual, "base64")),
    fileIn("visual", visualFiles.number, numberImage(seed), ["visual-a"]),
    fileIn("visual", unknownFile, unexplained, ["visual-a", "visual-b"]),
  ];
}

const birthDigits = ({ birth }: Person) => ascii(birth.replaceAll("-", ""));

/** The application's own key, under the tag that a file gives it. */
const ownKey = (tag: number): Uint8Array => dataObject(tag, publicKeyObjects(cardKeys.visual));

/** Objects and, behind them, a signature over them; that it covers both is inferred, for the record and for the image. */
const signed = (tag: number, signature: number, objects: readonly Uint8Array[]): Uint8Array =>
  dataObject(tag, [...objects, dataObject(signature, signSha256(dataKeys.visual, ...objects))]);

const ageRecord = (person: Person): Uint8Array =>
  signed(0xff10, 0xdf13, [dataObject(0xdf11, birthDigits(person)), ownKey(0xdf12)]);

const numberImage = (seed: string): Uint8Array =>
  signed(0xff40, 0xdf43, [dataObject(0xdf41, digitsImage(myNumber(seed))), ownKey(0xdf42)]);

function face(person: Person, seed: string, expiry: string): Uint8Array {
  const identity = [dataObject(0xdf22, birthDigits(person)), dataObject(0xdf23, ascii(person.sex)), ownKey(0xdf24)];
  const texts = [dataObject(0xdf25, textImage(person.name)), dataObject(0xdf26, textImage(person.address))];
  const photo = dataObject(0xdf27, portraitOf(seed));
  const unsigned = [dataObject(0xdf29, ascii(expiry)), dataObject(0xdf2a, digitsImage(securityCode(seed)))];
  const signature = dataObject(0xdf28, faceSignature([identity, texts, [photo]]));
  return fileWithOffsets({ file: 0xff20, table: 0xdf21 }, [...identity, ...texts, photo, signature, ...unsigned]);
}

/** One signature over three hashes at once: a DigestInfo that names SHA-256 and holds 96 bytes. */
function faceSignature(groups: readonly (readonly Uint8Array[])[]): Uint8Array {
  const hashes = Buffer.concat(groups.map((objects) => sha256(...objects)));
  return signPadded(dataKeys.visual, paddedPkcs1(digestInfo(hashes)));
}

/** DF33 is one byte of unknown meaning, DF35 the identifier of a key and 256 opaque bytes. */
function basicInfo(person: Person, seed: string): Uint8Array {
  const opaque = Array.from({ length: 8 }, (_, at) => derivedBytes(seed, `visual-basic-info-${at}`, 32));
  return dataObject(0xff30, [
    dataObject(0xdf31, seenVersion),
    dataObject(0xdf32, keyId("001")),
    dataObject(0xdf33, Uint8Array.of(0x01)),
    dataObject(0xdf34, ascii(person.municipality)),
    dataObject(0xdf35, [keyId("002"), ...opaque]),
  ]);
}
