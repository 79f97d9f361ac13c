import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { setTimeout as realSleep } from "node:timers/promises";
import { afterEach, describe, expect, test } from "vitest";
import { fromHex, toHex } from "../../src/apdu/hex.ts";
import type { Reader, ReaderBackend } from "../../src/apdu/reader.ts";
import { vpcdBackend } from "../../src/apdu/readers/vpcd.ts";
import { encodeFrame, FrameReader } from "../../src/apdu/readers/vpcd-frames.ts";
import type { Sleep } from "../../src/apdu/readers/waiting.ts";

const atr = "3B80800101";
const select = { cla: 0, ins: 0xa4, p1: 4, p2: 12 };
const sockets: Socket[] = [];
const backends: ReaderBackend[] = [];

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  for (const backend of backends.splice(0)) await backend.close();
});

/** Time does not pass at all, or in an instant: what a limit leads to needs no waiting. */
const standing: Sleep = (_ms, signal) => new Promise((_resolve, reject) => signal?.addEventListener("abort", reject));
const flying: Sleep = (_ms, signal) => realSleep(30, undefined, { signal });

async function listening(sleep: Sleep = standing): Promise<Reader> {
  const backend = vpcdBackend({ sleep });
  backends.push(backend);
  return backend.open("127.0.0.1:0", options());
}

const options = (signal = new AbortController().signal) => ({ waitForCard: 0, signal });

interface PluggedCard {
  readonly socket: Socket;
  /** All that the reader has sent, as hexadecimal. */
  readonly seen: string[];
}

/** A card plugged into the reader; an answer of null is silence. */
async function plug(reader: Reader, answer: (payload: string) => string | null): Promise<PluggedCard> {
  const socket = connect(Number(reader.uri.split(":").at(-1)), "127.0.0.1");
  sockets.push(socket);
  const frames = new FrameReader();
  const seen: string[] = [];
  socket.on("data", (chunk) => {
    for (const payload of frames.push(chunk)) {
      seen.push(toHex(payload));
      const reply = payload.length === 1 && payload[0] !== 4 ? null : answer(toHex(payload));
      if (reply !== null) socket.write(encodeFrame(fromHex(reply)));
    }
  });
  await once(socket, "connect");
  return { socket, seen };
}

const wellBehaved = (payload: string) => (payload === "04" ? atr : "9000");

describe("a vpcd reader of ours", () => {
  test("powers a card that plugs itself in, and talks to it [rows 11, 28]", async () => {
    const reader = await listening();
    const connecting = reader.connect(options());
    const { seen } = await plug(reader, wellBehaved);
    const connection = await connecting;
    expect(toHex(connection.atr)).toBe(atr);
    expect(await connection.transmit(select)).toEqual({ data: new Uint8Array(), sw: 0x9000 });
    expect(seen).toEqual(["01", "04", "00A4040C"]);
  });

  test("keeps the card plugged from one hold to the next, one at a time", async () => {
    const reader = await listening();
    const { seen } = await plug(reader, wellBehaved);
    const first = await reader.connect(options());
    await expect(reader.connect(options())).rejects.toMatchObject({ code: "ERR_READER_BUSY" });
    await first.disconnect("unpower");
    await first.disconnect("unpower");
    const second = await reader.connect(options());
    await first.disconnect("unpower");
    await expect(reader.connect(options())).rejects.toMatchObject({ code: "ERR_READER_BUSY" });
    await second.transmit(select);
    expect(seen).toEqual(["01", "04", "00", "01", "04", "00A4040C"]);
  });

  test("turns a second card away", async () => {
    const reader = await listening();
    await plug(reader, wellBehaved);
    await reader.connect(options());
    const { socket } = await plug(reader, wellBehaved);
    await once(socket, "close");
  });

  test("misses a card that does not come, for as long as it may wait", async () => {
    const reader = await listening(flying);
    await expect(reader.connect(options())).rejects.toMatchObject({ code: "ERR_CARD_ABSENT" });
    const stop = new AbortController();
    const waiting = (await listening()).connect({ waitForCard: Number.POSITIVE_INFINITY, signal: stop.signal });
    stop.abort("SIGINT");
    await expect(waiting).rejects.toMatchObject({ code: "ERR_CANCELLED", details: { signal: "SIGINT" } });
  });

  test("waits for as long as is asked, however short, and says so once where no card is there", async () => {
    const waits: number[] = [];
    const reader = await listening((ms, signal) => {
      waits.push(ms);
      return flying(ms, signal);
    });
    let told = 0;
    const waiting = () => {
      told += 1;
    };
    const patient = { ...options(), waitForCard: 20, waiting };
    await expect(reader.connect(patient)).rejects.toMatchObject({ code: "ERR_CARD_ABSENT" });
    expect({ waits, told }).toEqual({ waits: [20], told: 1 });
    await plug(reader, wellBehaved);
    await (await reader.connect(patient)).disconnect("leave");
    expect(told).toBe(1);
  });

  test.each([
    ["no ATR", () => ""],
    ["a malformed ATR", () => "FFFF"],
    ["silence", () => null],
  ])("calls a card with %s mute", async (_name, answer) => {
    const reader = await listening(flying);
    await plug(reader, answer);
    await expect(reader.connect(options())).rejects.toMatchObject({ code: "ERR_CARD_MUTE" });
  });

  test("knows a card that is pulled midway, between commands, and that answers nothing", async () => {
    for (const trouble of ["midway", "between", "nothing"]) {
      const reader = await listening();
      const { socket } = await plug(reader, (payload) => {
        if (payload !== "04" && trouble === "midway") socket.destroy();
        return payload === "04" ? atr : "";
      });
      const connection = await reader.connect(options());
      if (trouble === "between") {
        socket.destroy();
        await once(socket, "close");
      }
      await expect(connection.transmit(select), trouble).rejects.toMatchObject({ code: "ERR_CARD_REMOVED" });
    }
  });

  test("gives up a card that never answers, and takes no late answer from it", async () => {
    const reader = await listening(flying);
    const { socket } = await plug(reader, (payload) => (payload === "04" ? atr : null));
    const connection = await reader.connect(options());
    await expect(connection.transmit(select)).rejects.toMatchObject({ code: "ERR_CARD_TIMEOUT" });
    if (!socket.closed) await once(socket, "close");
    await expect(connection.transmit(select)).rejects.toMatchObject({ code: "ERR_CARD_REMOVED" });
  });

  test("says where it cannot listen", async () => {
    const taken = (await listening()).uri.slice("vpcd:".length);
    const backend = vpcdBackend({ sleep: standing });
    await expect(backend.open(taken, options())).rejects.toMatchObject({
      code: "ERR_READER_LISTEN",
      details: { address: taken },
    });
    for (const name of ["", "127.0.0.1", ":35963", "127.0.0.1:99999", "127.0.0.1:x"]) {
      await expect(backend.open(name, options())).rejects.toMatchObject({ code: "ERR_USAGE_READER" });
    }
  });
});
