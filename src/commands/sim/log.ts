import type { Run } from "../command.ts";
import type { DataOf } from "../results.ts";
import { nameOf } from "./card.ts";

/** Tells what happened to a simulated card, in the form that `replay:` reads; PINs and personal data were never written. */
export const run: Run<DataOf<"sim log">> = async ({ parts }, input) => {
  const name = nameOf(input);
  const cleared = input.options.clear === true;
  const text = await (await parts.simStore()).log(name, { clear: cleared });
  return { data: { name, cleared, lines: text.split("\n").slice(0, -1) } };
};
