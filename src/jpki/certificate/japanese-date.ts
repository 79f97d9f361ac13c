/** A day of the calendar, without a time. Months and days count from 1. */
export interface CalendarDay {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

interface Era {
  readonly name: string;
  /** The first day, `YYYYMMDD`, and the year that is its first. */
  readonly first: number;
  readonly year: number;
}

/** Eras since the Gregorian calendar, the latest first. Source: public measurements (myna-card). */
const eras: readonly Era[] = [
  { name: "令和", first: 2019_05_01, year: 2019 },
  { name: "平成", first: 1989_01_08, year: 1989 },
  { name: "昭和", first: 1926_12_25, year: 1926 },
  { name: "大正", first: 1912_07_30, year: 1912 },
  { name: "明治", first: 1868_01_25, year: 1868 },
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

/** `令和7年4月1日`, with 元年 for a first year; null before Meiji. */
export function japaneseDay({ year, month, day }: CalendarDay): string | null {
  const era = eras.find(({ first }) => year * 10_000 + month * 100 + day >= first);
  if (!era) return null;
  const yearOfEra = year - era.year + 1;
  return `${era.name}${yearOfEra === 1 ? "元" : yearOfEra}年${month}月${day}日`;
}

/** The day written as `YYYYMMDD`; null where the calendar has no such day. */
export function parseDay(digits: string): CalendarDay | null {
  const [, year, month, day] = /^(\d{4})(\d\d)(\d\d)$/.exec(digits) ?? [];
  const parsed = { year: Number(year), month: Number(month), day: Number(day) };
  const date = new Date(`${year}-${month}-${day}T00:00:00Z`);
  const exists = !Number.isNaN(date.getTime()) && date.getUTCDate() === parsed.day;
  return exists ? parsed : null;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, "0");
}
