import { MynakitError } from "../../errors.ts";
import { fetchExchanges } from "../../portal/exchanges.ts";
import type { Run } from "../command.ts";
import { shownPlatform } from "../login.ts";
import type { DataOf } from "../results.ts";
import { isDay } from "../time.ts";
import { portalService } from "./service.ts";

const jst = "T00:00:00+09:00";

/** Shows who asked for what about whoever is logged in. */
export const run: Run<DataOf<"portal exchanges">> = async (context, { options }) => {
  const since = options.since === undefined ? "0001-01-01" : String(options.since);
  if (!isDay(since)) {
    throw new MynakitError("ERR_USAGE_OPTION", { option: "--since", problem: "malformed", allowed: "2026-04-01" });
  }
  const { platform, accessToken } = await portalService(context);
  const all = await fetchExchanges(platform, accessToken);
  const exchanges = all.filter(({ at }) => Date.parse(at) >= Date.parse(`${since}${jst}`));
  return { data: { exchanges, platform: shownPlatform(platform) } };
};
