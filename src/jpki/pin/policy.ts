import { MynakitError } from "../../errors.ts";
import type { PinReference } from "../applications.ts";
import { type CalendarDay, yearOfEra } from "../certificate/japanese-date.ts";
import { Pin } from "./pin.ts";

/**
 * A PIN as the card takes it: full-width characters of a Japanese keyboard become ASCII (NFKC), letters upper case,
 * for the card compares bytes. Nothing is trimmed: a space is a typing error that must not cost a try.
 * @throws {MynakitError} ERR_PIN_FORMAT, which never contains the text
 */
export function parsePin(reference: PinReference, text: string): Pin {
  const normal = normalForm(text);
  if (!reference.form.pattern.test(normal)) throw new MynakitError("ERR_PIN_FORMAT", { pin: reference.id });
  return Pin.fromAscii(normal);
}

export interface NewPinRules {
  /** The PIN that it is to replace. */
  readonly old: Pin;
  /** True where the person wants an obvious one. */
  readonly allowObvious: boolean;
}

/**
 * As `parsePin`, for a PIN that is to be set.
 * @throws {MynakitError} ERR_PIN_FORMAT; ERR_PIN_UNCHANGED where it is the old one; ERR_PIN_OBVIOUS with the reason
 */
export function parseNewPin(reference: PinReference, text: string, { old, allowObvious }: NewPinRules): Pin {
  const { id, form } = reference;
  const normal = normalForm(text);
  if (!form.pattern.test(normal)) throw new MynakitError("ERR_PIN_FORMAT", { pin: id, entry: "new" });
  const pin = Pin.fromAscii(normal);
  if (pin.equals(old)) throw new MynakitError("ERR_PIN_UNCHANGED", { pin: id });
  const reason = allowObvious ? undefined : obviousness(reference, pin);
  if (reason) throw new MynakitError("ERR_PIN_OBVIOUS", { pin: id, reason });
  return pin;
}

/**
 * Whether others would try a PIN first: `sequence` for 0000, 1234, ABC123; `one-kind` for a password without letters or
 * without digits, of which municipal guidance wants both.
 */
export function obviousness({ form }: PinReference, pin: Pin): "sequence" | "one-kind" | undefined {
  const text = Buffer.from(pin.bytes()).toString("ascii");
  const parts = text.match(/[0-9]+|[A-Z]+/g) ?? [];
  if (parts.length <= 2 && parts.every(isSequence)) return "sequence";
  return form.kind === "alphanumeric" && parts.length === 1 ? "one-kind" : undefined;
}

/** Whether a PIN of four digits is a birth date in one of the ways in which people choose it: 0412, 1204, 1985, 8504, 6004. */
export function isBirthDate(pin: Pin, birth: CalendarDay): boolean {
  const [month = "", day = "", era = "", year = ""] = [
    birth.month,
    birth.day,
    yearOfEra(birth) ?? 0,
    birth.year % 100,
  ].map((value) => String(value).padStart(2, "0"));
  const choices = [month + day, day + month, String(birth.year), year + month, month + year, era + month];
  return choices.includes(Buffer.from(pin.bytes()).toString("ascii"));
}

/**
 * The bytes that go to the card: a copy, checked once more, so that a PIN meant for another reference, or one that
 * has been wiped, never gets there.
 * @throws {MynakitError} ERR_PIN_FORMAT
 */
export function checkedBytes(reference: PinReference, pin: Pin): Uint8Array {
  const bytes = Uint8Array.from(pin.bytes());
  if (reference.form.pattern.test(Buffer.from(bytes).toString("latin1"))) return bytes;
  bytes.fill(0);
  throw new MynakitError("ERR_PIN_FORMAT", { pin: reference.id });
}

function normalForm(text: string): string {
  // Only a to z: the upper case of "ß" would be two letters that nobody typed.
  return text.normalize("NFKC").replace(/[a-z]/g, (letter) => letter.toUpperCase());
}

/** Long enough for sixteen characters from any place on. */
const orders = ["0123456789", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"].map((order) => order.repeat(3));

/** True where all characters are the same, or follow each other in one of the orders, forwards or backwards. */
function isSequence(part: string): boolean {
  const backwards = Array.from(part).reverse().join("");
  return new Set(part).size === 1 || orders.some((order) => order.includes(part) || order.includes(backwards));
}
