import { itemSince } from "../../../portal/wire/functions.ts";
import type { InformationItem, InformationRecord, InformationTopic } from "../../../portal/wire/information.ts";
import { childrenRecords } from "./children.ts";
import { ageOn, dayOf, range, yearOf } from "./days.ts";
import { taxRecords } from "./income.ts";
import { type Home, type Life, lifeOf, membersOf } from "./life.ts";
import { pensionRecords } from "./pension.ts";
import type { MadeRecord } from "./record.ts";

type Records = (life: Life, until: string) => MadeRecord[];

/** From when check-ups (fiscal year 2020), medicines and costs (September 2021) are kept: Mynaportal's own additions. */
const healthSince = { checkups: 2020, medicines: 2021 } as const;

/** Health (健康・医療): a check-up each year from 40 on, medicines, and what they cost (three tenths are paid oneself, rounded to ten yen). */
const health: Records = ({ self, draw }, until) => {
  const record = (day: string, item: InformationItem, amount: number, unit: MadeRecord["unit"]) => ({
    day,
    member: self.name,
    item,
    amount,
    unit,
  });
  const weight = 48 + draw("weight", 30);
  const checkups = range(healthSince.checkups, yearOf(until) + 1).flatMap((year) => {
    const day = dayOf(year, 6 + draw(`check-up month ${year}`, 5), 1 + draw(`check-up day ${year}`, 28));
    if (ageOn(self.birth, day) < 40) return [];
    return [
      record(day, "checkup-weight", weight + draw(`weight ${year}`, 4), "kg"),
      record(day, "checkup-blood-pressure", 108 + draw(`pressure ${year}`, 34), "mmHg"),
      record(day, "checkup-blood-glucose", 82 + draw(`glucose ${year}`, 28), "mg/dL"),
    ];
  });
  const visits = range(healthSince.medicines, yearOf(until) + 1).flatMap((year) =>
    range(year === healthSince.medicines ? 9 : 1, 13).flatMap((month) => {
      if (draw(`visit ${year} ${month}`, 3) > 0) return [];
      const day = dayOf(year, month, 1 + draw(`visit day ${year} ${month}`, 28));
      const cost = 3_000 + draw(`cost ${year} ${month}`, 240) * 50;
      return [
        record(day, "medicine", 7 * (1 + draw(`medicine ${year} ${month}`, 4)), "days"),
        record(day, "medical-cost", cost, "yen"),
        record(day, "medical-cost-paid", Math.round((cost * 3) / 100) * 10, "yen"),
      ];
    }),
  );
  return [...checkups, ...visits];
};

/** Household (世帯): who belongs to it, since when, and where they live. */
const household: Records = (life) =>
  membersOf(life).flatMap(({ name, birth, joined }) => {
    const record = (day: string, item: InformationItem) => ({ day, member: name, item, amount: null, unit: null });
    const lives = (day: string, { address }: Home) => ({ ...record(day, "address"), text: address });
    const first = life.homes.findLast(({ from }) => from <= joined);
    return [
      record(birth, "born"),
      record(joined, "joined-household"),
      ...(first ? [lives(joined, first)] : []),
      ...life.homes.filter(({ from }) => from > joined).map((home) => lives(home.from, home)),
    ];
  });

/** Welfare and care (福祉・介護): the premium from 40 on, told in July; a level of care for some from 75 on. */
const welfare: Records = ({ self, draw }, until) => [
  ...range(yearOf(until) - 9, yearOf(until) + 1)
    .filter((year) => ageOn(self.birth, dayOf(year, 7, 1)) >= 40)
    .map((year) => ({
      day: dayOf(year, 7, 1),
      member: self.name,
      item: "care-premium" as const,
      amount: 54_000 + draw(`care ${year}`, 40) * 600,
      unit: "yen" as const,
    })),
  ...(draw("care", 3) === 0
    ? [{ ...careLevelOf(self.birth), member: self.name, item: "care-level" as const, amount: 1 + draw("level", 2) }]
    : []),
];

const careLevelOf = (birth: string) => ({ day: dayOf(yearOf(birth) + 76, 5, 12), unit: "level" as const });

/** Employment (雇用保険・労災): insured with each employer, and now and then an accident at work. */
const employment: Records = ({ self, jobs, retired, draw }) => {
  const record = (day: string, item: InformationItem): MadeRecord => ({
    day,
    member: self.name,
    item,
    amount: null,
    unit: null,
  });
  const ends = [...jobs.slice(1), retired];
  const accident = dayOf(yearOf(jobs[0] ?? "") + 2 + draw("accident year", 20), 1 + draw("accident month", 12), 15);
  return [
    ...jobs.flatMap((begin, at) => [record(begin, "insured-from"), record(ends[at] ?? retired, "insured-until")]),
    ...(draw("accident", 4) === 0
      ? [
          {
            ...record(accident, "accident-benefit"),
            amount: 20_000 + draw("benefit", 60) * 1000,
            unit: "yen" as const,
          },
        ]
      : []),
  ];
};

const topics: Readonly<Record<InformationTopic, Records>> = {
  health,
  tax: taxRecords,
  pension: pensionRecords,
  children: childrenRecords,
  household,
  welfare,
  employment,
};

/**
 * What is known of a synthetic person on a day, the oldest first. What was known on an earlier day is still among it. What
 * the portal did not tell yet on that day is not.
 * @param until the day, as `2026-06-01`
 */
export const recordsOf = (seed: string, topic: InformationTopic, until: string): InformationRecord[] =>
  topics[topic](lifeOf(seed), until)
    .filter(({ day, item }) => day <= until && (itemSince(item) ?? "") <= until)
    .map(({ text = null, ...record }) => ({ ...record, text }))
    .toSorted((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
