import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseAttributes, sexOf } from "../../../src/jpki/text/attributes.ts";
import { attributeObjects, attributesFile, person, tabled } from "../support/card-data.ts";

describe("the file of the four attributes", () => {
  test.each([1, 2, 3] as const)("is read with an outer length of %i bytes", (lengthBytes) => {
    expect(parseAttributes(attributesFile(person, { lengthBytes }))).toMatchObject(person);
  });

  test("is covered by its digest from the name to the end", () => {
    const { covered } = parseAttributes(attributesFile());
    expect(Buffer.from(covered)).toEqual(Buffer.concat(attributeObjects()));
  });

  test("may hold more behind the sex, which its digest covers, too", () => {
    const more = [...attributeObjects(), Buffer.from("DF2603E38182", "hex")];
    const found = parseAttributes(tabled(0xff20, 0xdf21, more));
    expect(found).toMatchObject(person);
    expect(Buffer.from(found.covered)).toEqual(Buffer.concat(more));
  });

  test("keeps a long address whole", () => {
    const address = `見本県${"長".repeat(197)}`;
    expect(parseAttributes(attributesFile({ ...person, address }, { lengthBytes: 3 })).address).toBe(address);
  });

  test.each(["\u001b[2J", "\u0007", "\u009b31m", "\n", "\u202e", "\u2066", "\u2028"])(
    "hands on no %j, which would act on a terminal or mislead its reader",
    (trick) => {
      const { name } = parseAttributes(attributesFile({ ...person, name: `見本${trick}花子` }));
      expect(name).toMatch(/^見本\ufffd.*花子$/u);
      expect(name).not.toMatch(/[\p{Cc}\u2028\u202e\u2066]/u);
    },
  );

  test.each([
    ["a table of offsets that is wrong by one", attributesFile(person, { lengthBytes: 1, skew: 1 })],
    ["no table of offsets", attributesFile().subarray(0, 3)],
    ["an object too few", tabled(0xff20, 0xdf21, attributeObjects().slice(0, 3))],
    ["objects in another order", tabled(0xff20, 0xdf21, attributeObjects().toReversed())],
    ["another outer tag", tabled(0xff21, 0xdf21, attributeObjects())],
    ["a birth date with letters", attributesFile({ ...person, birth: "1990O1O2" })],
    ["a short birth date", attributesFile({ ...person, birth: "900102" })],
    ["a sex of two digits", attributesFile({ ...person, sex: "12" })],
    ["nothing", new Uint8Array()],
  ])("is refused with %s", (_, content) => {
    expect(() => parseAttributes(content)).toThrow(SyntaxError);
  });

  test("is refused where the name is not UTF-8", () => {
    const [, ...others] = attributeObjects();
    const broken = tabled(0xff20, 0xdf21, [Buffer.from("DF2202E381", "hex"), ...others]);
    expect(() => parseAttributes(broken)).toThrow("the name is not UTF-8");
  });

  test("cut short or changed anywhere is read as something, or refused as malformed", () => {
    const whole = attributesFile();
    const change = fc.record({ cut: fc.nat(whole.length), at: fc.nat(whole.length - 1), byte: fc.nat(255) });
    fc.assert(
      fc.property(change, ({ cut, at, byte }) => {
        const content = Uint8Array.from(whole);
        content[at] = byte;
        try {
          const { birth, sex } = parseAttributes(content.subarray(0, cut));
          expect(`${birth}${sex}`).toMatch(/^\d{9}$/);
        } catch (error) {
          expect(error).toBeInstanceOf(SyntaxError);
        }
      }),
      { numRuns: 2000 },
    );
  });
});

test.each([
  ["1", "male"],
  ["2", "female"],
  ["9", "not-applicable"],
  ["3", "other"],
  ["0", "unknown"],
  ["7", "unknown"],
])("the sex %s means %s", (digit, meaning) => {
  expect(sexOf(digit)).toBe(meaning);
});
