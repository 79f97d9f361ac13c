import type { Run } from "../command.ts";
import type { DataOf } from "../results.ts";
import { programmes } from "./programme.ts";

/** Has a programme be what was published again. */
export const run: Run<DataOf<"sandbox programme reset">> = (context, input) =>
  programmes(context, input, async () => null);
