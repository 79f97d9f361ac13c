import { describe, expect, test } from "vitest";
import { allProgrammes, knownOn, lastDayOf, periodOn, stateOn } from "../../../src/mykey/points/as-of.ts";
import { programmes, termsOf } from "../../../src/mykey/points/programmes.ts";

describe("what was published of the programmes", () => {
  test("is dated, has a source, and stands in the order in which it became known", () => {
    for (const programme of allProgrammes) {
      for (const name of termsOf(programme)) {
        const statements = programme.terms[name] ?? [];
        const days = statements.map(({ known }) => known);
        expect(days, name).toEqual(days.toSorted());
        for (const { known, source } of statements) {
          expect(known, name).toMatch(/^\d{4}-\d{2}-\d{2}$/);
          expect(source, name).not.toBe("");
        }
      }
    }
  });

  test("never says of a day that has passed what it moved from that day", () => {
    for (const programme of allProgrammes) {
      for (const name of ["grants-until", "applications-until", "card-applications-until"] as const) {
        for (const [index, { known }] of (programme.terms[name] ?? []).entries()) {
          const before = programme.terms[name]?.[index - 1];
          if (before) expect(known <= lastDayOf(before.value), `${name} ${known}`).toBe(true);
        }
      }
    }
  });
});

describe("on a day", () => {
  test.each([
    ["2019-12-04", "unknown"],
    ["2019-12-05", "announced"],
    ["2020-08-31", "announced"],
    ["2020-09-01", "running"],
    ["2021-03-31", "running"],
    ["2021-04-01", "running"],
    ["2021-10-01", "running"],
    ["2021-12-31", "running"],
    ["2022-01-01", "ended"],
  ])("%s, programme 1 was %s", (day, state) => {
    expect(stateOn(programmes[1], day)).toBe(state);
  });

  test.each([
    ["2021-12-31", "unknown"],
    ["2022-01-01", "running"],
    ["2023-02-28", "running"],
    ["2023-03-01", "running"],
    ["2023-09-30", "running"],
    ["2023-10-01", "ended"],
  ])("%s, programme 2 was %s", (day, state) => {
    expect(stateOn(programmes[2], day)).toBe(state);
  });

  test.each([
    ["2020-01-01", "2021-03"],
    ["2021-03-31", "2021-09"],
    ["2021-09-29", "2021-09"],
    ["2021-09-30", "2021-12-31"],
  ])("%s, programme 1 was known to end in %s", (day, until) => {
    expect(periodOn(programmes[1], day).until).toBe(until);
  });

  test("before it was told, nobody knew the sums for insurance card and account", () => {
    expect(knownOn(programmes[2], "health-insurance-points", "2022-06-29")).toBeUndefined();
    expect(knownOn(programmes[2], "health-insurance-points", "2022-06-30")).toBe(7500);
    expect(knownOn(programmes[1], "health-insurance-points", "2026-01-01")).toBeUndefined();
  });

  test("what was left open is known to be open", () => {
    expect(knownOn(programmes[1], "points-expiry", "2020-01-01")).toBeNull();
  });
});

test.each([
  ["2020-02", "2020-02-29"],
  ["2021-02", "2021-02-28"],
  ["2023-09", "2023-09-30"],
  ["2021-12-31", "2021-12-31"],
])("the last day of %s is %s", (day, last) => {
  expect(lastDayOf(day)).toBe(last);
});
