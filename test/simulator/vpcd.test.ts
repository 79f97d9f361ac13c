import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { setTimeout } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { fromHex, toHex } from "../../src/apdu/hex.ts";
import { encodeFrame, FrameReader, vpcdControl } from "../../src/apdu/readers/vpcd-frames.ts";
import { MynakitError } from "../../src/errors.ts";
import { simulateCard } from "../../src/simulator/card.ts";
import { insertIntoVpcd } from "../../src/simulator/vpcd.ts";
import { type CardOptions, imageOf, jpki, testCard, verify } from "./cards.ts";
import { cardContract } from "./contract.ts";

const sleep = (ms: number, signal?: AbortSignal) => setTimeout(ms, undefined, signal ? { signal } : {});

/** The reader's side, as vpcd plays it: it listens, and asks one thing at a time. */
async function virtualReader() {
  const server = createServer({ noDelay: true });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const port = (server.address() as AddressInfo).port;
  return {
    port,
    async card() {
      const [socket]: Socket[] = await once(server, "connection");
      if (!socket) throw new Error("no card");
      return cardInReader(socket);
    },
    close: () => server.close(),
  };
}

function cardInReader(socket: Socket) {
  const frames = new FrameReader();
  const answers: Uint8Array[] = [];
  const waiting: ((answer: Uint8Array) => void)[] = [];
  socket.on("error", () => {});
  socket.on("data", (chunk) => {
    for (const frame of frames.push(chunk)) {
      const resolve = waiting.shift();
      if (resolve) resolve(frame);
      else answers.push(frame);
    }
  });
  const tell = (...payload: number[]) => void socket.write(encodeFrame(Uint8Array.from(payload)));
  const ask = (...payload: number[]) => {
    const answer = new Promise<Uint8Array>((resolve) => waiting.push(resolve));
    tell(...payload);
    return answer;
  };
  return { socket, tell, ask, send: async (command: string) => toHex(await ask(...fromHex(command))) };
}

async function inserted(options?: CardOptions) {
  const reader = await virtualReader();
  const { card, image } = testCard(options);
  card.powerOff();
  const hand = new AbortController();
  const inReader = reader.card();
  const ending = insertIntoVpcd({
    card,
    host: "127.0.0.1",
    port: reader.port,
    signal: hand.signal,
    connectTimeout: 0,
    sleep,
  });
  return { image, ending, hand, reader, ...(await inReader) };
}

cardContract("in a virtual reader", async (options) => {
  const { tell, send, hand, ending, reader } = await inserted(options);
  tell(vpcdControl.powerOn);
  return {
    send,
    async coldStart() {
      tell(vpcdControl.powerOff);
      tell(vpcdControl.powerOn);
    },
    warmReset: async () => tell(vpcdControl.reset),
    async close() {
      hand.abort();
      await ending;
      reader.close();
    },
  };
});

describe("a card in a virtual reader", () => {
  test("is ready when the reader has asked for its ATR, which it then has", async () => {
    const reader = await virtualReader();
    const hand = new AbortController();
    let announce = () => {};
    const ready = new Promise<void>((resolve) => {
      announce = resolve;
    });
    const { card } = testCard();
    const inReader = reader.card();
    const insertion = { card, host: "127.0.0.1", port: reader.port, signal: hand.signal, connectTimeout: 0, sleep };
    const ending = insertIntoVpcd({ ...insertion, onReady: announce });
    const { ask } = await inReader;
    expect(toHex(await ask(vpcdControl.atr))).toBe("3BDA13FF8131FB468012392F31C173C601C03B");
    await ready;
    hand.abort();
    expect(await ending).toBe("taken-out");
    reader.close();
  });

  test("that is mute shows an ATR longer than any", async () => {
    const { ask, hand, ending, reader } = await inserted({ profile: "mute" });
    expect((await ask(vpcdControl.atr)).length).toBe(34);
    hand.abort();
    await ending;
    reader.close();
  });

  test("comes out when the reader lets go, and has lost its power", async () => {
    const { socket, tell, send, ending, reader } = await inserted();
    tell(vpcdControl.powerOn);
    expect(await send(jpki)).toBe("9000");
    socket.destroy();
    expect(await ending).toBe("reader-closed");
    reader.close();
  });

  test("that is pulled out midway closes its connection", async () => {
    const { socket, tell, send, ending, image, reader } = await inserted({ faults: { removeAfter: 2 } });
    const closed = once(socket, "close");
    tell(vpcdControl.powerOn);
    expect(await send(jpki)).toBe("9000");
    tell(...fromHex(verify("0000", "98")));
    expect(await ending).toBe("removed");
    await closed;
    expect(image.pins[0]?.remaining).toBe(2);
    reader.close();
  });

  test("whose counter cannot be made durable comes out with that error", async () => {
    const reader = await virtualReader();
    const trouble = new MynakitError("ERR_IO_WRITE", { path: "card.json", reason: "ENOSPC" });
    const persist = () => {
      throw trouble;
    };
    const card = simulateCard({ image: imageOf(), persist });
    const inReader = reader.card();
    const { signal } = new AbortController();
    const ending = insertIntoVpcd({ card, host: "127.0.0.1", port: reader.port, signal, connectTimeout: 0, sleep });
    const { tell, send } = await inReader;
    tell(vpcdControl.powerOn);
    await send(jpki);
    tell(...fromHex(verify("1234", "98")));
    await expect(ending).rejects.toBe(trouble);
    reader.close();
  });

  test("whose reader is not there yet waits for it, and names it where it never comes", async () => {
    const { port, close } = await virtualReader();
    close();
    const { card } = testCard();
    const { signal } = new AbortController();
    const waits: number[] = [];
    const insertion = {
      card,
      host: "127.0.0.1",
      port,
      signal,
      connectTimeout: 100,
      sleep: async (ms: number) => void waits.push(ms),
    };
    await expect(insertIntoVpcd(insertion)).rejects.toMatchObject({
      code: "ERR_READER_UNREACHABLE",
      details: { address: `127.0.0.1:${port}`, reason: "ECONNREFUSED" },
    });
    expect(waits).toEqual([50, 50]);
    expect(await insertIntoVpcd({ ...insertion, signal: AbortSignal.abort() })).toBe("taken-out");
  });
});
