import { html } from "hono/html";
import { dayInJapan, japaneseDay, japanTime } from "../../jpki/certificate/japanese-date.ts";
import type { PageWords } from "./words.ts";

/** A moment in words: in Japan's time, and in Japanese in the Japanese calendar, too. @param time RFC 3339 */
export function shownTime(time: string, { language }: Pick<PageWords, "language">): string {
  const day = language === "ja" ? japaneseDay(dayInJapan(new Date(time))) : null;
  return day ? `${japanTime(time)}（${day}）` : japanTime(time);
}

/** The same for a page; nothing where there is no time. */
export const timeOf = (time: string | null, words: PageWords) =>
  time === null ? "" : html`<time datetime="${time}">${shownTime(time, words)}</time>`;
