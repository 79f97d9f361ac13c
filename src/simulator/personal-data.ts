import { encodeTlv } from "../apdu/tlv.ts";
import { birthdayAfter, japaneseDate, japaneseEra } from "./dates.ts";
import { derivedDigits } from "./derive.ts";
import type { Person } from "./image.ts";

const utf8 = (text: string) => new Uint8Array(Buffer.from(text, "utf8"));
const offsetTableLength = 8;

/**
 * A My Number with its check digit (the order of 2014 on individual numbers, article 5).
 * Nobody's: it follows from the seed alone.
 */
export function myNumber(seed: string): string {
  const payload = derivedDigits(seed, "my-number", 11);
  const sum = [...payload]
    .reverse()
    .reduce((total, digit, at) => total + Number(digit) * (at < 6 ? at + 2 : at - 4), 0);
  const remainder = sum % 11;
  return `${payload}${remainder <= 1 ? 0 : 11 - remainder}`;
}

/** The day until which the card is valid, as YYYYMMDD: the tenth birthday after its issue. */
export const cardExpiry = (person: Person, issuedAt: Date): string =>
  birthdayAfter(japaneseDate(issuedAt), person.birth, 10).replaceAll("-", "");

/** 照合番号B: birth as YYMMDD in the Japanese era, the year the card expires, the security code on its face. */
export function referenceNumberB(person: Person, seed: string, issuedAt: Date): string {
  const [, month, day] = person.birth.split("-");
  const year = String(japaneseEra(person.birth).year).padStart(2, "0");
  const expiry = cardExpiry(person, issuedAt).slice(0, 4);
  return `${year}${month}${day}${expiry}${derivedDigits(seed, "security-code", 4)}`;
}

/** EF 0001 of the text application: 17 bytes, the last two filler. */
export function myNumberFile(seed: string): Uint8Array {
  return Uint8Array.from([...encodeTlv(0xff10, utf8(myNumber(seed))), 0xff, 0xff]);
}

/** EF 0002 of the text application: a table of offsets from the start of the file, then name, address, birth and sex. */
export function attributesFile(person: Person): Uint8Array {
  const values = [person.name, person.address, person.birth.replaceAll("-", ""), person.sex];
  const objects = values.map((value, at) => encodeTlv(0xdf22 + at, utf8(value)));
  const blank = encodeTlv(0xff20, [encodeTlv(0xdf21, new Uint8Array(offsetTableLength)), ...objects]);
  const table = new DataView(new ArrayBuffer(offsetTableLength));
  let offset = blank.length - objects.reduce((total, { length }) => total + length, 0);
  for (const [at, object] of objects.entries()) {
    table.setUint16(at * 2, offset);
    offset += object.length;
  }
  return encodeTlv(0xff20, [encodeTlv(0xdf21, new Uint8Array(table.buffer)), ...objects]);
}
