const minute = 60_000;
const jstOffset = 9 * 60 * minute;

/** The calendar date in Japan: `YYYY-MM-DD`. */
export const japaneseDate = (date: Date): string => new Date(date.getTime() + jstOffset).toISOString().slice(0, 10);

/** The n-th birthday after a date, both `YYYY-MM-DD`; the day of issue itself does not count. */
export function birthdayAfter(date: string, birth: string, count: number): string {
  const year = Number(date.slice(0, 4));
  const monthDay = birth.slice(4);
  const first = monthDay > date.slice(4) ? year : year + 1;
  return `${first + count - 1}${monthDay}`;
}

/** The last second of a Japanese calendar date. */
export const endOfJapaneseDay = (date: string): Date => new Date(`${date}T14:59:59Z`);

/** Of the eras in which holders of cards were born; `digit` as JPKI's certificates write it. */
const eras = [
  { digit: "5", from: "2019-05-01" },
  { digit: "4", from: "1989-01-08" },
  { digit: "3", from: "1926-12-25" },
  { digit: "2", from: "1912-07-30" },
  { digit: "1", from: "1868-01-25" },
] as const;

/** The era of a date: its digit and the year within it, counted from 1. */
export function japaneseEra(date: string): { digit: string; year: number } {
  const era = eras.find(({ from }) => from <= date);
  if (!era) return { digit: "0", year: 0 };
  return { digit: era.digit, year: Number(date.slice(0, 4)) - Number(era.from.slice(0, 4)) + 1 };
}
