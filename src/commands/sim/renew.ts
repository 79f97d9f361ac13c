import type { Run } from "../command.ts";
import type { DataOf } from "../results.ts";
import { nameOf, shownCard } from "./card.ts";

/** Renews the certificates of a simulated card. */
export const run: Run<DataOf<"sim renew">> = async ({ parts }, input) => ({
  data: shownCard(await (await parts.simStore()).live(nameOf(input), "renew")),
});
