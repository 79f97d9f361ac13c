import { accountStatus } from "../../mykey/client.ts";
import type { Run } from "../command.ts";
import { shownPlatform } from "../login.ts";
import type { DataOf } from "../results.ts";
import { onAccount } from "./account.ts";

/** Shows how the account stands, and whether the card's certificate can be used for it yet. */
export const run: Run<DataOf<"mykey status">> = (context) =>
  onAccount(context, { purpose: "mykey-account", waits: false }, async ({ platform, accessToken, login }) => {
    const { account, mykeyId, reservation, certificate, passwordSet } = await accountStatus(platform, accessToken);
    const data = { account, mykeyId, reservation, certificate, passwordSet };
    return { data: { ...data, platform: shownPlatform(platform), ...login.pin } };
  });
