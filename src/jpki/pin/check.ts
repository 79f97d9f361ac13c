import type { Reader } from "../../apdu/reader.ts";
import type { PinReport } from "../../errors.ts";
import { requireJpki, requireMyNumberCard } from "../identify.ts";
import { enterPins } from "./entry.ts";
import { type PresentOptions, presenting } from "./present.ts";
import { type HolderPinId, pinReference } from "./references.ts";

/**
 * Whether a PIN is the right one: it is presented, once, and nothing else is done. A right one fills the counter.
 * @throws {MynakitError} ERR_PIN_WRONG, ERR_CARD_KIND, what `enterPins` and `verifyPin` throw
 */
export async function checkPin(reader: Reader, id: HolderPinId, options: PresentOptions): Promise<PinReport> {
  const reference = pinReference(id);
  return enterPins(reader, options, {
    reference,
    requireCard: reference.application === "jpki" ? requireJpki : requireMyNumberCard,
    ...presenting(reference, options, async (_card, report) => report),
  });
}
