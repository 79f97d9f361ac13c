import * as v from "valibot";
import { type NoticeRead, type NoticeReading, type Notices, noticeKinds } from "../../../../portal/wire/notices.ts";
import type { PortalUser, UserChange, UserRegistration } from "../../../../portal/wire/user.ts";
import { type Component, component, flag, moment, sandbox, text, whole } from "../component.ts";

const nickname = text("What the person wants to be called: 1 to 20 characters.");
const email = v.nullable(text("An e-mail address."));
const notify = flag("Whether notices are to go to the address, too. A sandbox sends no mail.");

const notice = v.strictObject({
  number: whole("Names it among the person's."),
  kind: v.pipe(v.picklist(noticeKinds), v.description("What it is of.")),
  about: v.nullable(text("What it is about, where the kind does not say it.")),
  at: moment("Since when it is shown."),
  readAt: v.nullable(moment("When it was read first.")),
});
const readNotice = {
  number: 3,
  kind: "tax-return-opens",
  about: "2026",
  at: "2027-02-16T00:00:00Z",
  readAt: "2027-02-17T09:00:00Z",
} as const;

export const portalServiceComponents = {
  PortalUser: component<PortalUser>()(
    v.strictObject({ sandbox, nickname, email, notify, registeredAt: moment("Of the registration.") }),
    {
      sandbox: true,
      nickname: "たろう",
      email: "taro@example.jp",
      notify: true,
      registeredAt: "2026-11-22T03:00:00Z",
    },
  ),
  UserRegistration: component<UserRegistration>()(
    v.object({ nickname, email: v.exactOptional(email), notify: v.exactOptional(notify) }),
    { nickname: "たろう" },
  ),
  UserChange: component<UserChange>()(
    v.object({ nickname: v.exactOptional(nickname), email: v.exactOptional(email), notify: v.exactOptional(notify) }),
    { email: "taro@example.jp", notify: true },
  ),
  Notices: component<Notices>()(v.strictObject({ sandbox, notices: v.array(notice) }), {
    sandbox: true,
    notices: [readNotice],
  }),
  NoticeReading: component<NoticeReading>()(v.strictObject({ number: whole("Of the notice.") }), { number: 3 }),
  NoticeRead: component<NoticeRead>()(v.strictObject({ sandbox, notice }), { sandbox: true, notice: readNotice }),
} as const satisfies Record<string, Component>;
