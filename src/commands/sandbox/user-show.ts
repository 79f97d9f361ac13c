import type { Run } from "../command.ts";
import type { DataOf } from "../results.ts";
import { user } from "./user.ts";

/** Shows the account that has a MyKey ID. */
export const run: Run<DataOf<"sandbox user show">> = user;
