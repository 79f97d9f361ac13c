import { dayInJapan, japaneseDay, jstOffset, westernDay } from "../jpki/certificate/japanese-date.ts";

/** `2030-03-03 23:59 JST`, where a card's dates belong, whatever zone this computer is in. */
export function japanTime(time: string): string {
  const instant = new Date(time);
  const clock = new Date(instant.getTime() + jstOffset).toISOString().slice(11, 16);
  return `${westernDay(dayInJapan(instant))} ${clock} JST`;
}

/** `2030-03-03 23:59 JST (令和12年3月3日)`: officials write dates in the Japanese calendar. */
export function shownTime(time: string): string {
  const day = japaneseDay(dayInJapan(new Date(time)));
  return day ? `${japanTime(time)} (${day})` : japanTime(time);
}
