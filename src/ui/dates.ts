import { dayInJapan, japaneseDay, japanTime } from "../jpki/certificate/japanese-date.ts";

/** `2030-03-03 23:59 JST (令和12年3月3日)`: officials write dates in the Japanese calendar. */
export function shownTime(time: string): string {
  const day = japaneseDay(dayInJapan(new Date(time)));
  return day ? `${japanTime(time)} (${day})` : japanTime(time);
}
