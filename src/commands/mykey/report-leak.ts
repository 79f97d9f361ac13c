import { reportLeak } from "../../mykey/client.ts";
import type { Run } from "../command.ts";
import { shownPlatform } from "../login.ts";
import type { DataOf } from "../results.ts";
import { onAccount } from "./account.ts";

/** Reports that others know the ID: the platform suspends the account at once. */
export const run: Run<DataOf<"mykey report-leak">> = (context, input) => {
  const confirmed = input.options.yes === true;
  const order = { purpose: "mykey-report-leak" as const, confirmedBy: confirmed ? undefined : "--yes" };
  return onAccount(context, order, async ({ platform, accessToken, login, newKey }) => {
    if (!confirmed) await context.confirmLeakReport();
    const { mykeyId, state, suspendedAt } = await reportLeak(platform, accessToken, { idempotencyKey: newKey() });
    return { data: { mykeyId, state, suspendedAt, platform: shownPlatform(platform), ...login.pin } };
  });
};
