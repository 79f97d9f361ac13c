import { MynakitError } from "../../errors.ts";
import { fetchNotices, readNotice } from "../../portal/notices.ts";
import type { Run } from "../command.ts";
import { shownPlatform } from "../login.ts";
import { wholeNumber } from "../number.ts";
import type { DataOf } from "../results.ts";
import { portalService } from "./service.ts";
import { watchNotices } from "./watch-notices.ts";

const mostNotices = 999_999_999;

/** Lists the notices, reads one of them, or waits for new ones. */
export const run: Run<DataOf<"portal notices">> = async (context, { options }) => {
  const { unread = false, watch = false, read } = options;
  if (watch && read !== undefined) {
    throw new MynakitError("ERR_USAGE_OPTION", { option: "--watch", problem: "excludes", allowed: "--watch, --read" });
  }
  const number = read === undefined ? undefined : wholeNumber("--read", read, [1, mostNotices]);
  const service = await portalService(context);
  if (watch) return watchNotices(context, service, { unreadOnly: unread === true });
  const { platform, accessToken, newKey } = service;
  const notices =
    number === undefined
      ? await fetchNotices(platform, accessToken)
      : [await readNotice(platform, accessToken, { number, idempotencyKey: newKey() })];
  const shown = notices.filter(({ readAt }) => unread === false || readAt === null).toReversed();
  return { data: { notices: shown, platform: shownPlatform(platform) } };
};
