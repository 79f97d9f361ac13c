import type { Run } from "../command.ts";
import type { DataOf } from "../results.ts";
import { clock } from "./clock.ts";

/** Shows the platform's time. */
export const run: Run<DataOf<"sandbox clock show">> = (context, input) => clock(context, input);
