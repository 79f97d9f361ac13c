import { revokeMykeyId } from "../../mykey/client.ts";
import type { Run } from "../command.ts";
import { shownPlatform } from "../login.ts";
import type { DataOf } from "../results.ts";
import { onAccount } from "./account.ts";

/** Revokes the ID for good. Only the ID itself, typed or given, confirms it: the platform compares. */
export const run: Run<DataOf<"mykey revoke">> = (context, input) => {
  const { confirm } = input.options;
  const given = typeof confirm === "string" ? confirm.toUpperCase() : undefined;
  const order = { purpose: "mykey-revoke" as const, confirmedBy: given === undefined ? "--confirm" : undefined };
  return onAccount(context, order, async ({ platform, accessToken, login, newKey }) => {
    const typed = given ?? (await context.confirmRevocation());
    const revocation = { mykeyId: typed, idempotencyKey: newKey() };
    const { mykeyId, state, revokedAt } = await revokeMykeyId(platform, accessToken, revocation);
    return { data: { mykeyId, state, revokedAt, platform: shownPlatform(platform), ...login.pin } };
  });
};
