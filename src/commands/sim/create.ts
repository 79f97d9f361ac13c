import type { Run } from "../command.ts";
import type { DataOf } from "../results.ts";
import { nameOf, shownCard } from "./card.ts";

/** Makes a simulated card from a profile, and what it is to have otherwise. */
export const run: Run<DataOf<"sim create">> = async ({ parts }, input) => {
  const { profile, seed, link, strict, set = [] } = input.options;
  const settings = [
    ...(set as readonly string[]),
    ...(link === undefined ? [] : [`link=${link}`]),
    ...(strict === true ? ["strict=true"] : []),
  ];
  const order = { profile: String(profile), settings, ...(seed !== undefined && { seed: String(seed) }) };
  return { data: shownCard(await (await parts.simStore()).create(nameOf(input), order)) };
};
