import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import type { CardConnection } from "../../src/apdu/reader.ts";
import { applications, jpkiFiles } from "../../src/jpki/applications.ts";
import { simBackend } from "../../src/simulator/backend.ts";
import type { CardImage } from "../../src/simulator/image.ts";
import type { PinEvent } from "../../src/simulator/os.ts";
import { profiles } from "../../src/simulator/profiles.ts";
import { simStore } from "../../src/simulator/store.ts";
import { today } from "./cards.ts";
import { temporaryHome } from "./homes.ts";

const signal = new AbortController().signal;
const options = { waitForCard: 0, signal };

const selectJpki = { cla: 0, ins: 0xa4, p1: 4, p2: 0x0c, data: applications.jpki.aid };
const verifyAuth = (pin: string) => ({
  cla: 0,
  ins: 0x20,
  p1: 0,
  p2: 0x80 + jpkiFiles.authPin,
  data: new Uint8Array(Buffer.from(pin)),
});
const queryAuth = { cla: 0, ins: 0x20, p1: 0, p2: 0x80 + jpkiFiles.authPin };
const sign = { cla: 0x80, ins: 0x2a, p1: 0, p2: 0x80 + jpkiFiles.authKey, data: Uint8Array.of(1), le: 256 };

const statusOf = async (connection: CardConnection, ...commands: Parameters<CardConnection["transmit"]>[0][]) => {
  const answers = [];
  for (const command of commands) answers.push((await connection.transmit(command)).sw.toString(16));
  return answers;
};

describe("the store", () => {
  test("lists standard before anything was made, and makes no file for it", async () => {
    using host = temporaryHome();
    expect(await simStore(host).list()).toEqual([
      {
        name: "standard",
        uri: "sim:standard",
        profile: "standard",
        createdAt: null,
        atr: "3BDA13FF8131FB468012392F31C173C601C03B",
      },
    ]);
    expect(readdirSync(host.home)).toEqual([]);
  });

  test("makes a card of a profile under its own name, once, and lists it", async () => {
    using host = temporaryHome();
    const store = simStore(host);
    const made = await store.create("locked", { profile: "auth-locked" });
    expect(made).toMatchObject({
      name: "locked",
      uri: "sim:locked",
      profile: "auth-locked",
      createdAt: today.toISOString(),
    });
    expect(made.pins[0]).toEqual({ id: "auth", value: "1234", remaining: 0, max: 3, verifies: 0, lastTryBurnt: false });
    expect((await store.list()).map(({ name }) => name)).toEqual(["standard", "locked"]);
    await expect(store.create("locked", { profile: "standard" })).rejects.toMatchObject({
      code: "ERR_USAGE_SIM_EXISTS",
    });
    expect(await store.show("locked")).toEqual(made);
    expect(statSync(path.join(host.home, "sim")).mode & 0o777).toBe(0o700);
  });

  test("gives one of two makers the name, the other the error", async () => {
    using host = temporaryHome();
    const makers = [simStore(host), simStore(host)].map((store) => store.create("card", { profile: "standard" }));
    const results = await Promise.allSettled(makers);
    expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });

  test("refuses unknown profiles and names, naming those there are", async () => {
    using host = temporaryHome();
    const store = simStore(host);
    await expect(store.create("card", { profile: "nobody" })).rejects.toMatchObject({
      code: "ERR_USAGE_SIM_PROFILE",
      details: { given: "nobody", profiles: Object.keys(profiles) },
    });
    for (const verb of ["show", "reset", "delete"] as const) {
      await expect(store[verb]("nobody")).rejects.toMatchObject({
        code: "ERR_READER_NOT_FOUND",
        details: { given: "sim:nobody", readers: ["sim:standard"] },
      });
      await expect(store[verb]("../x")).rejects.toMatchObject({ code: "ERR_USAGE_SIM_NAME" });
    }
  });

  test("makes a card new again: counters, record and certificates, with the same serial numbers", async () => {
    using host = temporaryHome();
    const store = simStore(host);
    const before = await store.create("card", { profile: "standard", seed: "elsewhere" });
    const { card, release } = await store.hold("card", { signal });
    card.powerOn();
    card.transmit(Buffer.from("00A4040C0AD392F000260100000001", "hex"));
    card.transmit(Buffer.from("002000980430303030", "hex"));
    release();
    expect((await store.show("card")).pins[0]).toMatchObject({ remaining: 2, verifies: 1 });
    expect(await store.reset("card")).toEqual(before);
  });

  test("deletes a card, also one whose file is garbage, and says whether there was one", async () => {
    using host = temporaryHome();
    const store = simStore(host);
    expect(await store.delete("standard")).toEqual({ name: "standard", deleted: false });
    await store.show("standard");
    writeFileSync(path.join(host.home, "sim", "standard.json"), "garbage");
    expect(await store.delete("standard")).toEqual({ name: "standard", deleted: true });
    expect(existsSync(path.join(host.home, "sim", "standard.json"))).toBe(false);
  });

  test("describes every profile with its PINs", () => {
    using host = temporaryHome();
    const described = simStore(host).profiles();
    expect(described.map(({ name }) => name)).toEqual(Object.keys(profiles));
    expect(described.find(({ name }) => name === "auth-last-try")?.pins[0]).toEqual({
      id: "auth",
      value: "1234",
      remaining: 1,
      max: 3,
    });
    expect(described.find(({ name }) => name === "suica")?.pins).toEqual([]);
  });
});

describe("the back end", () => {
  test("lists made cards and standard, a mute one without ATR", async () => {
    using host = temporaryHome();
    await simStore(host).create("silent", { profile: "mute" });
    const readers = await simBackend(host).list();
    expect(readers.map(({ uri, backend, card }) => [uri, backend, card?.atr?.length])).toEqual([
      ["sim:standard", "sim", 19],
      ["sim:silent", "sim", undefined],
    ]);
  });

  test("makes a card named like a profile by opening it, but no other", async () => {
    using host = temporaryHome();
    const backend = simBackend(host);
    const reader = await backend.open("short-only", options);
    expect(reader).toMatchObject({ uri: "sim:short-only", simulated: true });
    const connection = await reader.connect(options);
    expect(connection).toMatchObject({ reader: "sim:short-only", extendedLength: false });
    await connection.disconnect("unpower");
    expect(readdirSync(path.join(host.home, "sim"))).toEqual(["short-only.json", "short-only.log"]);
    await expect(backend.open("nobody", options)).rejects.toMatchObject({ code: "ERR_READER_NOT_FOUND" });
    await expect(backend.open("", options)).rejects.toMatchObject({ code: "ERR_USAGE_SIM_NAME" });
  });

  test("holds the card from connect to disconnect, which may be called twice", async () => {
    using host = temporaryHome();
    const backend = simBackend(host);
    const reader = await backend.open("standard", options);
    const connection = await reader.connect(options);
    expect(connection.extendedLength).toBe(true);
    await expect(reader.connect(options)).rejects.toMatchObject({ code: "ERR_READER_BUSY" });
    await connection.disconnect("unpower");
    await connection.disconnect("unpower");
    await expect(connection.transmit(selectJpki)).rejects.toMatchObject({ code: "ERR_CARD_REMOVED" });
    await (await reader.connect(options)).disconnect("leave");
  });

  test("a mute card is named and let go", async () => {
    using host = temporaryHome();
    const reader = await simBackend(host).open("mute", options);
    for (let time = 0; time < 2; time++) {
      await expect(reader.connect(options)).rejects.toMatchObject({
        code: "ERR_CARD_MUTE",
        details: { reader: "sim:mute" },
      });
    }
  });

  test.each([
    ["leave", "9000"],
    ["reset", "9000"],
    ["unpower", "6982"],
  ] as const)("after %s the key of a verified PIN answers %s", async (disposition, answer) => {
    using host = temporaryHome();
    const reader = await simBackend(host).open("standard", options);
    const first = await reader.connect(options);
    expect(await statusOf(first, selectJpki, verifyAuth("1234"))).toEqual(["9000", "9000"]);
    await first.disconnect(disposition);
    const second = await reader.connect(options);
    expect(await statusOf(second, selectJpki, sign)).toEqual(["9000", answer]);
    await second.disconnect("unpower");
  });

  test("another back end, as another process, finds the counter of the first and no verified state", async () => {
    using host = temporaryHome();
    const events: PinEvent[] = [];
    const first = await (
      await simBackend({ ...host, record: (event) => events.push(event) }).open("standard", options)
    ).connect(options);
    expect(await statusOf(first, selectJpki, verifyAuth("1234"), verifyAuth("0000"))).toEqual(["9000", "9000", "63c2"]);
    await first.disconnect("leave");
    const second = await (await simBackend(host).open("standard", options)).connect(options);
    expect(await statusOf(second, selectJpki, queryAuth, sign)).toEqual(["9000", "63c2", "6982"]);
    await second.disconnect("leave");
    expect(events.map(({ matched }) => matched)).toEqual([true, false]);
  });

  test("a card pulled out midway is named, and its state is kept", async () => {
    using host = temporaryHome();
    const reader = await simBackend(host).open("removed-midway", options);
    const connection = await reader.connect(options);
    await statusOf(connection, selectJpki, queryAuth, queryAuth, queryAuth);
    await expect(connection.transmit(verifyAuth("0000"))).rejects.toMatchObject({ code: "ERR_CARD_REMOVED" });
    await expect(connection.transmit(queryAuth)).rejects.toMatchObject({ code: "ERR_CARD_REMOVED" });
    await connection.disconnect("leave");
    expect((await simStore(host).show("removed-midway")).pins[0]?.remaining).toBe(2);
  });

  test("a slow card takes its time for each command", async () => {
    using host = temporaryHome();
    await simStore(host).create("slow", { profile: "standard" });
    const file = path.join(host.home, "sim", "slow.json");
    const image: CardImage = JSON.parse(readFileSync(file, "utf8"));
    image.faults.slowMs = 250;
    writeFileSync(file, JSON.stringify(image));
    const waits: number[] = [];
    const sleep = async (ms: number) => void waits.push(ms);
    const connection = await (await simBackend({ ...host, sleep }).open("slow", options)).connect(options);
    await statusOf(connection, selectJpki, queryAuth);
    await connection.disconnect("unpower");
    expect(waits).toEqual([250, 250]);
  });
});
