import type { Run } from "../command.ts";
import type { DataOf } from "../results.ts";
import { nameOf, shownCard } from "./card.ts";

/** Makes a simulated card from a profile. */
export const run: Run<DataOf<"sim create">> = async ({ parts }, input) => {
  const store = await parts.simStore();
  return { data: shownCard(await store.create(nameOf(input), { profile: String(input.options.profile) })) };
};
