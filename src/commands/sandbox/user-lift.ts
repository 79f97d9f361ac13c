import type { Run } from "../command.ts";
import type { DataOf } from "../results.ts";
import { setUserSuspended } from "./user.ts";

/** Lifts the suspension of the account that has a MyKey ID. */
export const run: Run<DataOf<"sandbox user lift">> = (context, input) => setUserSuspended(context, input, false);
