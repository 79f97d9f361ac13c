import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

const source = join(import.meta.dirname, "../../src");

/** The rings above the reader back ends: whoever of them could reach a card without the guard. */
const rings = ["commands", "jpki", "login", "mykey", "portal", "ui"];

function filesWith(pattern: RegExp): string[] {
  return readdirSync(source, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts") && rings.some((ring) => path.startsWith(`${ring}/`)))
    .filter((path) => pattern.test(readFileSync(join(source, path), "utf8")))
    .sort();
}

describe("there is one way to a PIN on the card", () => {
  test("one module takes hold of a card", () => {
    expect(filesWith(/\breader\.connect\(|\bCardConnection\b/)).toEqual(["jpki/card.ts", "jpki/channel.ts"]);
  });

  test("one module writes VERIFY with data, one without; the same one writes CHANGE REFERENCE DATA", () => {
    expect(filesWith(/\bins: 0x20\b/)).toEqual(["jpki/pin/guard.ts", "jpki/pin/query.ts"]);
    expect(filesWith(/\bins: 0x24\b/)).toEqual(["jpki/pin/guard.ts"]);
    expect(filesWith(/\bins: 0x(21|25|2c|32)\b/i)).toEqual([]);
  });

  test("one module takes the bytes out of a PIN, for the guard alone", () => {
    expect(filesWith(/\.bytes\(\)/)).toEqual(["jpki/pin/policy.ts"]);
    expect(filesWith(/\bcheckedBytes\b/)).toEqual(["jpki/pin/guard.ts", "jpki/pin/policy.ts"]);
  });
});
