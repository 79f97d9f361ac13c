import type { Run } from "../command.ts";
import type { DataOf } from "../results.ts";
import { nameOf } from "./card.ts";

/** Answers whether a simulated card is as a script expects it to be: exit code 1 where anything is not. */
export const run: Run<DataOf<"sim expect">> = async ({ parts }, input) => {
  const name = nameOf(input);
  const expectations = (input.arguments.expectations ?? []) as readonly string[];
  const findings = await (await parts.simStore()).expect(name, expectations);
  const met = findings.every((finding) => finding.met);
  return { data: { name, met, findings }, ...(met ? {} : { exit: 1 }) };
};
