import type { Run } from "../command.ts";
import type { DataOf } from "../results.ts";
import { nameOf, shownCard } from "./card.ts";

/** Shows a simulated card with its PINs and the record of what was done to them. */
export const run: Run<DataOf<"sim show">> = async ({ parts }, input) => ({
  data: shownCard(await (await parts.simStore()).show(nameOf(input))),
});
