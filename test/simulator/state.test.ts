import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { MynakitError } from "../../src/errors.ts";
import { holdLock } from "../../src/simulator/lock.ts";
import { checkName, readState, stateFolder, writeState } from "../../src/simulator/state.ts";
import { simStore } from "../../src/simulator/store.ts";
import { imageOf } from "./cards.ts";
import { startChild, temporaryHome } from "./homes.ts";

const signal = new AbortController().signal;

describe("a card's state file", () => {
  test("is read as it was written, and only its owner can read it", () => {
    using host = temporaryHome();
    const folder = stateFolder(host.home);
    mkdirSync(folder);
    const image = imageOf();
    writeState(folder, image);
    expect(readState(folder, "standard")).toEqual(image);
    expect(statSync(path.join(folder, "standard.json")).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(["standard.json"]);
  });

  test("cut short anywhere, or with any byte changed to nonsense, is named as corrupt", async () => {
    using host = temporaryHome();
    const store = simStore(host);
    await store.create("card", { profile: "standard" });
    const file = path.join(stateFolder(host.home), "card.json");
    const whole = readFileSync(file);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: whole.length - 1 }), async (length) => {
        writeFileSync(file, whole.subarray(0, length));
        await expect(store.show("card")).rejects.toMatchObject({
          code: "ERR_IO_STATE_CORRUPT",
          details: { path: file },
        });
      }),
      { numRuns: 30 },
    );
  });

  test.each([
    ["another format", (image: object) => ({ ...image, format: "mynakit.sim-card/0" })],
    ["a counter below zero", (image: object) => ({ ...image, pins: [{ ...imageOf().pins[0], remaining: -1 }] })],
    ["an unknown field", (image: object) => ({ ...image, extra: true })],
    ["an array", () => []],
  ])("with %s is named as corrupt", (_, change) => {
    using host = temporaryHome();
    const folder = stateFolder(host.home);
    mkdirSync(folder);
    writeFileSync(path.join(folder, "standard.json"), JSON.stringify(change(imageOf())));
    expect(() => readState(folder, "standard")).toThrow(expect.objectContaining({ code: "ERR_IO_STATE_CORRUPT" }));
  });

  test("of an older format says that another version made it", () => {
    using host = temporaryHome();
    const folder = stateFolder(host.home);
    mkdirSync(folder);
    writeFileSync(path.join(folder, "standard.json"), JSON.stringify({ ...imageOf(), format: "mynakit.sim-card/1" }));
    expect(() => readState(folder, "standard")).toThrow(
      expect.objectContaining({
        details: expect.objectContaining({ problem: "format: another version of mynakit made it" }),
      }),
    );
  });

  test("that is no file is an error of reading", () => {
    using host = temporaryHome();
    mkdirSync(path.join(stateFolder(host.home), "standard.json"), { recursive: true });
    expect(() => readState(stateFolder(host.home), "standard")).toThrow(
      expect.objectContaining({ code: "ERR_IO_READ" }),
    );
  });
});

test.each(["", "A", "-a", "a/b", "..", "a.b", "a".repeat(33), "a\n", "カード"])("%j is no name of a card", (name) => {
  expect(() => checkName(name)).toThrow(
    expect.objectContaining({ code: "ERR_USAGE_SIM_NAME", details: { given: name } }),
  );
});

describe("the hold of a card", () => {
  test("is refused within its time while another process has it, and free as soon as that process is killed", async () => {
    using host = temporaryHome();
    await using child = startChild("hold.ts", host.home, "standard");
    expect(await child.line()).toBe("held");
    const store = simStore(host);
    await expect(store.hold("standard", { signal })).rejects.toMatchObject({
      code: "ERR_READER_BUSY",
      details: { reader: "sim:standard", seconds: 2 },
    });
    await expect(store.reset("standard")).rejects.toMatchObject({ code: "ERR_READER_BUSY" });
    await child.kill();
    const { release } = await store.hold("standard", { signal });
    release();
    expect(readdirSync(stateFolder(host.home))).toEqual(["standard.json"]);
  });

  test("is exclusive between processes that contend for it", async () => {
    using host = temporaryHome();
    const file = path.join(host.home, "counter");
    writeFileSync(file, "0");
    const children = Array.from({ length: 4 }, () => startChild("count.ts", host.home, file, "25"));
    expect(await Promise.all(children.map((child) => child.ended()))).toEqual([0, 0, 0, 0]);
    expect(readFileSync(file, "utf8")).toBe("100");
  });

  test("is exclusive within a process, and releasing it twice does not end another's", async () => {
    using host = temporaryHome();
    const options = { sleep: host.sleep, signal, seconds: 1 };
    const first = await holdLock(host.home, "card", options);
    await expect(holdLock(host.home, "card", options)).rejects.toMatchObject({ code: "ERR_READER_BUSY" });
    first.release();
    const second = await holdLock(host.home, "card", options);
    first.release();
    await expect(holdLock(host.home, "card", options)).rejects.toMatchObject({ code: "ERR_READER_BUSY" });
    second.release();
  });

  test("passes over what a process left that has died, even if its number has gone to another", async () => {
    using host = temporaryHome();
    for (const holder of ["4194305-1", "1-999999999999"])
      writeFileSync(path.join(host.home, `card.hold.${holder}`), "");
    const lock = await holdLock(host.home, "card", { sleep: host.sleep, signal, seconds: 0 });
    lock.release();
    expect(readdirSync(host.home)).toEqual([]);
  });

  test("is no longer waited for when the command is interrupted", async () => {
    using host = temporaryHome();
    const held = await holdLock(host.home, "card", { sleep: host.sleep, signal, seconds: 1 });
    const interrupted = AbortSignal.abort("SIGINT");
    await expect(
      holdLock(host.home, "card", { sleep: host.sleep, signal: interrupted, seconds: 1 }),
    ).rejects.toMatchObject({
      code: "ERR_CANCELLED",
      details: { signal: "SIGINT" },
    });
    held.release();
  });

  test("where nothing can be written is an error of writing", async () => {
    const host = { home: "/proc/mynakit", now: () => new Date(), sleep: async () => {} };
    await expect(simStore(host).hold("standard", { signal })).rejects.toBeInstanceOf(MynakitError);
    await expect(simStore(host).hold("standard", { signal })).rejects.toMatchObject({ code: "ERR_IO_WRITE" });
  });
});

describe("kill -9", () => {
  test("between the spending of a try and the comparison costs the try, even of the right PIN, and frees the card", async () => {
    using host = temporaryHome();
    const store = simStore(host);
    await store.create("standard", { profile: "standard" });
    const child = startChild("die-in-verify.ts", host.home);
    expect(await child.ended()).toBe("SIGKILL");
    const { pins } = await store.show("standard");
    expect(pins[0]).toMatchObject({ id: "auth", remaining: 2, verifies: 1, lastTryBurnt: false });
    (await store.hold("standard", { signal })).release();
  });

  test.each([1, 2, 7])("after %i answers loses none of them", async (answers) => {
    using host = temporaryHome();
    const store = simStore(host);
    await using child = startChild("verify-forever.ts", host.home);
    for (let seen = 0; seen < answers; seen++) expect(await child.line()).toBe(seen % 2 === 0 ? "63c2" : "9000");
    await child.kill();
    const [auth] = (await store.show("standard")).pins;
    expect(auth?.verifies).toBeGreaterThanOrEqual(answers);
    expect([1, 2, 3]).toContain(auth?.remaining);
  });
});
