import { type PinId, pinReferences } from "../../jpki/applications.ts";
import { requireMyNumberCard } from "../../jpki/identify.ts";
import { type PinCounter, readCounters } from "../../jpki/pin/query.ts";
import type { Messages } from "../../ui/messages/messages.ts";
import { useCard } from "../card-use.ts";
import type { Run } from "../command.ts";
import type { DataOf } from "../results.ts";

/** Counters with the names that people know the PINs by. */
export const namedCounters = (messages: Messages, counters: readonly PinCounter[]) =>
  counters.map(({ id, remaining, max, state }) => ({ id, name: messages.pins[id].name, remaining, max, state }));

/** Shows the tries left of each PIN by the free query; sends no PIN. A locked PIN is an answer, not an error. */
export const run: Run<DataOf<"pin tries">> = async (context, input) => {
  const wanted = input.arguments.pins as readonly PinId[] | undefined;
  const ids = wanted && wanted.length > 0 ? wanted : pinReferences.map(({ id }) => id);
  return useCard(context, async (card, { uri }) => {
    const counters = await readCounters(card, ids);
    // No counter at all: perhaps another kind of card, which deserves its name.
    if (counters.every(({ state }) => state === "absent")) await requireMyNumberCard(card);
    return { data: { reader: uri, pins: namedCounters(context.messages, counters) } };
  });
};
