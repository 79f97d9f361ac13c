import type { Run } from "../command.ts";
import type { DataOf } from "../results.ts";
import { unreadableCard } from "./card.ts";

/** Lists the simulated cards of this home; of one whose file cannot be read, a warning says why. */
export const run: Run<DataOf<"sim list">> = async ({ parts, messages }) => {
  const cards = await (await parts.simStore()).list();
  return {
    data: { cards: cards.map(({ name, uri, profile, createdAt }) => ({ name, uri, profile, createdAt })) },
    warnings: cards.flatMap(({ uri, problem }) => (problem ? [unreadableCard(messages, uri, problem)] : [])),
  };
};
