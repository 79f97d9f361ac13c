import { dayOf, monthsBetween, range, yearOf, yearsAfter } from "./days.ts";
import type { Life } from "./life.ts";
import type { MadeRecord } from "./record.ts";

const insuredFrom = 20;

/** The first of the month in which a day lies. */
const monthOf = (day: string): string => `${day.slice(0, 7)}-01`;
const earlier = (a: string, b: string): string => (a < b ? a : b);
const later = (a: string, b: string): string => (a > b ? a : b);

/** Pension (年金): the months of each fiscal year that has ended; national until work begins, employees' from then on. */
export function pensionRecords(life: Life, until: string): MadeRecord[] {
  const [work = ""] = life.jobs;
  const begins = monthOf(yearsAfter(life.self.birth, insuredFrom));
  const ends = monthOf(life.retired);
  const months = (from: string, to: string): number => Math.max(0, monthsBetween(from, to));
  return range(yearOf(begins) - 1, yearOf(ends) + 1).flatMap((year) => {
    const [from, to] = [dayOf(year, 4, 1), dayOf(year + 1, 4, 1)];
    if (to > until) return [];
    const national = months(later(begins, from), earlier(work, to));
    const employees = months(later(work, from), earlier(ends, to));
    const record = (item: "national-pension" | "employees-pension", amount: number): MadeRecord[] =>
      amount === 0 ? [] : [{ day: to, member: life.self.name, item, amount, unit: "months" }];
    return [...record("national-pension", national), ...record("employees-pension", employees)];
  });
}
