import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseWrittenDay, westernDay } from "../../src/jpki/certificate/japanese-date.ts";
import { pinReference } from "../../src/jpki/pin/references.ts";
import { composeB, parseNumberA } from "../../src/jpki/verification-number.ts";
import { number } from "./support/card-data.ts";

const read = (text: string): string | null => {
  const day = parseWrittenDay(text);
  return day && westernDay(day);
};

describe("a date as people write it", () => {
  test.each([
    "1990-01-02",
    "1990/1/2",
    "1990.1.2",
    "19900102",
    "1990年1月2日",
    "１９９０年１月２日",
    " 1990 年 1 月 2 日 ",
    "平成2年1月2日",
    "平成2年1月2日生",
    "平成２年１月２日",
    "㍻2年1月2日",
    "H2.1.2",
    "h2.1.2",
    "H02-01-02",
    "Ｈ２／１／２",
  ])("%s is read", (text) => {
    expect(read(text)).toBe("1990-01-02");
  });

  test.each([
    ["昭和64年1月7日", "1989-01-07"],
    ["平成元年1月8日", "1989-01-08"],
    ["H31.4.30", "2019-04-30"],
    ["令和元年5月1日", "2019-05-01"],
    ["R1.5.1", "2019-05-01"],
    ["大正15年12月24日", "1926-12-24"],
    ["S1.12.25", "1926-12-25"],
    ["M45.7.29", "1912-07-29"],
  ])("%s is %s", (text, day) => {
    expect(read(text)).toBe(day);
  });

  test.each([
    ["a day after the end of the era", "昭和64年1月8日"],
    ["a day before the era", "H1.1.7"],
    ["another one", "R1.4.30"],
    ["30 February", "1990-02-30"],
    ["month 13", "H2.13.1"],
    ["two digits of a year", "90-01-02"],
    ["no separators behind an era", "H020102"],
    ["an unknown era", "X2.1.2"],
    ["more behind it", "1990-01-02x"],
    ["nothing", ""],
  ])("%s is not read: %s", (_, text) => {
    expect(read(text)).toBeNull();
  });
});

describe("verification number B", () => {
  const compose = (birth: string, birthYear: "era" | "gregorian" = "era"): string | null => {
    const day = parseWrittenDay(birth);
    return day && composeB({ birth: day, expiryYear: "2035", securityCode: "0042" }, birthYear);
  };

  test.each([
    ["1980-02-17", "55021720350042"],
    ["1989-01-07", "64010720350042"],
    ["1989-01-08", "01010820350042"],
    ["2019-04-30", "31043020350042"],
    ["2019-05-01", "01050120350042"],
    ["1926-12-24", "15122420350042"],
    ["1926-12-25", "01122520350042"],
  ])("of %s takes the year of the era: %s", (birth, expected) => {
    expect(compose(birth)).toBe(expected);
  });

  test("takes the Gregorian year where that is asked for", () => {
    expect(compose("1980-02-17", "gregorian")).toBe("80021720350042");
    expect(compose("昭和55年2月17日", "gregorian")).toBe("80021720350042");
    expect(compose("2009-02-17", "gregorian")).toBe("09021720350042");
  });

  test("has no era before Meiji", () => {
    expect(compose("1868-01-24")).toBeNull();
  });

  test("has no year of three digits", () => {
    expect(compose("2117-12-31")).toBe("99123120350042");
    expect(compose("2118-01-01")).toBeNull();
    expect(compose("2118-01-01", "gregorian")).toBe("18010120350042");
  });

  test("has fourteen digits for every birth date since", () => {
    const days = fc.date({ min: new Date("1868-02-01"), max: new Date("2099-12-31"), noInvalidDate: true });
    fc.assert(
      fc.property(days, fc.constantFrom("era", "gregorian"), (date, birthYear) => {
        expect(compose(date.toISOString().slice(0, 10), birthYear)).toMatch(/^\d{14}$/);
      }),
    );
  });
});

describe("verification number A", () => {
  const reference = pinReference("visual-a");

  test.each([number, "1234 5678 9018", "1234-5678-9018", "１２３４　５６７８　９０１８"])("is read from %s", (text) => {
    expect(Buffer.from(parseNumberA(reference, text).bytes()).toString()).toBe(number);
  });

  test("with a digit mistyped costs no try", () => {
    expect(() => parseNumberA(reference, "123456789017")).toThrow(
      expect.objectContaining({ code: "ERR_PIN_FORMAT", details: { pin: "visual-a", entry: "check-digit" } }),
    );
    expect(() => parseNumberA(reference, "12345678901")).toThrow(
      expect.objectContaining({ code: "ERR_PIN_FORMAT", details: { pin: "visual-a" } }),
    );
  });
});
