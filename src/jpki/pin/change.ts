import type { Reader } from "../../apdu/reader.ts";
import { MynakitError, type PinReport } from "../../errors.ts";
import { parseDay } from "../certificate/japanese-date.ts";
import type { Card } from "../hold.ts";
import { requireMyNumberCard } from "../identify.ts";
import { readBirth } from "../text/read.ts";
import { type EntryOptions, enterPins, type PinPrompt } from "./entry.ts";
import { changePin } from "./guard.ts";
import type { Pin } from "./pin.ts";
import { isBirthDate } from "./policy.ts";
import { type HolderPinId, pinReference } from "./references.ts";

export interface ReplaceOptions extends EntryOptions {
  /** True where the new PIN may be the holder's birth date. */
  readonly allowObvious?: boolean;
  readonly askPins: (prompt: PinPrompt) => Promise<{ readonly old: Pin; readonly new: Pin }>;
}

/**
 * Sets another PIN in place of the old one. The text PIN opens the holder's birth date, which is then no new PIN; the
 * others open nothing that tells it. On a plastic card only: how a phone changes its PINs is not published.
 * @throws {MynakitError} ERR_PIN_WRONG, ERR_PIN_OBVIOUS, ERR_CARD_KIND, what `enterPins` and `changePin` throw; all say whether
 *   the PIN was `changed`
 */
export async function replacePin(
  reader: Reader,
  id: HolderPinId,
  options: ReplaceOptions,
): Promise<PinReport & { readonly changed: true }> {
  const reference = pinReference(id);
  const between = (pin: Pin) =>
    id === "text" && !options.allowObvious ? { between: (card: Card) => refuseBirthDate(card, pin) } : {};
  try {
    return await enterPins(reader, options, {
      reference,
      requireCard: requireMyNumberCard,
      async ask(prompt): Promise<readonly [Pin, Pin]> {
        const pins = await options.askPins(prompt);
        return [pins.old, pins.new];
      },
      present: (card, [old, replacement]) =>
        changePin(card, reference, { old, new: replacement }, { minTries: options.minTries, ...between(replacement) }),
    });
  } catch (error) {
    throw error instanceof MynakitError ? sayingWhetherChanged(error) : error;
  }
}

async function refuseBirthDate(card: Card, pin: Pin): Promise<void> {
  const birth = parseDay((await readBirth(card)) ?? "");
  if (birth && isBirthDate(pin, birth))
    throw new MynakitError("ERR_PIN_OBVIOUS", { pin: "text", reason: "birth-date" });
}

/** What the guard did not say comes from before the change. */
function sayingWhetherChanged(error: MynakitError): MynakitError {
  return error.withPin({ changed: false, ...error.pin });
}
