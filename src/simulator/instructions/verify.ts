import type { CommandApdu } from "../../apdu/command.ts";
import type { ResponseApdu } from "../../apdu/response.ts";
import type { PinImage } from "../image.ts";
import { type CardOs, Refusal, referencedEntry, success } from "../os.ts";

/** The greatest length of a PIN. Source: JICSAP 1.1, 6.4.9, by way of public measurements (myna-card). */
export const maxPinLength = 16;

/** VERIFY (ISO/IEC 7816-4, 11.5.6): without data the retry query, with data the comparison. */
export function verify(os: CardOs, { p1, p2, data, le }: CommandApdu): ResponseApdu {
  if (le !== undefined) throw new Refusal(0x6700);
  if (p1 !== 0) throw new Refusal(0x6a86);
  const entry = referencedEntry(os, p2, "verify");
  if (data && data.length > maxPinLength) throw new Refusal(0x6700);
  if (entry.kind === "closed" && entry.as === "blocked") throw new Refusal(data ? lockedAnswer(os) : 0x63c0);
  if (entry.kind !== "pin") throw new Refusal(0x6981);
  return data ? compare(os, entry.pin, data) : query(os, entry.pin);
}

function query({ image, session }: CardOs, pin: PinImage): ResponseApdu {
  const { query: behaviour } = image.switches;
  if (behaviour === "9000-when-verified" && session.verified.has(pin.id)) return success();
  if (behaviour !== "counter" && behaviour !== "9000-when-verified") throw new Refusal(Number.parseInt(behaviour, 16));
  throw new Refusal(0x63c0 + pin.remaining);
}

const lockedAnswer = ({ image }: CardOs): number => Number.parseInt(image.switches.lockedVerify, 16);

/**
 * A try is spent, durably, before the comparison, and given back, durably, before the answer: an interruption at any moment
 * costs a try and never gives one.
 */
function compare(os: CardOs, pin: PinImage, value: Uint8Array): ResponseApdu {
  const before = pin.remaining;
  os.session.verified.delete(pin.id);
  pin.verifies += 1;
  if (before > 0) pin.remaining -= 1;
  if (before === 1) pin.lastTryBurnt = true;
  os.persist();
  const matched = before > 0 && Buffer.from(pin.value, "latin1").equals(value);
  if (matched) {
    pin.remaining = pin.max;
    os.persist();
    os.session.verified.add(pin.id);
  }
  os.record({ command: "verify", reference: pin.id, before, after: pin.remaining, matched });
  if (matched) return success();
  throw new Refusal(before === 0 ? lockedAnswer(os) : 0x63c0 + pin.remaining);
}
