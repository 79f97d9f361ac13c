import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Channel } from "../../src/apdu/channel.ts";
import { withTrace } from "../../src/apdu/channels/trace.ts";
import type { CommandApdu } from "../../src/apdu/command.ts";
import { fromHex, toHex } from "../../src/apdu/hex.ts";
import { replayBackend } from "../../src/apdu/readers/replay.ts";
import { MynakitError } from "../../src/errors.ts";

const options = { waitForCard: 0, signal: new AbortController().signal };
const select: CommandApdu = { cla: 0, ins: 0xa4, p1: 4, p2: 12, data: fromHex("D392F000260100000001") };
const query: CommandApdu = { cla: 0, ins: 0x20, p1: 0, p2: 0x80 };

let folder: string;
let file: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "replay-"));
  file = join(folder, "dialogue.txt");
});

afterEach(() => rm(folder, { recursive: true }));

async function reader(text: string) {
  await writeFile(file, text);
  return replayBackend().open(file, options);
}

async function connection(text: string) {
  return (await reader(text)).connect(options);
}

describe("a replayed dialogue", () => {
  test("answers as it was recorded, with its ATR", async () => {
    const card = await connection(
      "atr 3B80800101\n> 00A4040C0AD392F000260100000001\n< 9000\n> 00200080 04 [PIN 4]\n< 63C2\n",
    );
    expect(toHex(card.atr)).toBe("3B80800101");
    expect(await card.transmit(select)).toMatchObject({ sw: 0x9000 });
    expect(await card.transmit({ ...query, data: fromHex("39393939") })).toMatchObject({ sw: 0x63c2 });
  });

  test("plays what a trace has written", async () => {
    const lines: string[] = [];
    const real: Channel = { transmit: async () => ({ data: fromHex("0102"), sw: 0x9000 }) };
    const applications = [{ aid: select.data ?? new Uint8Array(), personal: [], myNumber: [] }];
    const traced = withTrace(real, {
      sink: { write: (line) => lines.push(line), personal: false },
      atr: fromHex("3B80800101"),
      applications,
    });
    const commands = [select, { cla: 0, ins: 0xb0, p1: 0x86, p2: 0, le: 2 }];
    for (const command of commands) await traced.transmit(command);
    const card = await connection(lines.join("\n"));
    for (const command of commands) expect(await card.transmit(command)).toEqual(await real.transmit(command));
  });

  test("without an ATR has one that says nothing", async () => {
    expect(toHex((await connection("> 00200080\n< 63C3")).atr)).toBe("3B00");
  });

  test("goes on in the next connection", async () => {
    const played = await reader("atr 3B80800101\n> 00200080\n< 63C3\natr 3B00\n> 00200080\n< 63C2\n");
    const first = await played.connect(options);
    expect(await first.transmit(query)).toMatchObject({ sw: 0x63c3 });
    await first.disconnect("unpower");
    const second = await played.connect(options);
    expect(toHex(second.atr)).toBe("3B00");
    expect(await second.transmit(query)).toMatchObject({ sw: 0x63c2 });
    await expect(played.connect(options)).rejects.toMatchObject({ code: "ERR_CARD_ABSENT" });
  });

  test("tells by its commands whether the reader carried extended length", async () => {
    expect((await connection("> 00B0000000\n< 9000")).extendedLength).toBe(false);
    expect((await connection("> 00B00000000000\n< 9000")).extendedLength).toBe(true);
  });

  test("of another command fails with its line, and without the data of the command", async () => {
    const card = await connection("# one\n> 00A4040C02AAAA\n< 9000");
    const error = await card.transmit({ ...query, data: fromHex("31323334") }).catch((caught) => caught);
    expect(error).toBeInstanceOf(MynakitError);
    expect(error).toMatchObject({ code: "ERR_CARD_REPLAY", details: { file, line: 2 } });
    expect(JSON.stringify(error.details)).not.toContain("31323334");
  });

  test("that ends is a card taken away, and so is a command without a response", async () => {
    const ended = await connection("> 00200080\n< 63C3");
    await ended.transmit(query);
    await expect(ended.transmit(query)).rejects.toMatchObject({ code: "ERR_CARD_REMOVED" });
    const unanswered = await connection("> 00200080\n# no response: ERR_CARD_REMOVED");
    await expect(unanswered.transmit(query)).rejects.toMatchObject({ code: "ERR_CARD_REMOVED" });
  });

  test.each([
    ["a concealed answer", "> 00200080\n< **9000", 2],
    ["an answer without a command", "< 9000", 1],
    ["a session that begins before it was connected", "atr 3B00\natr 3B00", 2],
  ])("cannot go past %s", async (_name, text, line) => {
    await expect((await connection(text)).transmit(query)).rejects.toMatchObject({
      code: "ERR_CARD_REPLAY",
      details: { line },
    });
  });

  test("of garbage is refused, and of no file said to be unreadable", async () => {
    await expect(reader("\u0000\u0001PK")).rejects.toMatchObject({ code: "ERR_CARD_REPLAY", details: { line: 1 } });
    await expect(replayBackend().open(join(folder, "none"), options)).rejects.toMatchObject({ code: "ERR_IO_READ" });
    await expect(replayBackend().open(folder, options)).rejects.toMatchObject({ code: "ERR_IO_READ" });
  });
});
