import { accountHistory } from "../../mykey/client.ts";
import type { Run } from "../command.ts";
import { shownPlatform } from "../login.ts";
import type { DataOf } from "../results.ts";
import { onAccount } from "./account.ts";

/** Shows what has happened to the account; also while it is suspended. */
export const run: Run<DataOf<"mykey history">> = (context) =>
  onAccount(context, { purpose: "mykey-account", waits: false }, async ({ platform, accessToken, login }) => {
    const { ids, certificates, events } = await accountHistory(platform, accessToken);
    const data = { ids: [...ids], certificates: [...certificates], events: [...events] };
    return { data: { ...data, platform: shownPlatform(platform), ...login.pin } };
  });
