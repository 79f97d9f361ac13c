import { MynakitError } from "../../errors.ts";
import { isEmail } from "../../mykey/settings.ts";
import type { Run } from "../command.ts";
import type { DataOf } from "../results.ts";
import { settings } from "./settings.ts";

/** Switches the e-mail notice (メール通知) on or off. @throws {MynakitError} ERR_USAGE_OPTION before the card is used */
export const run: Run<DataOf<"mykey notify">> = async (context, input) => {
  const { email } = input.options;
  const notify = input.arguments.state === "on";
  if (email !== undefined && !isEmail(String(email))) {
    throw new MynakitError("ERR_USAGE_OPTION", { option: "--email", problem: "malformed", allowed: "name@example.jp" });
  }
  return settings(context, input, { notify, ...(email !== undefined && { email: String(email) }) });
};
