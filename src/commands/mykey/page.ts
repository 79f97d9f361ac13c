import { MynakitError } from "../../errors.ts";
import { embeddedUrl } from "../../login/wire.ts";
import { pageAddress } from "../../mykey/client.ts";
import type { Run } from "../command.ts";
import { shownPlatform } from "../login.ts";
import type { DataOf } from "../results.ts";
import { onAccount } from "./account.ts";

/** Logs in with the card and tells the address that opens my page in a browser, once. Suspended accounts have one, too. */
export const run: Run<DataOf<"mykey page">> = async (context, input) => {
  const { url } = await context.parts.platform();
  if (url === embeddedUrl) throw new MynakitError("ERR_USAGE_PLATFORM_EMBEDDED", {});
  return onAccount(context, input, { purpose: "mykey-page", waits: false }, async (account) => {
    const { platform, accessToken, login } = account;
    const address = await pageAddress(platform, accessToken);
    return { data: { ...address, platform: shownPlatform(platform), ...login.pin } };
  });
};
