import type { CardImage } from "./image.ts";
import type { PinEvent } from "./os.ts";

/** A judging card answers so to everything, once a client has done what it must not. */
export const condemned = Uint8Array.of(0x6f, 0x00);

/**
 * Notes a VERIFY in the image of a judging card: one of a PIN whose last was wrong is a violation, right or not.
 * @returns whether the image has changed
 */
export function judge({ strict, pins }: CardImage, { command, reference, matched }: PinEvent): boolean {
  if (!strict || command !== "verify") return false;
  const wasMissed = strict.missed.includes(reference);
  if (wasMissed) {
    const verify = pins.find(({ id }) => id === reference)?.verifies ?? 0;
    strict.violations.push({ pin: reference, verify });
  }
  const others = strict.missed.filter((id) => id !== reference);
  strict.missed = matched ? others : [...others, reference];
  return wasMissed || !matched;
}

export const isCondemned = ({ strict }: CardImage): boolean => (strict?.violations.length ?? 0) > 0;
