import { describe, expect, test } from "vitest";
import type { CommandApdu } from "../../src/apdu/command.ts";
import { isHarmless } from "../../src/jpki/pin/fence.ts";

const bytes = Array.from({ length: 256 }, (_, value) => value);
const hex = (...values: number[]) => Buffer.from(values).toString("hex").toUpperCase();
const query: CommandApdu = { cla: 0x00, ins: 0x20, p1: 0x00, p2: 0x98 };

describe("what passes the fence without the guard", () => {
  test("is a short list of instructions, of all 65,536 [row 63]", () => {
    const data = Uint8Array.of(0x31, 0x32, 0x33, 0x34);
    const passing = bytes.flatMap((cla) =>
      bytes
        .filter(
          (ins) =>
            isHarmless({ cla, ins, p1: 0x00, p2: 0x80, data }) || isHarmless({ cla, ins, p1: 0x00, p2: 0x80, le: 1 }),
        )
        .map((ins) => hex(cla, ins)),
    );
    expect(passing).toEqual(["0084", "0088", "00A4", "00B0", "00B2", "00C0", "00CA", "802A"]);
  });

  test("and of the queries of counters those by short file id or of the current file", () => {
    const passing = bytes.filter((p2) => isHarmless({ ...query, p2 }));
    expect(passing).toEqual(bytes.filter((p2) => p2 >= 0x80 && p2 <= 0x9f));
  });

  test.each<[string, Partial<CommandApdu>]>([
    ["another class", { cla: 0x80 }],
    ["a logical channel", { cla: 0x01 }],
    ["chaining", { cla: 0x10 }],
    ["secure messaging", { cla: 0x0c }],
    ["another instruction", { ins: 0x21 }],
    ["P1", { p1: 0x01 }],
    ["data", { data: Uint8Array.of(0x31) }],
    ["no data, but a length of it", { data: new Uint8Array() }],
    ["a fifth byte", { le: 256 }],
  ])("is no query with %s", (_, change) => {
    expect(isHarmless(query)).toBe(true);
    expect(isHarmless({ ...query, ...change })).toBe(false);
  });
});
