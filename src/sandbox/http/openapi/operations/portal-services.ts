import { noticePaths } from "../../../../portal/wire/notices.ts";
import { userPaths } from "../../../../portal/wire/user.ts";
import type { Operation } from "../operation.ts";

export const portalServiceOperations: readonly Operation[] = [
  {
    method: "GET",
    path: userPaths.user,
    id: "showPortalUser",
    summary: "What the person registered with Mynaportal.",
    access: "portal",
    answer: "PortalUser",
    refusals: ["not-registered"],
  },
  {
    method: "POST",
    path: userPaths.registration,
    id: "registerPortalUser",
    summary: "Registers the person with Mynaportal (利用者登録).",
    access: "portal",
    once: true,
    body: "UserRegistration",
    answer: "PortalUser",
    refusals: ["already-registered", "registration-malformed"],
  },
  {
    method: "POST",
    path: userPaths.changes,
    id: "changePortalUser",
    summary: "Changes what is named; what is not stays.",
    access: "portal",
    once: true,
    body: "UserChange",
    answer: "PortalUser",
    refusals: ["not-registered", "registration-malformed"],
  },
  {
    method: "GET",
    path: noticePaths.notices,
    id: "listNotices",
    summary: "The person's notices, the oldest first.",
    access: "portal",
    answer: "Notices",
    refusals: ["not-registered"],
  },
  {
    method: "POST",
    path: noticePaths.readings,
    id: "readNotice",
    summary: "Opens a notice: from then on it counts as read.",
    access: "portal",
    once: true,
    body: "NoticeReading",
    answer: "NoticeRead",
    refusals: ["not-registered", "notice-unknown"],
  },
];
