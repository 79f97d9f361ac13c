import type { Reader } from "../../apdu/reader.ts";
import type { PinReport } from "../../errors.ts";
import { requireJpki, requireMyNumberCard } from "../identify.ts";
import { type EntryOptions, enterPins, type PinPrompt } from "./entry.ts";
import { verifyPin } from "./guard.ts";
import type { Pin } from "./pin.ts";
import { type HolderPinId, pinReference } from "./references.ts";

export interface CheckOptions extends EntryOptions {
  readonly askPin: (prompt: PinPrompt) => Promise<Pin>;
}

/**
 * Whether a PIN is the right one: it is presented, once, and nothing else is done. A right one fills the counter.
 * @throws {MynakitError} ERR_PIN_WRONG, ERR_CARD_KIND, what `enterPins` and `verifyPin` throw
 */
export async function checkPin(reader: Reader, id: HolderPinId, options: CheckOptions): Promise<PinReport> {
  const reference = pinReference(id);
  return enterPins(reader, options, {
    reference,
    requireCard: reference.application === "jpki" ? requireJpki : requireMyNumberCard,
    ask: async (prompt): Promise<readonly [Pin]> => [await options.askPin(prompt)],
    present: (card, [pin]) => verifyPin(card, reference, pin, options),
  });
}
