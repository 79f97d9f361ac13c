import type { Reader } from "../../apdu/reader.ts";
import { MynakitError, type PinReport } from "../../errors.ts";
import { requireMyNumberCard } from "../identify.ts";
import { type EntryOptions, enterPins, type PinPrompt } from "./entry.ts";
import { changePin } from "./guard.ts";
import type { Pin } from "./pin.ts";
import { type HolderPinId, pinReference } from "./references.ts";

export interface ReplaceOptions extends EntryOptions {
  readonly askPins: (prompt: PinPrompt) => Promise<{ readonly old: Pin; readonly new: Pin }>;
}

/**
 * Sets another PIN in place of the old one. On a plastic card only: how a phone changes its PINs is not published.
 * @throws {MynakitError} ERR_PIN_WRONG, ERR_CARD_KIND, what `enterPins` and `changePin` throw; all say whether
 *   the PIN was `changed`
 */
export async function replacePin(
  reader: Reader,
  id: HolderPinId,
  options: ReplaceOptions,
): Promise<PinReport & { readonly changed: true }> {
  const reference = pinReference(id);
  try {
    return await enterPins(reader, options, {
      reference,
      requireCard: requireMyNumberCard,
      async ask(prompt): Promise<readonly [Pin, Pin]> {
        const pins = await options.askPins(prompt);
        return [pins.old, pins.new];
      },
      present: (card, [old, replacement]) => changePin(card, reference, { old, new: replacement }, options),
    });
  } catch (error) {
    throw error instanceof MynakitError ? sayingWhetherChanged(error) : error;
  }
}

/** What the guard did not say comes from before the change. */
function sayingWhetherChanged(error: MynakitError): MynakitError {
  return error.withPin({ changed: false, ...error.pin });
}
