import type { Run } from "../command.ts";
import type { DataOf } from "../results.ts";
import { nameOf, shownCard } from "./card.ts";

/** Makes a simulated card as new: same profile, same person, certificates issued now. */
export const run: Run<DataOf<"sim reset">> = async ({ parts }, input) => ({
  data: shownCard(await (await parts.simStore()).reset(nameOf(input))),
});
