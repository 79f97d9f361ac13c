/** A day of the calendar, without a time. Months and days count from 1. */
export interface CalendarDay {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

interface Era {
  readonly name: string;
  /** What forms abbreviate it to. */
  readonly letter: string;
  /** The first day, `YYYYMMDD`, and the year that is its first. */
  readonly first: number;
  readonly year: number;
}

/** Eras since the Gregorian calendar, the latest first. Source: public measurements (myna-card). */
const eras: readonly Era[] = [
  { name: "令和", letter: "R", first: 2019_05_01, year: 2019 },
  { name: "平成", letter: "H", first: 1989_01_08, year: 1989 },
  { name: "昭和", letter: "S", first: 1926_12_25, year: 1926 },
  { name: "大正", letter: "T", first: 1912_07_30, year: 1912 },
  { name: "明治", letter: "M", first: 1868_01_25, year: 1868 },
];

/** In milliseconds. 23:59:59 of a day in Japan is the 14:59:59Z that certificates end with. Japan keeps no summer time. */
export const jstOffset = 9 * 60 * 60 * 1000;

/** The day that it is in Japan at an instant. */
export function dayInJapan(instant: Date): CalendarDay {
  const shifted = new Date(instant.getTime() + jstOffset);
  return { year: shifted.getUTCFullYear(), month: shifted.getUTCMonth() + 1, day: shifted.getUTCDate() };
}

/** `2025-04-01`. */
export function westernDay({ year, month, day }: CalendarDay): string {
  return `${String(year).padStart(4, "0")}-${twoDigits(month)}-${twoDigits(day)}`;
}

/** `2030-03-03 23:59 JST`, where a card's dates belong, whatever zone this computer is in. */
export function japanTime(time: string): string {
  const instant = new Date(time);
  const clock = new Date(instant.getTime() + jstOffset).toISOString().slice(11, 16);
  return `${westernDay(dayInJapan(instant))} ${clock} JST`;
}

/** `令和7年4月1日`, with 元年 for a first year; null before Meiji. */
export function japaneseDay(day: CalendarDay): string | null {
  const era = eraOf(day);
  if (!era) return null;
  const year = day.year - era.year + 1;
  return `${era.name}${year === 1 ? "元" : year}年${day.month}月${day.day}日`;
}

/** The year of the era in which a day lies, counted from 1; null before Meiji. */
export function yearOfEra(day: CalendarDay): number | null {
  const era = eraOf(day);
  return era ? day.year - era.year + 1 : null;
}

function eraOf({ year, month, day }: CalendarDay): Era | undefined {
  return eras.find(({ first }) => year * 10_000 + month * 100 + day >= first);
}

/** The day written as `YYYYMMDD`; null where the calendar has no such day. */
export function parseDay(digits: string): CalendarDay | null {
  const [, year, month, day] = /^(\d{4})(\d\d)(\d\d)$/.exec(digits) ?? [];
  const parsed = { year: Number(year), month: Number(month), day: Number(day) };
  const date = new Date(`${year}-${month}-${day}T00:00:00Z`);
  const exists = !Number.isNaN(date.getTime()) && date.getUTCDate() === parsed.day;
  return exists ? parsed : null;
}

const western = /^(\d{4})(?:年|[-/.])(\d{1,2})(?:月|[-/.])(\d{1,2})日?$/;
const japanese = /^(令和|平成|昭和|大正|明治|[RHSTM])(元|\d{1,2})(?:年|[-/.])(\d{1,2})(?:月|[-/.])(\d{1,2})日?$/;

/**
 * A day as people write it: `1990-01-02`, `1990/1/2`, `19900102`, `1990年1月2日`, `平成2年1月2日`, `H2.1.2`, also in
 * full-width characters, and as the card prints a birth date (`…日生`).
 * @returns null for anything else, and for a day that the calendar, or the era that it names, does not have
 */
export function parseWrittenDay(text: string): CalendarDay | null {
  const normal = text
    .normalize("NFKC")
    .replace(/\s|生$/g, "")
    .toUpperCase();
  const [, year = "", month = "", day = ""] = western.exec(normal) ?? [];
  if (year) return parseDay(`${year}${month.padStart(2, "0")}${day.padStart(2, "0")}`);
  return japanese.test(normal) ? parseJapaneseDay(normal) : parseDay(normal);
}

function parseJapaneseDay(text: string): CalendarDay | null {
  const [, name = "", year = "", month = "", day = ""] = japanese.exec(text) ?? [];
  const era = eras.find((each) => each.name === name || each.letter === name);
  if (!era) return null;
  const gregorian = era.year + (year === "元" ? 1 : Number(year)) - 1;
  const parsed = parseDay(`${gregorian}${month.padStart(2, "0")}${day.padStart(2, "0")}`);
  return parsed && eraOf(parsed) === era ? parsed : null;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, "0");
}

/** A day, `2026-06-01`, as it is written in a language: in Japanese in the Japanese calendar. */
export function dayFor(language: "ja" | "en", day: string): string {
  const parsed = language === "ja" ? parseDay(day.replaceAll("-", "")) : null;
  return (parsed && japaneseDay(parsed)) ?? day;
}
