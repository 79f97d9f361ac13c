import fc from "fast-check";
import { expect, test } from "vitest";
import { encodeFrame, FrameReader } from "../../src/apdu/readers/vpcd-frames.ts";
import { anyBytes } from "./arbitraries.ts";

test("a frame is a two-byte big-endian length and the payload", () => {
  expect(encodeFrame(Uint8Array.of(4))).toEqual(Uint8Array.of(0, 1, 4));
  expect(encodeFrame(new Uint8Array(0x102)).subarray(0, 2)).toEqual(Uint8Array.of(1, 2));
});

test("a frame carries 65535 bytes at most", () => {
  expect(encodeFrame(new Uint8Array(65535)).length).toBe(65537);
  expect(() => encodeFrame(new Uint8Array(65536))).toThrow(RangeError);
});

test("payloads come back in order however the stream is cut into chunks", () => {
  const cuts = fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(fc.array(anyBytes(20), { maxLength: 8 }), cuts, (payloads, sizes) => {
      const stream = Buffer.concat(payloads.map(encodeFrame));
      const reader = new FrameReader();
      const received: Uint8Array[] = [];
      for (let at = 0, turn = 0; at < stream.length; turn++) {
        const size = sizes[turn % sizes.length] ?? 1;
        received.push(...reader.push(stream.subarray(at, at + size)));
        at += size;
      }
      expect(received).toEqual(payloads);
    }),
  );
});

test("an unfinished frame gives nothing until its last byte", () => {
  const reader = new FrameReader();
  expect(reader.push(Uint8Array.of(0, 2, 0x90))).toEqual([]);
  expect(reader.push(Uint8Array.of(0x00))).toEqual([Uint8Array.of(0x90, 0x00)]);
});
