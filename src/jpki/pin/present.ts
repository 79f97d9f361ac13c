import type { PinReport } from "../../errors.ts";
import type { PinReference } from "../applications.ts";
import type { Card } from "../hold.ts";
import type { Entry, EntryOptions, PinPrompt } from "./entry.ts";
import { verifyPin } from "./guard.ts";
import type { Pin } from "./pin.ts";
import { reporting } from "./reporting.ts";

export interface PresentOptions extends EntryOptions {
  /** Asks the person, with the card free, and only with enough tries left. The PIN is wiped after use. */
  readonly askPin: (prompt: PinPrompt) => Promise<Pin>;
}

/**
 * The part of an entry that asks for one PIN, presents it once, and does what it opens in the same hold.
 * @throws {MynakitError} from `present`: what `verifyPin` and `work` throw, each with what the PIN's presenting cost
 */
export function presenting<T>(
  reference: PinReference,
  options: PresentOptions,
  work: (card: Card, report: PinReport) => Promise<T>,
): Pick<Entry<readonly [Pin], T>, "ask" | "present"> {
  return {
    ask: async (prompt) => [await options.askPin(prompt)],
    async present(card, [pin]) {
      const report = await verifyPin(card, reference, pin, options);
      return reporting(report, () => work(card, report));
    },
  };
}
