import type { Run } from "../command.ts";
import type { DataOf } from "../results.ts";
import { programmes } from "./programme.ts";

/** Shows the programmes as they are on this platform. */
export const run: Run<DataOf<"sandbox programme list">> = (context, input) => programmes(context, input);
