import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Channel } from "../../src/apdu/channel.ts";
import { withCommandChaining } from "../../src/apdu/channels/command-chaining.ts";
import { withResponseChaining } from "../../src/apdu/channels/response-chaining.ts";
import { type CommandApdu, encodeCommand } from "../../src/apdu/command.ts";
import { fromHex, toHex } from "../../src/apdu/hex.ts";
import { decodeResponse } from "../../src/apdu/response.ts";

const none = new Uint8Array();

/** A card that gives these answers in turn, and remembers what it was asked. */
function scripted(...answers: string[]) {
  const asked: string[] = [];
  const channel: Channel = {
    async transmit(command) {
      asked.push(toHex(encodeCommand(command)));
      return decodeResponse(fromHex(answers.shift() ?? "6F00"));
    },
  };
  return { asked, channel };
}

const read: CommandApdu = { cla: 0, ins: 0xb0, p1: 0, p2: 0, le: 256 };

describe("response chaining", () => {
  test("leaves a whole answer alone", async () => {
    const { asked, channel } = scripted("AABB9000");
    expect(await withResponseChaining(channel).transmit(read)).toEqual({ data: fromHex("AABB"), sw: 0x9000 });
    expect(asked).toEqual(["00B0000000"]);
  });

  test("fetches what is waiting until nothing is", async () => {
    const { asked, channel } = scripted("AA6100", "BB6101", "CC9000");
    expect(await withResponseChaining(channel).transmit(read)).toEqual({ data: fromHex("AABBCC"), sw: 0x9000 });
    expect(asked).toEqual(["00B0000000", "00C0000000", "00C0000001"]);
  });

  test("fetches the answer of a signature without signing twice", async () => {
    const { asked, channel } = scripted("6102", "AABB9000");
    const sign = { cla: 0x80, ins: 0x2a, p1: 0, p2: 0x80, data: fromHex("01"), le: 256 };
    expect(await withResponseChaining(channel).transmit(sign)).toEqual({ data: fromHex("AABB"), sw: 0x9000 });
    expect(asked).toEqual(["802A0080010100", "80C0000002"]);
  });

  test.each([0xb0, 0xb2, 0xca, 0x84, 0xa4])(
    "repeats reading instruction %i once with the right length",
    async (ins) => {
      const { asked, channel } = scripted("6C02", "6C02", "9000");
      expect(await withResponseChaining(channel).transmit({ ...read, ins })).toEqual({ data: none, sw: 0x6c02 });
      expect(asked.map((command) => command.slice(8))).toEqual(["00", "02"]);
    },
  );

  test("repeats no other instruction, whatever the card says", async () => {
    const reading = new Set([0xb0, 0xb2, 0xca, 0x84, 0xa4, 0xc0]);
    for (let ins = 0; ins < 256; ins++) {
      if (reading.has(ins)) continue;
      const { asked, channel } = scripted("6C04", "9000");
      const answer = await withResponseChaining(channel).transmit({
        cla: 0,
        ins,
        p1: 0,
        p2: 0x80,
        data: fromHex("31"),
      });
      expect([answer.sw, asked.length], String(ins)).toEqual([0x6c04, 1]);
    }
  });
});

describe("command chaining", () => {
  test("leaves a short command alone", async () => {
    const { asked, channel } = scripted("9000");
    await withCommandChaining(channel).transmit({ ...read, data: new Uint8Array(255) });
    expect(asked).toHaveLength(1);
    expect(asked[0]).toMatch(/^00B00000FF/);
  });

  test("sends long data in pieces that make up the whole", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 256, maxLength: 2000 }), async (data) => {
        const pieces: CommandApdu[] = [];
        const channel: Channel = {
          async transmit(command) {
            pieces.push(command);
            return { data: none, sw: 0x9000 };
          },
        };
        await withCommandChaining(channel).transmit({ cla: 0x80, ins: 0xa2, p1: 1, p2: 2, data, le: 256 });
        expect(Buffer.concat(pieces.map((piece) => piece.data ?? none)).equals(data)).toBe(true);
        expect(pieces.map(({ cla }) => cla)).toEqual([...pieces.slice(1).map(() => 0x90), 0x80]);
        expect(pieces.map(({ le }) => le)).toEqual([...pieces.slice(1).map(() => undefined), 256]);
        for (const piece of pieces) expect(encodeCommand(piece).length).toBeLessThanOrEqual(261);
      }),
    );
  });

  test("ends where the card refuses a piece", async () => {
    const { asked, channel } = scripted("9000", "6884");
    expect(await withCommandChaining(channel).transmit({ ...read, data: new Uint8Array(600) })).toMatchObject({
      sw: 0x6884,
    });
    expect(asked).toHaveLength(2);
  });

  test("asks for 256 bytes at most", async () => {
    const { asked, channel } = scripted("9000");
    await withCommandChaining(channel).transmit({ ...read, le: 65536 });
    expect(asked).toEqual(["00B0000000"]);
  });
});
