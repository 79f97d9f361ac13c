import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { portalFunctions } from "../../src/portal/wire/functions.ts";
import type { InformationItem, InformationRecord } from "../../src/portal/wire/information.ts";
import { informationTopics } from "../../src/portal/wire/information.ts";
import { ageOn, dayOf, monthsBetween } from "../../src/sandbox/portal/people/days.ts";
import { demandsOf } from "../../src/sandbox/portal/people/demands.ts";
import { incomeOf } from "../../src/sandbox/portal/people/income.ts";
import { insuranceOn, registrationsOn } from "../../src/sandbox/portal/people/insurance.ts";
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
    for (const topic of informationTopics) {
      const told = Array.from({ length: 50 }, (_, at) => JSON.stringify(recordsOf(`${at}`, topic, "2026-11-22")));
      expect([topic, new Set(told).size >= 10]).toEqual([topic, true]);
    }
  });

  test("has children who are of the household from their birth on, and are looked at when they have the age for it [row 147]", () => {
    fc.assert(
      fc.property(seeds, days, (seed, today) => {
        const household = recordsOf(seed, "household", today);
        const births = new Map(household.flatMap(({ item, member, day }) => (item === "born" ? [[member, day]] : [])));
        for (const { item, day, member } of recordsOf(seed, "children", today)) {
          const birth = births.get(member) ?? "9999-01-01";
          const joined = household.find((one) => one.item === "joined-household" && one.member === member);
          expect(joined?.day).toBe(birth);
          if (item !== "child-checkup") continue;
          expect([4, 18, 36]).toContain(monthsBetween(birth, day));
        }
      }),
    );
  });

  test("lives with its household at one address, and has lived somewhere since it has one [row 147]", () => {
    fc.assert(
      fc.property(seeds, days, (seed, today) => {
        const household = recordsOf(seed, "household", today);
        const members = new Set(household.flatMap(({ item, member }) => (item === "joined-household" ? [member] : [])));
        const latest = [...members].map(
          (name) => household.findLast(({ item, member }) => item === "address" && member === name)?.text,
        );
        expect(new Set(latest).size).toBe(members.size === 0 ? 0 : 1);
        for (const address of latest) expect(address).toMatch(/^見本県/);
        for (const { item, text } of household) expect(text === null).toBe(item !== "address");
      }),
    );
  });

  test("is insured by the employer while a salary is taxed, and by nobody's employer once it is a pension [row 155]", () => {
    fc.assert(
      fc.property(seeds, days, (seed, today) => {
        const life = lifeOf(seed);
        for (const { item, day } of recordsOf(seed, "tax", today)) {
          if (item !== "salary" && item !== "pension-income") continue;
          const { insurer, since } = insuranceOn(life, dayOf(Number(day.slice(0, 4)) - 1, 12, 31));
          expect(insurer === "employees").toBe(item === "salary");
          expect(since < day).toBe(true);
        }
        const { insurer, since } = insuranceOn(life, today);
        expect([since <= today, insurer === "late-elderly"]).toEqual([true, ageOn(life.self.birth, today) >= 75]);
      }),
    );
  });

  test("has registered what it has by a day for good, and nothing before it was rewarded [row 155]", () => {
    fc.assert(
      fc.property(seeds, days, days, (seed, one, other) => {
        const [earlier = "", later = ""] = [one, other].toSorted();
        const [before, after] = [registrationsOn(seed, earlier), registrationsOn(seed, later)];
        for (const name of ["insuranceCard", "publicAccount"] as const) {
          if (before[name] !== null) expect(after[name]).toBe(before[name]);
          if (after[name] !== null) expect(after[name] >= "2022-07-01" && after[name] <= later).toBe(true);
        }
      }),
    );
    const all = Array.from({ length: 60 }, (_, at) => registrationsOn(`${at}`, "2026-11-22"));
    expect(new Set(all.map(({ insuranceCard }) => insuranceCard === null)).size).toBe(2);
    expect(new Set(all.map(({ publicAccount }) => publicAccount === null)).size).toBe(2);
  });

  test("is told of nothing that the portal did not tell yet on the day, nor of a period before that was kept [row 152]", () => {
    const items = (day: string) =>
      new Set(
        Array.from({ length: 60 }, (_, at) => `${at}`).flatMap((seed) =>
          informationTopics.flatMap((topic) => recordsOf(seed, topic, day).map(({ item }) => item)),
        ),
      );
    for (const { since, items: added } of portalFunctions) {
      const eve = new Date(Date.parse(since) - 86_400_000).toISOString().slice(0, 10);
      for (const item of added)
        expect([item, items(eve).has(item), items(since).has(item)]).toEqual([item, false, true]);
    }
    for (const { day, item } of recordsOf("1", "health", "2030-01-01")) {
      expect(day >= (item.startsWith("checkup-") ? "2020-04-01" : "2021-09-01")).toBe(true);
    }
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

  test("pays three tenths of each medical cost to ten yen, and no year of a pension has more than twelve months", () => {
    fc.assert(
      fc.property(seeds, days, (seed, today) => {
        const health = recordsOf(seed, "health", today);
        const costs = health.filter(({ item }) => item === "medical-cost");
        const paid = health.filter(({ item }) => item === "medical-cost-paid");
        expect(paid.map(({ day }) => day)).toEqual(costs.map(({ day }) => day));
        for (const [at, { amount }] of paid.entries()) {
          expect((amount ?? 1) % 10).toBe(0);
          expect(Math.abs((amount ?? 0) - (costs[at]?.amount ?? 0) * 0.3)).toBeLessThanOrEqual(5);
        }
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

  test("gets an allowance for children alone, and vaccinates no child before its age or with what there was not yet", () => {
    fc.assert(
      fc.property(seeds, days, (seed, today) => {
        const children = new Map(lifeOf(seed).children.map((child) => [child.name, child.birth]));
        for (const { item, day, member } of recordsOf(seed, "children", today)) {
          const birth = children.get(member) ?? "9999-01-01";
          if (item === "child-allowance") expect(ageOn(birth, day)).toBeLessThan(20);
          else expect(monthsBetween(birth, day)).toBeGreaterThanOrEqual(2);
          if (item === "vaccine-five-in-one") expect(day >= "2024-04-01").toBe(true);
          if (item === "vaccine-four-in-one") expect(day >= "2012-11-01" && day < "2025-07-01").toBe(true);
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
        for (const { due, yen, kind, term } of demands) {
          expect([1, 2, 3, 4, 5]).toContain(new Date(due).getUTCDay());
          expect([yen > 0, term === null]).toEqual([true, kind === "vehicle-tax"]);
        }
      }),
    );
  });
});
