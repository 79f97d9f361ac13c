import type { Run } from "../command.ts";
import type { DataOf } from "../results.ts";
import { programmes } from "./programme.ts";

/** Shows one programme as it is on this platform. */
export const run: Run<DataOf<"sandbox programme show">> = (context, input) => programmes(context, input);
