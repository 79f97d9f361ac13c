import type { Run } from "../command.ts";
import type { DataOf } from "../results.ts";
import { clock } from "./clock.ts";

/** Has the platform go by this computer's clock again. */
export const run: Run<DataOf<"sandbox clock reset">> = (context, input) =>
  clock(context, input, (_now, processNow) => processNow);
