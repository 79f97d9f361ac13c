import type { Run } from "../command.ts";
import type { DataOf } from "../results.ts";

/** Lists the simulated cards of this home. */
export const run: Run<DataOf<"sim list">> = async ({ parts }) => {
  const cards = await (await parts.simStore()).list();
  return { data: { cards: cards.map(({ name, uri, profile, createdAt }) => ({ name, uri, profile, createdAt })) } };
};
