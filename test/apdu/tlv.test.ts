import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fromHex, toHex } from "../../src/apdu/hex.ts";
import { encodeTlv, findTlv, parseTlvs, totalLength } from "../../src/apdu/tlv.ts";
import { anyBytes } from "./arbitraries.ts";

const anyTag = fc.constantFrom(0x02, 0x30, 0x80, 0x9e, 0x1f01, 0x5f25, 0x7f49, 0xff20, 0xdf8101, 0x7f818001);
const anyObject = fc.record({ tag: anyTag, value: anyBytes(300) });

describe("data objects", () => {
  test("come back from their bytes, one behind the other", () => {
    fc.assert(
      fc.property(fc.array(anyObject, { maxLength: 5 }), (objects) => {
        const bytes = Buffer.concat(objects.map(({ tag, value }) => encodeTlv(tag, value)));
        expect(parseTlvs(bytes).map(({ tag, value }) => [tag, toHex(value)])).toEqual(
          objects.map(({ tag, value }) => [tag, toHex(value)]),
        );
      }),
    );
  });

  test.each([
    [0x7f, "047F"],
    [0x80, "048180"],
    [0xff, "0481FF"],
    [0x100, "04820100"],
    [0x10000, "0483010000"],
  ])("with a value of %i bytes have the shortest length field", (length, head) => {
    const bytes = encodeTlv(0x04, new Uint8Array(length));
    expect(toHex(bytes.subarray(0, head.length / 2))).toBe(head);
    expect(parseTlvs(bytes)[0]?.value.length).toBe(length);
  });

  test("are read with a length field longer than needed", () => {
    expect(parseTlvs(fromHex("048400000001AA"))).toEqual([{ tag: 4, value: Uint8Array.of(0xaa) }]);
  });

  test("are found by the path of their tags, whatever stands behind", () => {
    const inner = encodeTlv(0x30, [encodeTlv(0x02, Uint8Array.of(1)), encodeTlv(0x5f25, Uint8Array.of(9))]);
    const file = Buffer.concat([inner, fromHex("FFFFFFFF")]);
    expect([...(findTlv(file, 0x30, 0x5f25)?.value ?? [])]).toEqual([9]);
    expect(findTlv(inner, 0x30, 0x04)).toBeUndefined();
    expect(findTlv(inner, 0x31, 0x02)).toBeUndefined();
  });

  test.each([
    ["a value cut short", "0405AABB"],
    ["no length", "04"],
    ["a length field cut short", "0482FF"],
    ["the indefinite length", "3080AA0000"],
    ["a length field of five bytes", "04850000000001AA"],
    ["a tag cut short", "5F"],
    ["a tag of five bytes", "1F8181818101AA"],
    ["a tag number with leading zeros", "1F800101AA"],
  ])("with %s are refused", (_name, hex) => {
    expect(() => parseTlvs(fromHex(hex))).toThrow(SyntaxError);
  });

  test("made of any bytes are read to the last byte or refused", () => {
    fc.assert(
      fc.property(anyBytes(), (bytes) => {
        let read: number;
        try {
          read = parseTlvs(bytes).reduce((sum, { value }) => sum + value.length, 0);
        } catch (error) {
          expect(error).toBeInstanceOf(SyntaxError);
          return;
        }
        expect(read).toBeLessThanOrEqual(bytes.length);
      }),
    );
  });

  test.each([-1, 0.5, 0x1f, 0x3001, 0x5f8025, 2 ** 32])("cannot be made with %d as the tag", (tag) => {
    expect(() => encodeTlv(tag, new Uint8Array())).toThrow(RangeError);
  });
});

describe("the total length of an object", () => {
  test("is told by its first bytes, without its value", () => {
    expect(totalLength(fromHex("308204D4"))).toBe(4 + 0x4d4);
    expect(totalLength(fromHex("7F4984FFFFFFFF"))).toBe(7 + 0xffffffff);
    expect(totalLength(fromHex("0400"))).toBe(2);
  });

  test("agrees with what was encoded", () => {
    fc.assert(
      fc.property(anyObject, anyBytes(), ({ tag, value }, padding) => {
        const object = encodeTlv(tag, value);
        expect(totalLength(Buffer.concat([object, padding]))).toBe(object.length);
      }),
    );
  });

  test.each(["", "30", "3082", "308204", "3080"])("cannot be told from %j", (hex) => {
    expect(() => totalLength(fromHex(hex))).toThrow(SyntaxError);
  });
});
