import type { Run } from "../command.ts";
import type { DataOf } from "../results.ts";
import { nameOf } from "./card.ts";

/** Deletes a simulated card; also one whose file is damaged. */
export const run: Run<DataOf<"sim delete">> = async ({ parts }, input) => ({
  data: await (await parts.simStore()).delete(nameOf(input)),
});
