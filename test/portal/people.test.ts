import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { InformationItem, InformationRecord } from "../../src/portal/wire/information.ts";
import { informationTopics } from "../../src/portal/wire/information.ts";
import { ageOn, dayOf, monthsBetween } from "../../src/sandbox/portal/people/days.ts";
import { demandsOf } from "../../src/sandbox/portal/people/demands.ts";
import { incomeOf } from "../../src/sandbox/portal/people/income.ts";
import { lifeOf, membersOf } from "../../src/sandbox/portal/people/life.ts";
import { recordsOf } from "../../src/sandbox/portal/people/topics.ts";

const seeds = fc.string({ minLength: 1, maxLength: 8 });
const days = fc
  .tuple(fc.integer({ min: 2022, max: 2040 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 28 }))
  .map(([year, month, day]) => dayOf(year, month, day));
const topics = fc.constantFrom(...informationTopics);
const sumOf = (records: readonly InformationRecord[], ...items: InformationItem[]): number =>
  records.filter(({ item }) => items.includes(item)).reduce((sum, { amount }) => sum + (amount ?? 0), 0);

describe("a synthetic person", () => {
  test("is the same for the same seed, and another for another", () => {
    fc.assert(
      fc.property(seeds, topics, days, (seed, topic, day) => {
        expect(recordsOf(seed, topic, day)).toEqual(recordsOf(seed, topic, day));
      }),
    );
    const births = new Set(Array.from({ length: 50 }, (_, at) => lifeOf(`${at}`).self.birth));
    expect(births.size).toBeGreaterThan(40);
  });

  test("has records in order, none of a day to come, each of somebody of the household who was born by then", () => {
    fc.assert(
      fc.property(seeds, topics, days, (seed, topic, today) => {
        const members = new Map(membersOf(lifeOf(seed)).map((member) => [member.name, member]));
        const records = recordsOf(seed, topic, today);
        expect(records.map(({ day }) => day)).toEqual(records.map(({ day }) => day).toSorted());
        for (const { day, member } of records) {
          expect(day <= today && day >= (members.get(member)?.birth ?? "9999")).toBe(true);
          expect(Number.isNaN(Date.parse(day))).toBe(false);
        }
      }),
    );
  });

  test("is grown up, and its children come one after the other, when both parents are", () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const { self, spouse, children, jobs, retired } = lifeOf(seed);
        expect(ageOn(self.birth, "2022-01-01")).toBeGreaterThanOrEqual(22);
        expect(jobs).toEqual(jobs.toSorted());
        expect((jobs.at(-1) ?? "") < retired).toBe(true);
        for (const [at, { birth }] of children.entries()) {
          expect(ageOn(self.birth, birth)).toBeGreaterThanOrEqual(20);
          expect(ageOn(spouse?.birth ?? "9999-01-01", birth)).toBeGreaterThanOrEqual(20);
          expect(monthsBetween(children[at - 1]?.birth ?? "1900-01-01", birth)).toBeGreaterThanOrEqual(10);
        }
      }),
    );
  });

  test("has taxes that add up, year by year", () => {
    fc.assert(
      fc.property(seeds, days, (seed, today) => {
        const records = recordsOf(seed, "tax", today);
        for (const day of new Set(records.map((record) => record.day))) {
          const year = records.filter((record) => record.day === day);
          const left =
            sumOf(year, "salary", "pension-income") -
            sumOf(year, "income-deduction", "insurance-deduction", "basic-deduction");
          const taxable = sumOf(year, "taxable-income");
          expect(taxable).toBe(Math.max(0, left));
          expect(sumOf(year, "resident-tax")).toBe(taxable === 0 ? 0 : Math.floor(taxable / 1000) * 100 + 5000);
        }
      }),
    );
  });

  test("pays three tenths of each medical cost, and no year of a pension has more than twelve months", () => {
    fc.assert(
      fc.property(seeds, days, (seed, today) => {
        const health = recordsOf(seed, "health", today);
        expect(sumOf(health, "medical-cost-paid") * 10).toBe(sumOf(health, "medical-cost") * 3);
        const pension = recordsOf(seed, "pension", today);
        for (const day of new Set(pension.map((record) => record.day))) {
          const months = sumOf(
            pension.filter((record) => record.day === day),
            "national-pension",
            "employees-pension",
          );
          expect(months).toBeGreaterThan(0);
          expect(months).toBeLessThanOrEqual(12);
        }
        const begins = lifeOf(seed).self.birth;
        const last = pension.at(-1)?.day;
        if (last && ageOn(begins, today) < 64) {
          expect(sumOf(pension, "national-pension", "employees-pension")).toBe(
            monthsBetween(dayOf(Number(begins.slice(0, 4)) + 20, Number(begins.slice(5, 7)), 1), last),
          );
        }
      }),
    );
  });

  test("gets an allowance for children alone, and vaccinates no child before its age", () => {
    fc.assert(
      fc.property(seeds, days, (seed, today) => {
        const children = new Map(lifeOf(seed).children.map((child) => [child.name, child.birth]));
        for (const { item, day, member } of recordsOf(seed, "children", today)) {
          const birth = children.get(member) ?? "9999-01-01";
          if (item === "child-allowance") expect(ageOn(birth, day)).toBeLessThan(20);
          else expect(monthsBetween(birth, day)).toBeGreaterThanOrEqual(2);
        }
      }),
    );
  });

  test("is asked for each year's resident tax in instalments that add up to it", () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: 2023, max: 2040 }), (seed, year) => {
        const demands = demandsOf(seed, dayOf(year, 11, 1));
        expect(new Set(demands.map(({ id }) => id)).size).toBe(demands.length);
        const tax = demands.filter(({ kind, year: of }) => kind === "resident-tax" && of === year);
        const sum = tax.reduce((total, { yen }) => total + yen, 0);
        expect(sum).toBe(incomeOf(lifeOf(seed), year - 1)?.residentTax ?? 0);
        for (const { due, yen } of demands) expect([Number.isNaN(Date.parse(due)), yen > 0]).toEqual([false, true]);
      }),
    );
  });
});
