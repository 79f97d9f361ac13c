import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fromHex } from "../../src/apdu/hex.ts";
import { linkMillis, links } from "../../src/simulator/link.ts";
import { jpki, select, testCard, text, verify } from "./cards.ts";

/** What a dialogue with a card costs on the reader that was measured (mnbcard, 2022-07). */
function costOf(...commands: string[]): number {
  const { card } = testCard();
  return commands.map(fromHex).reduce((sum, command) => sum + linkMillis("nfc106", command, card.transmit(command)), 0);
}

const reads = (length: number) => [
  "00B0000004",
  ...Array.from({ length: Math.ceil(length / 256) }, (_, at) => `00B0${at.toString(16).padStart(2, "0")}0000`),
];

describe("the model of a reader at 106 kbit/s", () => {
  test.each([
    ["SELECT of an application", [30, 65], [jpki], []],
    ["VERIFY", [45, 65], [jpki, verify("1234", "98")], [jpki]],
    [
      "a signature",
      [680, 740],
      [jpki, verify("1234", "98"), `802A009733${"11".repeat(51)}00`],
      [jpki, verify("1234", "98")],
    ],
    ["reading a certificate", [1400, 1900], [jpki, select("000A"), ...reads(1700)], [jpki]],
    [
      "reading the four attributes",
      [300, 380],
      [text, select("0011"), verify("5678"), select("0002"), "00B0000004", "00B0000074"],
      [],
    ],
  ] as const)("takes for %s what was measured", (_, [least, most], commands, before) => {
    const cost = costOf(...commands) - costOf(...before);
    expect(cost).toBeGreaterThanOrEqual(least);
    expect(cost).toBeLessThanOrEqual(most);
  });
});

test("a refused READ BINARY takes 12 ms on contacts, as was measured", () => {
  const cost = linkMillis("contact", fromHex("00B0000004"), fromHex("6982"));
  expect(Math.round(cost)).toBe(12);
});

test("more bytes never take less time, and a faster link takes less", () => {
  const length = fc.integer({ min: 0, max: 4000 });
  fc.assert(
    fc.property(length, length, fc.constantFrom(...links), (one, other, link) => {
      const cost = (bytes: number) =>
        linkMillis(link, fromHex("00B00000000000"), Uint8Array.of(...new Uint8Array(bytes), 0x90, 0x00));
      const [few, many] = [Math.min(one, other), Math.max(one, other)];
      expect(cost(few)).toBeLessThanOrEqual(cost(many));
    }),
  );
  const command = fromHex("00B0000000");
  const response = new Uint8Array(258);
  expect(linkMillis("nfc424", command, response)).toBeLessThan(linkMillis("nfc106", command, response));
});
