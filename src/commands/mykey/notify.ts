import type { Run } from "../command.ts";
import type { DataOf } from "../results.ts";
import { settings } from "./settings.ts";

/** Switches the e-mail notice (メール通知) on or off. */
export const run: Run<DataOf<"mykey notify">> = async (context, { arguments: { state }, options: { email } }) =>
  settings(context, { notify: state === "on", ...(email !== undefined && { email: String(email) }) });
