import type { DataOf } from "../../commands/results.ts";

type NoticeKind = DataOf<"portal notices notice">["kind"];

/** Words about what Mynaportal does for a person. */
export interface PortalText {
  readonly nickname: string;
  readonly registeredAt: string;
  readonly mailNotice: string;
  readonly noticeHead: readonly [number: string, at: string, state: string, notice: string];
  /** `about`: what it is about, e.g. a year. */
  readonly notices: Readonly<Record<NoticeKind, (about: string) => string>>;
  readonly read: string;
  readonly unread: string;
  readonly noNotices: string;
}
