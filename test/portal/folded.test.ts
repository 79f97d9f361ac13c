import fc from "fast-check";
import { expect, test } from "vitest";
import { folded, municipalitiesOf } from "../../src/portal/procedures/search.ts";
import { catalogueOn } from "../../src/sandbox/procedures/catalogue.ts";
import { now } from "../sandbox/support/cards.ts";

/** Hiragana that katakana correspond to, and what else municipalities' names are typed with. */
const kana = fc.string({ unit: fc.integer({ min: 0x3041, max: 0x3096 }).map((code) => String.fromCodePoint(code)) });
const typed = fc.string({ unit: "grapheme" });
const marked = fc.string({
  unit: fc.constantFrom("カ", "ハ", "う", "゛", "゜", "ﾞ", "\u3099", " ", "　", "Ａ", "İ", "ß", "㍻"),
});

test("folding twice is folding once", () => {
  fc.assert(
    fc.property(fc.oneof(typed, kana, marked), (text) => {
      expect(folded(folded(text))).toBe(folded(text));
    }),
  );
});

test("katakana, capitals, wide letters and spaces make no difference", () => {
  fc.assert(
    fc.property(kana, fc.stringMatching(/^[a-z0-9]{0,8}$/), (hiragana, latin) => {
      const katakana = hiragana.replace(/./gsu, (each) => String.fromCodePoint((each.codePointAt(0) ?? 0) + 0x60));
      const wide = latin.replace(/./g, (each) => String.fromCodePoint(each.charCodeAt(0) + 0xfee0));
      expect(folded(`${katakana}　${wide}`)).toBe(folded(`${hiragana}${latin.toUpperCase()} `));
    }),
  );
});

test("a municipality is found under its code, its name and its kana, however these are typed", () => {
  const catalogue = catalogueOn(now.getTime());
  for (const municipality of catalogue.municipalities) {
    const { code, kana: reading, prefecture, name } = municipality;
    const katakana = reading.replace(/./gu, (each) => String.fromCodePoint((each.codePointAt(0) ?? 0) + 0x60));
    expect(municipalitiesOf(catalogue, code)).toEqual([municipality]);
    expect(municipalitiesOf(catalogue, `${prefecture} ${name}`)).toEqual([municipality]);
    for (const spelling of [reading, katakana, katakana.normalize("NFD")]) {
      expect(municipalitiesOf(catalogue, spelling)).toContainEqual(municipality);
    }
  }
});
