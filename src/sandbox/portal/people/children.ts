import type { InformationItem } from "../../../portal/wire/information.ts";
import { ageOn, dayOf, monthOf, monthsAfter, range, yearOf } from "./days.ts";
import type { Life, Member } from "./life.ts";
import type { MadeRecord } from "./record.ts";

interface Series {
  readonly item: InformationItem;
  /** Age in months at which each dose is due. */
  readonly ages: readonly number[];
  /** Since when it is routine: who would have begun before has none of it. */
  readonly from?: string;
  /** Since when nobody begins with it. */
  readonly until?: string;
}

/** Routine vaccinations of the Immunization Act, simplified, by the days on which they became so. */
const vaccinations: readonly Series[] = [
  { item: "vaccine-hepatitis-b", ages: [2, 3, 7], from: "2016-10-01" },
  { item: "vaccine-rotavirus", ages: [2, 3], from: "2020-10-01" },
  { item: "vaccine-pneumococcal", ages: [2, 3, 4, 12], from: "2013-04-01" },
  { item: "vaccine-hib", ages: [2, 3, 4, 12], from: "2013-04-01", until: "2024-04-01" },
  { item: "vaccine-four-in-one", ages: [2, 3, 4, 12], from: "2012-11-01", until: "2024-04-01" },
  { item: "vaccine-five-in-one", ages: [2, 3, 4, 12], from: "2024-04-01" },
  { item: "vaccine-bcg", ages: [5] },
  { item: "vaccine-measles-rubella", ages: [12, 66], from: "2006-04-01" },
  { item: "vaccine-chickenpox", ages: [12, 18], from: "2014-10-01" },
  { item: "vaccine-japanese-encephalitis", ages: [36, 37, 48, 108] },
  { item: "child-checkup", ages: [4, 18, 36] },
];
const [earliest, latest] = ["0000-01-01", "9999-12-31"];

/** The child allowance by date (Child Allowance Act): yen a month, and until the end of the fiscal year of which age. */
const allowances = [
  { from: "2012-04-01", paid: [2, 6, 10], months: 4, small: 15_000, others: 10_000, lastAge: 15 },
  { from: "2024-11-01", paid: [2, 4, 6, 8, 10, 12], months: 2, small: 15_000, others: 10_000, lastAge: 18 },
] as const;
const smallUntil = 3;
const payday = 10;
const firstYear = 2013;

/** Children (子供・子育て): vaccinations and check-ups by age, and the allowance. */
export const childrenRecords = (life: Life, until: string): MadeRecord[] =>
  life.children.flatMap((child) => [...doses(child, life), ...payments(child, until)]);

const doses = ({ name, birth }: Member, { draw }: Life): MadeRecord[] =>
  vaccinations.flatMap(({ item, ages, from = earliest, until = latest }) => {
    const days = ages.map((age, at) => {
      const due = monthsAfter(birth, age);
      const day = dayOf(yearOf(due), monthOf(due), 1 + draw(`${name} ${item} ${at}`, 28));
      return day < due ? due : day;
    });
    const [first = latest] = days;
    if (first < from || first >= until) return [];
    return days.map((day) => ({ day, member: name, item, amount: null, unit: null }));
  });

function payments({ name, birth }: Member, until: string): MadeRecord[] {
  return range(firstYear, yearOf(until) + 1).flatMap((year) =>
    range(1, 13).flatMap((month): MadeRecord[] => {
      const day = dayOf(year, month, payday);
      const rule = allowances.findLast(({ from }) => from <= day);
      if (!rule?.paid.some((paid) => paid === month)) return [];
      const amount = range(month - rule.months, month).reduce((sum, of) => sum + monthly(of), 0);
      return amount === 0 ? [] : [{ day, member: name, item: "child-allowance", amount, unit: "yen" }];

      /** From the month after the birth on. */
      function monthly(of: number): number {
        const first = dayOf(year, of, 1);
        if (!rule || first <= birth || ageOn(birth, lastApril(first)) >= rule.lastAge) return 0;
        return ageOn(birth, first) < smallUntil ? rule.small : rule.others;
      }
    }),
  );
}

/** The 2 April with which the fiscal year of a day's school classes begins. */
const lastApril = (day: string): string => dayOf(yearOf(day) - (day.slice(5) < "04-01" ? 1 : 0), 4, 1);
