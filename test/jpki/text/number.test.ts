import { inspect } from "node:util";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isMyNumber, parseMyNumber } from "../../../src/jpki/text/number.ts";
import { number, numberFile } from "../support/card-data.ts";

describe("a My Number", () => {
  test("is read from its file, and shown masked or whole", () => {
    const found = parseMyNumber(numberFile());
    expect(found.masked()).toBe("********9018");
    expect(found.revealed()).toBe(number);
  });

  test("shows in no text, document or inspection", () => {
    const found = parseMyNumber(numberFile());
    for (const text of [`${found}`, JSON.stringify({ found }), inspect(found, { showHidden: true, depth: 9 })]) {
      expect(text).not.toMatch(/\d{4}/);
    }
  });

  test.each([
    ["eleven digits", numberFile("12345678901")],
    ["a letter", numberFile("12345678901X")],
    ["another tag", Uint8Array.from(numberFile()).fill(0x10, 0, 1)],
    ["nothing", new Uint8Array()],
    ["filler alone", new Uint8Array(17).fill(0xff)],
    ["half of it", numberFile().subarray(0, 9)],
  ])("is not read from %s, and the reason tells no digit", (_, content) => {
    expect(() => parseMyNumber(content)).toThrow(/^it does not hold a My Number$/);
  });
});

describe("the check digit", () => {
  /** Weights as the order of 2014 writes them: Qn of the n-th digit from the right, the check digit not counted. */
  const checkDigit = (payload: string): number => {
    let sum = 0;
    for (let n = 1; n <= 11; n++) sum += Number(payload[11 - n]) * (n <= 6 ? n + 1 : n - 5);
    return sum % 11 <= 1 ? 0 : 11 - (sum % 11);
  };

  test("is the one that the order on individual numbers gives", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9]{11}$/), fc.nat(9), (payload, last) => {
        expect(isMyNumber(`${payload}${last}`)).toBe(last === checkDigit(payload));
      }),
    );
  });

  test("notices each digit that is one too high", () => {
    expect(isMyNumber(number)).toBe(true);
    for (let at = 0; at < 12; at++) {
      const wrong = [...number]
        .map((digit, index) => (index === at ? String((Number(digit) + 1) % 10) : digit))
        .join("");
      expect(isMyNumber(wrong), wrong).toBe(false);
    }
  });

  test.each(["", "12345678901", "1234567890188", "１２３４５６７８９０１８"])("%j is no My Number", (text) => {
    expect(isMyNumber(text)).toBe(false);
  });
});
