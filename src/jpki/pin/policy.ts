import { MynakitError } from "../../errors.ts";
import type { PinReference } from "../applications.ts";
import { Pin } from "./pin.ts";

/**
 * A PIN as the card takes it: full-width characters of a Japanese keyboard become ASCII (NFKC), letters upper case,
 * for the card compares bytes. Nothing is trimmed: a space is a typing error that must not cost a try.
 * @throws {MynakitError} ERR_PIN_FORMAT, which never contains the text
 */
export function parsePin(reference: PinReference, text: string): Pin {
  // Only a to z: the upper case of "ß" would be two letters that nobody typed.
  const normal = text.normalize("NFKC").replace(/[a-z]/g, (letter) => letter.toUpperCase());
  if (!reference.form.pattern.test(normal)) throw new MynakitError("ERR_PIN_FORMAT", { pin: reference.id });
  return Pin.fromAscii(normal);
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
