import type { Run } from "../command.ts";
import type { DataOf } from "../results.ts";
import { setUserSuspended } from "./user.ts";

/** Suspends the account that has a MyKey ID. */
export const run: Run<DataOf<"sandbox user suspend">> = (context, input) => setUserSuspended(context, input, true);
