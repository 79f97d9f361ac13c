import fc from "fast-check";
import stringWidth from "string-width";
import { describe, expect, test } from "vitest";
import { layOut } from "../../src/ui/layout.ts";
import { painter } from "../../src/ui/style.ts";
import { plainWidth, prepareWidths } from "../../src/ui/width.ts";

const plain = await painter(false);

/** Where in each line, counted in columns of a terminal, the second column begins. */
const secondColumns = (text: string, seconds: readonly string[]): number[] =>
  text
    .trimEnd()
    .split("\n")
    .map((line, index) => stringWidth(line.slice(0, line.lastIndexOf(seconds[index] ?? ""))));

describe("columns", () => {
  test("stand below each other, full-width characters being two columns wide", async () => {
    const rows = [
      ["利用者証明用", "x"],
      ["sign", "x"],
      ["ｶﾅ", "x"],
      ["𠮷野家", "x"],
    ];
    const text = await layOut([{ kind: "table", head: ["暗証番号", "x"], rows }], plain);
    expect(new Set(secondColumns(text, ["x", "x", "x", "x", "x"]))).toEqual(new Set([14]));
  });

  test("stand below each other whatever the cells hold, variants and emoji included", async () => {
    const graphemes = fc.constantFrom(
      "a",
      "z",
      "氏",
      "名",
      "ｶ",
      "①",
      "─",
      "葛\u{e0100}",
      "👨\u200d👩\u200d👧",
      "e\u0301",
    );
    const cell = fc.array(graphemes, { maxLength: 8 }).map((parts) => parts.join(""));
    await fc.assert(
      fc.asyncProperty(fc.array(cell, { minLength: 1, maxLength: 6 }), async (cells) => {
        const rows = cells.map((text) => [text, "|"]);
        const text = await layOut([{ kind: "table", head: ["h", "|"], rows }], plain);
        expect(new Set(secondColumns(text, ["|", ...cells.map(() => "|")])).size).toBe(1);
      }),
    );
  });

  test("end without white space", async () => {
    const text = await layOut([{ kind: "fields", fields: [["label", ""]] }], plain);
    expect(text).toBe("label\n");
  });
});

test("control characters of a card or a platform do not reach the terminal", async () => {
  const evil = "\u001b]0;owned\u0007\u009b2J\r\n\u2028\u202edoog\u2066";
  const text = await layOut(
    [
      { kind: "lines", lines: [{ text: evil }] },
      { kind: "fields", fields: [["name", evil]] },
      { kind: "table", head: ["a", "b"], rows: [[evil, { text: evil, style: "bad" }]] },
    ],
    plain,
  );
  expect(text.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\u2028\u202e\u2066]/u);
});

test("blocks are an empty line apart, titles directly above theirs", async () => {
  const text = await layOut(
    [
      { kind: "fields", title: "Title", fields: [["a", "1"]] },
      { kind: "lines", lines: [{ text: "end" }] },
    ],
    plain,
  );
  expect(text).toBe("Title\na  1\n\nend\n");
});

test("the quick width agrees with the thorough one on plain Latin and Japanese text", () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[ -~ぁ-んァ-ヶ一-龠々ー、。（）ｱ-ﾝ０-９]*$/u), (text) => {
      expect(plainWidth(text)).toBe(stringWidth(text));
    }),
  );
});

test("the thorough one is loaded only where a text needs it", async () => {
  expect(await prepareWidths(["plain", "漢字"])).toBe(plainWidth);
  expect(await prepareWidths(["plain", "葛\u{e0100}"])).not.toBe(plainWidth);
});
