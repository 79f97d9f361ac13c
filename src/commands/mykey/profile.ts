import type { Run } from "../command.ts";
import type { DataOf } from "../results.ts";
import { settings } from "./settings.ts";

/** Shows what the person entered (利用者情報等の確認). */
export const run: Run<DataOf<"mykey profile">> = (context) => settings(context, null);
