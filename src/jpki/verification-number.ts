import { MynakitError } from "../errors.ts";
import type { PinReference } from "./applications.ts";
import { type CalendarDay, yearOfEra } from "./certificate/japanese-date.ts";
import type { Pin } from "./pin/pin.ts";
import { parsePin } from "./pin/policy.ts";
import { isMyNumber } from "./text/number.ts";

/**
 * Verification number A (照合番号A): the My Number, as it is printed in groups or without.
 * @throws {MynakitError} ERR_PIN_FORMAT, also where the check digit shows a typing error, which then costs no try
 */
export function parseNumberA(reference: PinReference, text: string): Pin {
  const digits = text.normalize("NFKC").replace(/[\s-]/g, "");
  const pin = parsePin(reference, digits);
  if (isMyNumber(digits)) return pin;
  pin.wipe();
  throw new MynakitError("ERR_PIN_FORMAT", { pin: reference.id, entry: "check-digit" });
}

/**
 * How verification number B writes the year of birth: that of the Japanese era, as was seen on a card, or the last two
 * digits of the Gregorian one, as municipalities did for foreign residents on the card before this one. Which of them holds
 * on a foreign resident's My Number Card is not published. Source: public measurements (myna-card).
 */
export type BirthYear = "era" | "gregorian";

export interface PrintedOnFace {
  readonly birth: CalendarDay;
  /** Four digits, Gregorian. */
  readonly expiryYear: string;
  /** Four digits. */
  readonly securityCode: string;
}

/**
 * Verification number B (照合番号B): birth as `YYMMDD`, the year in which the card expires, the security code.
 * @returns 14 digits; null for a birth date before the eras, or in a year of an era that takes three digits
 */
export function composeB({ birth, expiryYear, securityCode }: PrintedOnFace, birthYear: BirthYear): string | null {
  const year = birthYear === "era" ? yearOfEra(birth) : birth.year % 100;
  if (year === null || year > 99) return null;
  return `${[year, birth.month, birth.day].map(twoDigits).join("")}${expiryYear}${securityCode}`;
}

const twoDigits = (value: number): string => String(value).padStart(2, "0");
