import type { PinCounter } from "../../jpki/pin/query.ts";
import type { Messages } from "../../ui/messages/messages.ts";
import type { Warning } from "../command.ts";

/** Counters with the names that people know the PINs by. */
export const namedCounters = (messages: Messages, counters: readonly PinCounter[]) =>
  counters.map(({ id, remaining, max, state }) => ({ id, name: messages.pins[id].name, remaining, max, state }));

/** For each PIN that has been entered wrongly so often that one more miss leaves the last try. */
export const lowWarnings = (counters: readonly PinCounter[]): Warning[] =>
  counters.flatMap(({ id, remaining, state }) =>
    state === "low" && remaining !== null
      ? [{ code: "WARN_PIN_LOW", details: { pin: id, tries: remaining } } as const]
      : [],
  );
