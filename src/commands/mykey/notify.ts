import type { Run } from "../command.ts";
import { requireEmail } from "../email.ts";
import type { DataOf } from "../results.ts";
import { settings } from "./settings.ts";

/** Switches the e-mail notice (メール通知) on or off. @throws {MynakitError} ERR_USAGE_OPTION before the card is used */
export const run: Run<DataOf<"mykey notify">> = async (context, input) => {
  const { email } = input.options;
  const notify = input.arguments.state === "on";
  if (email !== undefined) requireEmail(email);
  return settings(context, input, { notify, ...(email !== undefined && { email: String(email) }) });
};
