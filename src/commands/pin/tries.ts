import { type PinId, pinReferences } from "../../jpki/applications.ts";
import { requireMyNumberCard } from "../../jpki/identify.ts";
import { readCounters } from "../../jpki/pin/query.ts";
import { useCard } from "../card-use.ts";
import type { Run } from "../command.ts";
import type { DataOf } from "../results.ts";
import { lowWarnings, namedCounters } from "./counters.ts";

/** Shows the tries left of each PIN by the free query; sends no PIN. A locked PIN is an answer, not an error. */
export const run: Run<DataOf<"pin tries">> = async (context, input) => {
  const wanted = input.arguments.pins as readonly PinId[] | undefined;
  const ids = wanted && wanted.length > 0 ? wanted : pinReferences.map(({ id }) => id);
  return useCard(context, async (card, { uri }) => {
    const counters = await readCounters(card, ids);
    // No counter at all: perhaps another kind of card, which deserves its name.
    if (counters.every(({ state }) => state === "absent")) await requireMyNumberCard(card);
    return {
      data: { reader: uri, pins: namedCounters(context.messages, counters) },
      warnings: lowWarnings(counters),
    };
  });
};
