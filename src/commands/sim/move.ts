import type { Run } from "../command.ts";
import type { DataOf } from "../results.ts";
import { nameOf, shownCard } from "./card.ts";

/** Has the holder of a simulated card move. */
export const run: Run<DataOf<"sim move">> = async ({ parts }, input) => ({
  data: shownCard(await (await parts.simStore()).live(nameOf(input), { moveTo: String(input.arguments.address) })),
});
