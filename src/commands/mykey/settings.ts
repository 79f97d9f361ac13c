import { changeProfile, fetchProfile } from "../../mykey/client.ts";
import type { ProfileChange } from "../../mykey/wire.ts";
import type { Input, Result } from "../command.ts";
import type { Context } from "../context.ts";
import { shownPlatform } from "../login.ts";
import type { DataOf } from "../results.ts";
import { onAccount } from "./account.ts";

/** What the person entered, after a change, if any. */
export function settings(
  context: Context,
  input: Input,
  change: ProfileChange | null,
): Promise<Result<DataOf<"mykey profile">>> {
  const purpose = change ? "mykey-settings" : "mykey-account";
  return onAccount(context, input, { purpose }, async ({ platform, accessToken, login, newKey }) => {
    const profile = change
      ? await changeProfile(platform, accessToken, { change, idempotencyKey: newKey() })
      : await fetchProfile(platform, accessToken);
    const { email, notify, pointsMunicipality } = profile;
    return { data: { email, notify, pointsMunicipality, platform: shownPlatform(platform), ...login.pin } };
  });
}
