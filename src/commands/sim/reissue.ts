import type { Run } from "../command.ts";
import type { DataOf } from "../results.ts";
import { nameOf, shownCard } from "./card.ts";

/** Puts a new card of the same person in a simulated card's place. */
export const run: Run<DataOf<"sim reissue">> = async ({ parts }, input) => ({
  data: shownCard(await (await parts.simStore()).live(nameOf(input), "reissue")),
});
