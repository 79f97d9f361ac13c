import type { DataOf } from "../../commands/results.ts";
import { japanTime } from "../../jpki/certificate/japanese-date.ts";
import { shownDay, shownTime } from "../dates.ts";
import type { Block, Cell } from "../layout.ts";
import type { Messages } from "../messages/messages.ts";
import type { PartView, View } from "./index.ts";
import { platformField } from "./platform.ts";

function user(data: DataOf<"portal profile">, messages: Messages): Block[] {
  const { nickname, email, notify, registeredAt, registrations, platform } = data;
  const { words, portal } = messages;
  const since = (day: string | null): string =>
    day === null ? portal.registrations.none : portal.registrations.since(shownDay(day, messages));
  return [
    {
      kind: "fields",
      fields: [
        [portal.nickname, { text: nickname, style: "strong" }],
        [words.email, email ?? words.absent],
        [portal.mailNotice, notify ? words.on : words.off],
        [portal.registeredAt, shownTime(registeredAt)],
        [portal.registrations.insuranceCard, since(registrations.insuranceCard)],
        [portal.registrations.publicAccount, since(registrations.publicAccount)],
        platformField(platform, messages),
      ],
    },
    { kind: "lines", lines: [{ text: portal.registrations.synthetic, style: "caution" }] },
  ];
}

export const portalRegister: View<"portal register"> = user;
export const portalProfile: View<"portal profile"> = user;

type Notice = DataOf<"portal notices notice">;

const noticeRow = ({ number, kind, about, at, readAt }: Notice, { portal }: Messages): Cell[] => [
  { text: `${number}` },
  { text: japanTime(at) },
  readAt === null ? { text: portal.unread, style: "caution" } : { text: portal.read },
  { text: portal.notices[kind](about ?? "") },
];

export const portalNotices: View<"portal notices"> = ({ notices, platform }, messages) => [
  notices.length === 0
    ? { kind: "lines", lines: [{ text: messages.portal.noNotices }] }
    : { kind: "table", head: messages.portal.noticeHead, rows: notices.map((notice) => noticeRow(notice, messages)) },
  { kind: "fields", fields: [platformField(platform, messages)] },
];

export const portalNotice: PartView<"portal notices notice"> = (notice, messages) => {
  const text = noticeRow(notice, messages).map((cell) => cell.text);
  return [{ kind: "lines", lines: [{ text: text.join("  ") }] }];
};
