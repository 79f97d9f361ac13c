import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { premium, premiumTermsOn } from "../../../src/mykey/points/calculate.ts";
import { programmes } from "../../../src/mykey/points/programmes.ts";

const programme1 = { percent: 25, ofYen: 20_000, mostPoints: 5_000 };
const charge = fc.integer({ min: 0, max: 999_999_999 });
const charges = fc.array(charge, { maxLength: 50 });
const terms = fc.record({
  percent: fc.integer({ min: 1, max: 100 }),
  ofYen: fc.integer({ min: 0, max: 1_000_000 }),
  mostPoints: fc.integer({ min: 0, max: 1_000_000 }),
});

test("both programmes gave a quarter of at most 20,000 yen [row 66]", () => {
  expect(premiumTermsOn(programmes[1], "2020-09-01")).toEqual(programme1);
  expect(premiumTermsOn(programmes[2], "2022-01-01")).toEqual(programme1);
  expect(premiumTermsOn(programmes[1], "2019-12-04")).toBeUndefined();
});

describe("points for charges and purchases", () => {
  test.each([
    [[], 0, 20_000, 5_000],
    [[3], 0, 19_997, 5_000],
    [[4], 1, 19_996, 4_999],
    [[3, 1], 1, 19_996, 4_999],
    [[10_000, 10_000], 5_000, 0, 0],
    [[19_999], 4_999, 1, 1],
    [[20_000], 5_000, 0, 0],
    [[999_999_999, 999_999_999], 5_000, 0, 0],
  ])("for %j are %i, and %i yen would bring %i more", (given, points, remainingYen, remainingPoints) => {
    expect(premium(programme1, given)).toMatchObject({ points, remainingYen, remainingPoints });
  });

  test("are never above the cap, and with what remains make up the whole", () => {
    fc.assert(
      fc.property(terms, charges, (of, given) => {
        const { points, countedYen, remainingYen, remainingPoints } = premium(of, given);
        expect(points).toBeLessThanOrEqual(of.mostPoints);
        expect(points * 100).toBeLessThanOrEqual(countedYen * of.percent);
        expect([countedYen + remainingYen, points + remainingPoints]).toEqual([of.ofYen, of.mostPoints]);
      }),
    );
  });

  test("do not depend on the order of charges, nor on how they are divided", () => {
    fc.assert(
      fc.property(terms, charges, charge, (of, given, more) => {
        const whole = premium(of, [...given, more]).points;
        expect(premium(of, [more, ...given.toReversed()]).points).toBe(whole);
        const half = Math.floor(more / 2);
        expect(premium(of, [...given, half, more - half]).points).toBe(whole);
      }),
    );
  });

  test("do not become fewer by another charge", () => {
    fc.assert(
      fc.property(terms, charges, charge, (of, given, more) => {
        expect(premium(of, [...given, more]).points).toBeGreaterThanOrEqual(premium(of, given).points);
      }),
    );
  });

  test("are whole numbers, however large the charges", () => {
    fc.assert(
      fc.property(terms, charges, (of, given) => {
        for (const value of Object.values(premium(of, given))) expect(Number.isSafeInteger(value)).toBe(true);
      }),
    );
  });
});
