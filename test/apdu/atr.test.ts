import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cardCapabilities, parseAtr } from "../../src/apdu/atr.ts";
import { atrTable, hintFromAtr } from "../../src/apdu/atr-hints.ts";
import { fromHex, toHex } from "../../src/apdu/hex.ts";
import { anyBytes } from "./arbitraries.ts";

const parse = (hex: string) => parseAtr(fromHex(hex));
const wholeAtrs = atrTable.map(({ atr }) => atr).filter((atr) => /^[0-9A-F]+$/.test(atr));

describe("an ATR", () => {
  test("of a My Number Card is taken apart", () => {
    const atr = parse("3BDA13FF8131FB468012392F31C173C601C03B");
    expect(atr).toMatchObject({ convention: "direct", protocols: [1], checksum: "right" });
    expect(atr.interfaceBytes).toEqual([{ ta: 0x13, tc: 0xff, td: 0x81 }, { td: 0x31 }, { ta: 0xfb, tb: 0x46 }]);
    expect(toHex(atr.historicalBytes)).toBe("8012392F31C173C601C0");
  });

  test.each([
    ["3B6000FF", [0], "absent"],
    ["3F6525082204689000", [0], "absent"],
    ["3B80800101", [0, 1], "right"],
    ["3B800E8E", [14], "right"],
    ["3B801F55CA", [], "right"],
    ["3BE000FF8131FE4515", [1], "wrong"],
  ])("%s offers its protocols, with its check told", (hex, protocols, checksum) => {
    expect(parse(hex)).toMatchObject({ protocols, checksum });
  });

  test.each(["", "3B", "00", "3B02AA", "3B8080", "3B800101FF", "3B".padEnd(68, "0")])("of %j is refused", (hex) => {
    expect(() => parse(hex)).toThrow(SyntaxError);
  });

  test("made of any bytes is read or refused", () => {
    const start = fc.constantFrom("3B", "3F").map((hex) => fromHex(hex));
    fc.assert(
      fc.property(start, anyBytes(40), (ts, rest) => {
        const bytes = Buffer.concat([ts, rest]);
        try {
          expect(parseAtr(bytes).historicalBytes.length).toBeLessThanOrEqual(15);
        } catch (error) {
          expect(error).toBeInstanceOf(SyntaxError);
        }
      }),
    );
  });

  test.each(wholeAtrs)("%s of the table is a right one", (hex) => {
    expect(parse(hex).checksum).toBe("right");
  });
});

describe("the capabilities in an ATR", () => {
  test.each([
    ["3BDA13FF8131FB468012392F31C173C601C03B", { commandChaining: true, extendedLength: true }],
    ["3BC5FF8131FB458073C6010000", { commandChaining: false, extendedLength: false }],
    ["3BE000FF8131FE4514", undefined],
    ["3B888001000005E0B381A1007F", undefined],
  ])("of %s are what the card says", (hex, capabilities) => {
    expect(cardCapabilities(parse(hex))).toEqual(capabilities);
  });

  test("are not read out of a table that is cut short", () => {
    expect(cardCapabilities(parse("3B038073C6"))).toBeUndefined();
  });
});

describe("the hint of an ATR", () => {
  test.each([
    ["3BDA13FF8131FB468012392F31C173C601C03B", "my-number-card", "certain"],
    ["3B888001004B51FF0081D100BC", "my-number-card", "likely"],
    ["3BF59100FF918171FE4000420001B3A115", "my-number-card", "likely"],
    ["3BF59100FF918171FE4000420001B3C175", "driving-licence", "likely"],
    ["3BE000FF8131FE4514", "juki-card", "certain"],
    ["3B8F8001804F0CA00000030611003B0000000042", "suica", "certain"],
    ["3B8F8001804F0CA0000003060300010000000069", "storage-card", "certain"],
    ["3B8F8001804F0CA000000306070000000000006C", "storage-card", "certain"],
    ["3BF01200FF9181B17C451F0399", "b-cas", "certain"],
  ])("%s names a %s", (hex, kind, reliability) => {
    const hint = hintFromAtr(fromHex(hex));
    expect(hint).toMatchObject({ kind, reliability });
    expect(hint?.name.ja).not.toBe("");
    expect(hint?.name.en).not.toBe("");
  });

  test("of a prefix that several cards share is none", () => {
    expect(hintFromAtr(fromHex("3BF59100FF918171FE4000420001008186"))).toBeUndefined();
    expect(hintFromAtr(fromHex("3B80800101"))).toBeUndefined();
  });

  test("is the same whichever row is asked first", () => {
    for (const atr of wholeAtrs) {
      const kinds = atrTable.filter((row) => new RegExp(`^${row.atr}$`).test(atr)).map(({ kind }) => kind);
      expect(new Set(kinds).size, atr).toBe(1);
    }
  });
});
