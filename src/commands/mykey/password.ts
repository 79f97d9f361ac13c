import { setPassword } from "../../mykey/password.ts";
import type { Run } from "../command.ts";
import { shownPlatform } from "../login.ts";
import type { DataOf } from "../results.ts";
import { onAccount } from "./account.ts";

/** Sets the password of the account, after a login with the card. */
export const run: Run<DataOf<"mykey password">> = (context, input) =>
  onAccount(context, input, { purpose: "mykey-password" }, async ({ platform, accessToken, login, newKey }) => {
    const password = await context.askNewPassword();
    const { changedAt } = await setPassword(platform, accessToken, { password, idempotencyKey: newKey() });
    return { data: { changedAt, platform: shownPlatform(platform), ...login.pin } };
  });
