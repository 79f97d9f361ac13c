import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type CommandApdu, decodeCommand, encodeCommand } from "../../src/apdu/command.ts";
import { fromHex, toHex } from "../../src/apdu/hex.ts";
import { decodeResponse, encodeResponse } from "../../src/apdu/response.ts";
import { anyBytes, anyCommand } from "./arbitraries.ts";

const header = { cla: 0x00, ins: 0xb0, p1: 0x12, p2: 0x34 };
const filled = (length: number) => new Uint8Array(length).fill(0xab);

/** The seven cases of ISO/IEC 7816-4 and their limits, worked out by hand. */
const vectors: [name: string, command: CommandApdu, start: string, length: number][] = [
  ["case 1, the retry query", { cla: 0, ins: 0x20, p1: 0, p2: 0x80 }, "00200080", 4],
  ["case 2S", { ...header, le: 4 }, "00B0123404", 5],
  ["case 2S, 256 bytes", { ...header, le: 256 }, "00B0123400", 5],
  ["case 3S", { ...header, data: filled(2) }, "00B0123402ABAB", 7],
  ["case 3S, 255 bytes", { ...header, data: filled(255) }, "00B01234FFAB", 260],
  ["case 4S", { ...header, data: filled(1), le: 256 }, "00B0123401AB00", 7],
  ["case 2E", { ...header, le: 257 }, "00B01234000101", 7],
  ["case 2E, 65536 bytes", { ...header, le: 65536 }, "00B01234000000", 7],
  ["case 3E", { ...header, data: filled(256) }, "00B01234000100AB", 263],
  ["case 3E, 65535 bytes", { ...header, data: filled(65535) }, "00B0123400FFFFAB", 65542],
  ["case 4E for a long answer", { ...header, data: filled(1), le: 65536 }, "00B01234000001AB0000", 10],
  ["case 4E for long data", { ...header, data: filled(256), le: 1 }, "00B01234000100AB", 265],
];

describe("a command APDU", () => {
  test.each(vectors)("%s has the bytes of the standard", (_name, command, start, length) => {
    const bytes = encodeCommand(command);
    expect(bytes.length).toBe(length);
    expect(toHex(bytes.subarray(0, start.length / 2))).toBe(start);
    expect(decodeCommand(bytes)).toEqual(command);
  });

  test("comes back from its bytes", () => {
    fc.assert(
      fc.property(anyCommand, (command) => {
        expect(decodeCommand(encodeCommand(command))).toEqual(command);
      }),
    );
  });

  test("keeps the extended form where the short one would do", () => {
    for (const text of ["00B01234000004", "00B01234000100", "00B01234000001AB", "00B01234000001AB0010"]) {
      expect(toHex(encodeCommand(decodeCommand(fromHex(text))))).toBe(text);
    }
    expect(decodeCommand(fromHex("00B01234000004"))).toEqual({ ...header, le: 4, extended: true });
    expect(decodeCommand(fromHex("00B01234000001AB"))).toEqual({ ...header, data: filled(1), extended: true });
  });

  test.each([
    ["no byte", ""],
    ["three bytes", "00B000"],
    ["less data than Lc says", "00B0000002AB"],
    ["more behind the data than an Le", "00B0000001ABABAB"],
    ["an extended field of two bytes", "00B000000001"],
    ["an extended Lc of 0 with data", "00B00000000000ABAB"],
    ["an extended Lc without its data", "00B00000000002AB"],
    ["an extended Le of one byte", "00B00000000001AB00"],
  ])("with %s is refused", (_name, hex) => {
    expect(() => decodeCommand(fromHex(hex))).toThrow(SyntaxError);
  });

  test("made of any bytes is read or refused, never misread", () => {
    fc.assert(
      fc.property(anyBytes(), (bytes) => {
        let command: CommandApdu;
        try {
          command = decodeCommand(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(SyntaxError);
          return;
        }
        expect(decodeCommand(encodeCommand(command))).toEqual(command);
      }),
    );
  });

  test.each<[string, CommandApdu]>([
    ["a header byte of 256", { ...header, cla: 256 }],
    ["a negative header byte", { ...header, p2: -1 }],
    ["a fraction", { ...header, p1: 0.5 }],
    ["no data bytes in the data field", { ...header, data: filled(0) }],
    ["65536 data bytes", { ...header, data: filled(65536) }],
    ["an le of 0", { ...header, le: 0 }],
    ["an le of 65537", { ...header, le: 65537 }],
  ])("with %s cannot be encoded", (_name, command) => {
    expect(() => encodeCommand(command)).toThrow(RangeError);
  });
});

describe("a response APDU", () => {
  test("comes back from its bytes", () => {
    fc.assert(
      fc.property(anyBytes(), fc.integer({ min: 0, max: 0xffff }), (data, sw) => {
        expect(decodeResponse(encodeResponse({ data, sw }))).toEqual({ data, sw });
      }),
    );
  });

  test("is its data with the status word behind it", () => {
    expect(toHex(encodeResponse({ data: Uint8Array.of(1, 2), sw: 0x9000 }))).toBe("01029000");
  });

  test.each(["", "90"])("of fewer than two bytes (%j) is none", (hex) => {
    expect(() => decodeResponse(fromHex(hex))).toThrow(SyntaxError);
  });

  test("with a status word over FFFF cannot be encoded", () => {
    expect(() => encodeResponse({ data: filled(0), sw: 0x10000 })).toThrow(RangeError);
  });
});
