import type { Demand } from "../../../portal/wire/payments.ts";
import { dayAfter, dayOf, range, yearOf } from "./days.ts";
import { incomeOf } from "./income.ts";
import { type Life, lifeOf } from "./life.ts";

type NewDemand = Omit<Demand, "paid">;

interface Tax {
  readonly kind: Demand["kind"];
  /** When it is sent out: month and day. */
  readonly issued: readonly [month: number, day: number];
  /** Until when each instalment is to be paid; a month beyond December is of the next year. */
  readonly due: readonly (readonly [month: number, day: number])[];
  /** Yen for the fiscal year. */
  readonly yen: (life: Life, year: number) => number;
}

/** What a municipality or prefecture asks for, in the instalments that most of them use. */
const taxes: readonly Tax[] = [
  {
    kind: "resident-tax",
    issued: [6, 10],
    due: [
      [6, 30],
      [8, 31],
      [10, 31],
      [13, 31],
    ],
    yen: (life, year) => incomeOf(life, year - 1)?.residentTax ?? 0,
  },
  {
    kind: "property-tax",
    issued: [5, 1],
    due: [
      [5, 31],
      [7, 31],
      [12, 25],
      [14, 28],
    ],
    yen: ({ draw }) => (draw("owns", 2) === 0 ? 0 : 72_000 + draw("property", 90) * 1000),
  },
  {
    kind: "vehicle-tax",
    issued: [5, 1],
    due: [[5, 31]],
    yen: ({ draw }) => [0, 10_800, 30_500, 36_000][draw("vehicle", 4)] ?? 0,
  },
];

const thousand = 1000;
const [sunday, saturday] = [0, 6];

/** What a synthetic person has been asked to pay by a day, of this year, and of the last what is not due before; what is due first, first. */
export function demandsOf(seed: string, today: string): NewDemand[] {
  const life = lifeOf(seed);
  return range(yearOf(today) - 1, yearOf(today) + 1)
    .flatMap((year) =>
      taxes.flatMap((tax) => (dayOf(year, ...tax.issued) <= today ? instalments(life, tax, year) : [])),
    )
    .filter(({ year, due }) => year === yearOf(today) || due >= today)
    .toSorted((a, b) => (a.due < b.due ? -1 : a.due > b.due ? 1 : 0));
}

/** What is due at a weekend may be paid on the Monday after it (Local Tax Act, article 20-5). */
function workingDay(day: string): string {
  const weekday = new Date(day).getUTCDay();
  return weekday === saturday || weekday === sunday ? dayAfter(day, weekday === saturday ? 2 : 1) : day;
}

/** A year's sum in instalments of whole thousands; the first one takes the rest (Local Tax Act, article 20-4-2). */
function instalments(life: Life, { kind, due, yen: yenOf }: Tax, year: number): NewDemand[] {
  const sum = yenOf(life, year);
  const each = Math.floor(sum / due.length / thousand) * thousand;
  return due.flatMap(([month, day], at) => {
    const yen = at === 0 ? sum - each * (due.length - 1) : each;
    return yen === 0
      ? []
      : [
          {
            id: `${kind}-${year}-${at + 1}`,
            kind,
            year,
            term: due.length === 1 ? null : at + 1,
            yen,
            due: workingDay(dayOf(year, month, day)),
          },
        ];
  });
}
