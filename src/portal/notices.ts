import type { AccessToken } from "../login/access-token.ts";
import type { Platform } from "../login/platform.ts";
import { getFrom, postOnce, type Repeatable } from "../login/request.ts";
import type { Members } from "../login/shape.ts";
import { type Notice, type NoticeReading, noticeKinds, noticePaths } from "./wire/notices.ts";

/**
 * The person's notices, the oldest first.
 * @throws {MynakitError} ERR_PLATFORM_REFUSED with reason `not-registered`, ERR_NETWORK_*, ERR_PLATFORM_*
 */
export const fetchNotices = (platform: Platform, accessToken: AccessToken): Promise<Notice[]> =>
  getFrom(platform, accessToken, noticePaths.notices, (answer) => answer.list("notices").map(noticeIn));

/**
 * Opens one of them: from then on it counts as read.
 * @throws {MynakitError} ERR_PLATFORM_REFUSED with reason `not-registered` or `notice-unknown`, ERR_NETWORK_*,
 *   ERR_PLATFORM_*
 */
export const readNotice = (
  platform: Platform,
  accessToken: AccessToken,
  { number, idempotencyKey }: NoticeReading & Repeatable,
): Promise<Notice> =>
  postOnce(platform, accessToken, {
    path: noticePaths.readings,
    idempotencyKey,
    body: { number } satisfies NoticeReading,
    parse: (answer) => noticeIn(answer.object("notice")),
  });

const noticeIn = (notice: Members): Notice => ({
  number: notice.number("number"),
  kind: notice.oneOf("kind", noticeKinds),
  about: notice.nullable("about", notice.text),
  at: notice.date("at"),
  readAt: notice.nullable("readAt", notice.date),
});
