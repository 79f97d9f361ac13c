/** Against a real pcscd with vpcd, in private namespaces: run by `scripts/with-pcscd`. */
import { spawn } from "node:child_process";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { Client } from "./support/client.ts";
import { MiniCard, miniAtr } from "./support/mini-card.ts";

const first = "Virtual PCD 00 00";
const second = "Virtual PCD 00 01";

const empty = [
  [first, null],
  [second, null],
];

/** In milliseconds: far less than a process that waits for a reader or a card, however busy the machine is. */
const promptly = 10_000;

let client: Client;
/** Sees the readers as the service does: it notices a card within 0.4 seconds. */
let watcher: Client;
let cards: MiniCard[];

beforeAll(() => {
  watcher = Client.start();
});

beforeEach(() => {
  client = Client.start();
  cards = [];
});

afterEach(async () => {
  client.kill();
  await Promise.all(cards.map((card) => card.pull()));
  await readersShow(empty);
});

afterAll(() => watcher.kill());

async function insert(...options: Parameters<typeof MiniCard.insert>): Promise<MiniCard> {
  const card = await MiniCard.insert(...options);
  cards.push(card);
  return card;
}

/** The client connected to a mini card in the first reader. */
async function connected(...options: Parameters<typeof MiniCard.insert>): Promise<MiniCard> {
  const card = await insert(...options);
  await client.ask("wait 5000");
  expect(await client.ask(`open ${first}`)).toEqual({ value: `pcsc:${first}` });
  expect(await client.ask("connect")).toMatchObject({ value: { atr: options[0]?.atr ?? miniAtr } });
  return card;
}

async function readersShow(expected: unknown): Promise<void> {
  await expect.poll(async () => (await watcher.ask("list")).value, { timeout: 5000, interval: 20 }).toEqual(expected);
}

async function expectPromptEnd(process: Client = client): Promise<void> {
  const { code, signal, milliseconds } = await process.end();
  expect({ code, signal }).toEqual({ code: 0, signal: null });
  expect(milliseconds).toBeLessThan(promptly);
}

describe("readers without a card", () => {
  test("are listed, and a card is missed at once", async () => {
    expect(await client.ask("list")).toEqual({
      value: [
        [first, null],
        [second, null],
      ],
    });
    await client.ask(`open ${second}`);
    expect(await client.ask("connect")).toEqual({ code: "ERR_CARD_ABSENT", details: { reader: second } });
    expect(await client.ask("open")).toMatchObject({ code: "ERR_CARD_ABSENT" });
    expect(await client.ask("open Virtual PCD")).toMatchObject({ code: "ERR_READER_AMBIGUOUS" });
    expect(await client.ask("open ACR")).toMatchObject({ code: "ERR_READER_NOT_FOUND" });
    await expectPromptEnd();
  });

  test("are waited at until a card comes", async () => {
    await client.ask("list");
    await client.ask("wait 5000");
    const opened = client.ask("open");
    await insert();
    expect(await opened).toEqual({ value: `pcsc:${first}` });
    await expectPromptEnd();
  });
});

describe("a card", () => {
  test("is listed, and held and let go again and again", async () => {
    await connected({ answer: (command) => Uint8Array.of(...command.subarray(0, 2), 0x90, 0x00) });
    for (let turn = 0; turn < 3; turn++) {
      expect(await client.ask("transmit 00B0000004")).toEqual({ value: "00B0 9000" });
      expect(await client.ask("disconnect unpower")).toEqual({ value: null });
      await readersShow([
        [first, miniAtr],
        [second, null],
      ]);
      expect(await client.ask("connect")).toMatchObject({ value: { extendedLength: false } });
    }
    await expectPromptEnd();
  });

  test("is found by the part of a name that several readers share", async () => {
    await insert();
    await readersShow([
      [first, miniAtr],
      [second, null],
    ]);
    expect(await client.ask("open virtual pcd")).toEqual({ value: `pcsc:${first}` });
    await expectPromptEnd();
  });

  test("among two is not guessed", async () => {
    await insert();
    await insert({ port: 35964 });
    await readersShow([
      [first, miniAtr],
      [second, miniAtr],
    ]);
    expect(await client.ask("open")).toMatchObject({
      code: "ERR_READER_AMBIGUOUS",
      details: { readers: [first, second] },
    });
    await expectPromptEnd();
  });

  test("carries a response of 65535 bytes", async () => {
    const answer = new Uint8Array(65535);
    answer.set([0x90, 0x00], 65533);
    await connected({ answer: () => answer });
    const { value } = await client.ask("transmit 00B00000000000");
    expect(String(value).length).toBe(65533 * 2 + 5);
    await expectPromptEnd();
  });

  test("held by another process is busy, and free once that one lets go", async () => {
    await connected();
    const other = Client.start();
    await other.ask(`open ${first}`);
    expect(await other.ask("connect")).toEqual({ code: "ERR_READER_BUSY", details: { reader: first, seconds: 3 } });
    const waiting = other.ask("connect");
    await client.ask("disconnect leave");
    expect(await waiting).toMatchObject({ value: { atr: miniAtr } });
    await expectPromptEnd(other);
    await expectPromptEnd();
  });

  test("held by a process that was killed is free", async () => {
    await connected();
    client.kill();
    client = Client.start();
    await client.ask(`open ${first}`);
    expect(await client.ask("connect")).toMatchObject({ value: { atr: miniAtr } });
    await expectPromptEnd();
  });

  test("pulled between two commands is removed, before the service notices and after", async () => {
    const card = await connected();
    await card.pull();
    expect(await client.ask("transmit 00B0000004")).toEqual({ code: "ERR_CARD_REMOVED", details: { reader: first } });
    await readersShow(empty);
    expect(await client.ask("transmit 00B0000004")).toEqual({ code: "ERR_CARD_REMOVED", details: { reader: first } });
    expect(await client.ask("disconnect unpower")).toEqual({ value: null });
    await client.ask("wait 0");
    expect(await client.ask("connect")).toMatchObject({ code: "ERR_CARD_ABSENT" });
    await insert();
    await client.ask("wait 5000");
    expect(await client.ask("connect")).toMatchObject({ value: { atr: miniAtr } });
    await expectPromptEnd();
  });

  test("pulled in the middle of a command is removed", async () => {
    let asked: () => void = () => {};
    const inTheMiddle = new Promise<void>((resolve) => {
      asked = resolve;
    });
    const card = await connected({
      answer: () => {
        asked();
        return null;
      },
    });
    const answer = client.ask("transmit 00B0000004");
    await inTheMiddle;
    await card.pull();
    expect(await answer).toEqual({ code: "ERR_CARD_REMOVED", details: { reader: first } });
    await expectPromptEnd();
  });

  test("that gives no valid ATR is mute", async () => {
    await insert({ atr: "3B".padEnd(68, "0") });
    await readersShow([
      [first, "mute"],
      [second, null],
    ]);
    await client.ask("open");
    expect(await client.ask("connect")).toEqual({ code: "ERR_CARD_MUTE", details: { reader: first } });
    await expectPromptEnd();
  });

  test("that speaks neither T=0 nor T=1 is mute to us", async () => {
    await insert({ atr: "3B800E8E" });
    await client.ask("wait 5000");
    await client.ask(`open ${first}`);
    expect(await client.ask("connect")).toMatchObject({ code: "ERR_CARD_MUTE" });
    await expectPromptEnd();
  });
});

describe("a card that never answers", () => {
  test("is given up, and does not keep the process", async () => {
    const answers = [Uint8Array.of(0x90, 0x00)];
    client = Client.start({ CLIENT_PACE: "0.1" });
    await connected({ answer: () => answers.shift() ?? null });
    expect(await client.ask("transmit 00B0000004")).toEqual({ value: "9000" });
    const timeout = { code: "ERR_CARD_TIMEOUT", details: { reader: first, seconds: 20 } };
    expect(await client.ask("transmit 00B0000004")).toEqual(timeout);
    expect(await client.ask("transmit 00B0000004")).toEqual(timeout);
    expect(await client.ask("disconnect unpower")).toEqual({ value: null });
    const { signal, milliseconds } = await client.end();
    expect(signal).toBe("SIGKILL");
    expect(milliseconds).toBeLessThan(promptly);
  });
});

describe("the service", () => {
  test("not running is named, with the command that starts it", async () => {
    client.kill();
    client = Client.start({ PCSCLITE_CSOCK_NAME: "/nonexistent" });
    expect(await client.ask("list")).toEqual({
      code: "ERR_PCSC_SERVICE",
      details: { service: "pcscd", command: "sudo systemctl enable --now pcscd.socket" },
    });
    await expectPromptEnd();
  });

  test("killed and started again has stopped, is missed, and is found again", async () => {
    await connected();
    watcher.kill();
    process.kill(Number(process.env.PCSCD_PID), "SIGKILL");
    expect(await client.ask("transmit 00B0000004")).toEqual({
      code: "ERR_PCSC_STOPPED",
      details: { service: "pcscd" },
    });
    expect(await client.ask("disconnect unpower")).toEqual({ value: null });
    await expect.poll(() => client.ask("list"), { interval: 20 }).toMatchObject({ code: "ERR_PCSC_SERVICE" });
    spawn("pcscd", ["--foreground"], { stdio: "ignore" });
    watcher = Client.start();
    await expect.poll(() => watcher.ask("list"), { timeout: 5000, interval: 20 }).toEqual({ value: empty });
    expect(await client.ask("list")).toEqual({ value: empty });
    await connected();
    expect(await client.ask("transmit 00B0000004")).toEqual({ value: "9000" });
    await expectPromptEnd();
  });
});
