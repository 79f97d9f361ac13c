import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { describeStatus, triesFromStatus } from "../../src/apdu/status.ts";

const word = (sw: number) => sw.toString(16).toUpperCase().padStart(4, "0");

describe("the meaning of a status word", () => {
  test.each([
    [0x9000, "done", "正常終了"],
    [0x63c2, "not verified, 2 tries left", "照合できません。残り 2 回"],
    [0x63c0, "not verified, no try left: locked", "照合できません。残り回数 0 回 (ロック)"],
    [0x6c11, "the right length of the answer is 17 bytes (0: 256)", "正しい応答の長さは 17 バイトです"],
    [0x6a82, "the application or file is not there", "アプリケーションまたはファイルがありません"],
    [0x1234, "an answer without a listed meaning", "意味が登録されていない応答です"],
  ])("of %i is told in English and Japanese", (sw, en, ja) => {
    expect(describeStatus(sw)).toEqual({ en, ja });
  });

  test.each(
    (
      "9000 63C5 63C0 6984 6983 6300 6982 6A82 6A86 6A81 6A83 6A80 6A88 6981 6985 6986 6987 6988 69FC 6882 66F1 6700 " +
      "6B00 6282 6D00 6E00 6881 6F00 6103 6C04"
    ).split(" "),
  )("of %s is listed", (hex) => {
    expect(describeStatus(Number.parseInt(hex, 16)).en).not.toMatch(/without a listed meaning/);
  });

  test("has no blank left open", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffff }), (sw) => {
        const { ja, en } = describeStatus(sw);
        expect(ja + en).not.toContain("{");
      }),
    );
  });
});

describe("the answer to the retry query", () => {
  test("counts the tries left", () => {
    for (let tries = 1; tries <= 15; tries++) {
      expect(triesFromStatus(0x63c0 + tries)).toEqual({ kind: "remaining", tries });
    }
  });

  test.each([0x63c0, 0x6983, 0x6984])("of %i means locked", (sw) => {
    expect(triesFromStatus(sw)).toEqual({ kind: "locked" });
  });

  test("may say verified, or that nothing is counted", () => {
    expect(triesFromStatus(0x9000)).toEqual({ kind: "verified" });
    expect(triesFromStatus(0x6300)).toEqual({ kind: "unlimited" });
  });

  test("is nothing to rely on where it is anything else", () => {
    const known = new Set([
      0x9000,
      0x6300,
      0x6983,
      0x6984,
      ...Array.from({ length: 16 }, (_, tries) => 0x63c0 + tries),
    ]);
    for (let sw = 0; sw <= 0xffff; sw++) {
      if (!known.has(sw)) expect(triesFromStatus(sw), word(sw)).toEqual({ kind: "unknown", sw });
    }
  });
});
