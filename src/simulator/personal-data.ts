import { birthdayAfter, japaneseDate, japaneseEra } from "./dates.ts";
import { derivedDigits } from "./derive.ts";
import type { Person, Switches } from "./image.ts";

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

/** The four digits on the face of the card that nothing else tells. */
export const securityCode = (seed: string): string => derivedDigits(seed, "security-code", 4);

/**
 * 照合番号B: birth as YYMMDD, the year the card expires, the security code on its face. The year of birth was seen in the Japanese
 * era; whether it is so for holders from abroad is not published.
 */
export function referenceNumberB(person: Person, seed: string, issuedAt: Date, { birthYearInB }: Switches): string {
  const [gregorian = "", month, day] = person.birth.split("-");
  const year = birthYearInB === "era" ? String(japaneseEra(person.birth).year).padStart(2, "0") : gregorian.slice(-2);
  const expiry = cardExpiry(person, issuedAt).slice(0, 4);
  return `${year}${month}${day}${expiry}${securityCode(seed)}`;
}
