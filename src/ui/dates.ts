import { dayFor, dayInJapan, japaneseDay, japanTime } from "../jpki/certificate/japanese-date.ts";
import type { Messages } from "./messages/messages.ts";

/** A length of time in its two largest units, e.g. `22 h 58 min`: days, hours, minutes and seconds have these names. */
export function shownSpan(seconds: number, names: readonly [string, string, string, string]): string {
  const parts = [
    Math.floor(seconds / 86_400),
    Math.floor(seconds / 3600) % 24,
    Math.floor(seconds / 60) % 60,
    seconds % 60,
  ];
  const first = parts.findIndex((part) => part > 0);
  return parts
    .map((part, at) => (part > 0 && at <= first + 1 ? `${part}${names[at]}` : ""))
    .filter((part) => part !== "")
    .join(" ");
}

/** `2030-03-03 23:59 JST (令和12年3月3日)`: officials write dates in the Japanese calendar. */
export function shownTime(time: string): string {
  const day = japaneseDay(dayInJapan(new Date(time)));
  return day ? `${japanTime(time)} (${day})` : japanTime(time);
}

/** A day, `2026-06-01`; in Japanese as officials write it. */
export const shownDay = (day: string, { language }: Messages): string => dayFor(language, day);
