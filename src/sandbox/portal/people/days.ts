const dayLength = 86_400_000;

/** `2026-06-01`: such days sort as texts. A month beyond December is of the year after. */
export function dayOf(year: number, month: number, day: number): string {
  const months = year * 12 + month - 1;
  const twoDigits = (value: number): string => String(value).padStart(2, "0");
  return `${Math.floor(months / 12)}-${twoDigits((months % 12) + 1)}-${twoDigits(day)}`;
}

export const yearOf = (day: string): number => Number(day.slice(0, 4));
export const monthOf = (day: string): number => Number(day.slice(5, 7));
const dayOfMonth = (day: string): number => Number(day.slice(8, 10));

/** So many days later. */
export const dayAfter = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * dayLength).toISOString().slice(0, 10);

/** The same day of a later month; days after the 28th are not handed in. */
export const monthsAfter = (day: string, months: number): string =>
  dayOf(yearOf(day), monthOf(day) + months, dayOfMonth(day));

export const yearsAfter = (day: string, years: number): string => monthsAfter(day, years * 12);

/** Whole years lived on a day. */
export const ageOn = (birth: string, day: string): number =>
  yearOf(day) - yearOf(birth) - (day.slice(5) < birth.slice(5) ? 1 : 0);

/** Whole months between the months of two days. */
export const monthsBetween = (from: string, until: string): number =>
  (yearOf(until) - yearOf(from)) * 12 + monthOf(until) - monthOf(from);

export const range = (from: number, until: number): number[] =>
  Array.from({ length: Math.max(0, until - from) }, (_, at) => from + at);
