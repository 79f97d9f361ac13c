import fc from "fast-check";
import type { CommandApdu } from "../../src/apdu/command.ts";

const byte = fc.integer({ min: 0, max: 255 });

/** Any command that can be encoded, with lengths drawn to both sides of the short form's limits. */
export const anyCommand: fc.Arbitrary<CommandApdu> = fc
  .record({
    header: fc.tuple(byte, byte, byte, byte),
    data: fc.option(fc.oneof(fc.uint8Array({ minLength: 1, maxLength: 300 }), lengths(1, 65535)), { nil: undefined }),
    le: fc.option(fc.oneof(fc.integer({ min: 1, max: 300 }), fc.constantFrom(65535, 65536)), { nil: undefined }),
  })
  .map(({ header: [cla, ins, p1, p2], data, le }) => ({
    cla,
    ins,
    p1,
    p2,
    ...(data && { data }),
    ...(le !== undefined && { le }),
  }));

function lengths(min: number, max: number): fc.Arbitrary<Uint8Array> {
  return fc.constantFrom(min, 255, 256, max).map((length) => new Uint8Array(length).fill(0x5a));
}

export const anyBytes = (maxLength = 64) => fc.uint8Array({ maxLength });
