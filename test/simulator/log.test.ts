import { mkdirSync, rmdirSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { parseDialogue } from "../../src/apdu/channels/dialogue.ts";
import { simBackend } from "../../src/simulator/backend.ts";
import { cardLog, readLog } from "../../src/simulator/log.ts";
import { simStore } from "../../src/simulator/store.ts";
import { jpki, verify } from "./cards.ts";
import { temporaryHome } from "./homes.ts";

const signal = new AbortController().signal;

describe("a card's log", () => {
  test("keeps its newest sessions within its bound, each from its beginning", () => {
    using host = temporaryHome();
    const file = path.join(host.home, "card.log");
    const log = cardLog(file);
    for (let session = 0; session < 3000; session++) {
      for (const line of [
        "atr 3B00",
        `> 00A40000${(session % 256).toString(16).toUpperCase().padStart(2, "0")}`,
        "< 9000",
      ])
        log.write(line);
      for (let pair = 0; pair < 3; pair++) for (const line of ["> 00B0000000", "< 6986"]) log.write(line);
    }
    log.close();
    expect(statSync(file).size).toBeLessThan(300 * 1024);
    const lines = parseDialogue(readLog(file));
    expect(lines[0]?.kind).toBe("atr");
    expect(lines.filter(({ kind }) => kind === "atr").length * 9).toBe(lines.length);
    expect(readLog(file)).toMatch(/> 00A40000B7\n< 9000\n(> 00B0000000\n< 6986\n){3}$/);
  });

  test("that ends in the middle of a line is read as far as it is whole", () => {
    using host = temporaryHome();
    const file = path.join(host.home, "card.log");
    writeFileSync(file, "atr 3B00\n> 00A4");
    expect(readLog(file)).toBe("atr 3B00\n");
  });

  test("that cannot be written lets nothing reach the card", async () => {
    using host = temporaryHome();
    const store = simStore(host);
    await store.create("card", { profile: "standard" });
    mkdirSync(path.join(host.home, "sim", "card.log"));
    const connection = (await simBackend(host).open("card", { waitForCard: 0, signal })).connect({
      waitForCard: 0,
      signal,
    });
    await expect(connection).rejects.toMatchObject({ code: "ERR_IO_WRITE" });
    rmdirSync(path.join(host.home, "sim", "card.log"));
    (await store.hold("card", { signal })).release();
  });

  test("takes bytes that are no command, and a card that is gone, as remarks", async () => {
    using host = temporaryHome();
    const store = simStore(host);
    await store.create("card", { profile: "standard", settings: ["removeAfter=3"] });
    const { card, release } = await store.hold("card", { signal });
    card.powerOn();
    card.transmit(Uint8Array.of(0, 0xa4));
    card.transmit(Buffer.from(jpki, "hex"));
    expect(() => card.transmit(Buffer.from(verify("1234", "98"), "hex"))).toThrow("pulled out");
    release();
    const log = await store.log("card", { clear: false });
    expect(log.split("\n").slice(1, -1)).toEqual([
      "atr 3BDA13FF8131FB468012392F31C173C601C03B",
      "# 2 bytes that are no command",
      "# answered 6700",
      `> ${jpki}`,
      "< 9000",
      "> 0020009804 [PIN 4]",
      "# no response: CardVanished",
    ]);
  });
});

describe("what a client left verified", () => {
  test.each([
    ["leave", ["auth"]],
    ["unpower", []],
  ] as const)("after %s stands in the card's file", async (disposition, verified) => {
    using host = temporaryHome();
    const reader = await simBackend(host).open("standard", { waitForCard: 0, signal });
    const connection = await reader.connect({ waitForCard: 0, signal });
    const data = new Uint8Array(Buffer.from("1234"));
    await connection.transmit({
      cla: 0,
      ins: 0xa4,
      p1: 4,
      p2: 0x0c,
      data: new Uint8Array(Buffer.from(jpki.slice(10), "hex")),
    });
    expect((await connection.transmit({ cla: 0, ins: 0x20, p1: 0, p2: 0x98, data })).sw).toBe(0x9000);
    await connection.disconnect(disposition);
    const { facts } = await simStore(host).show("standard");
    expect(facts.get("verified")).toBe(verified.join() || "none");
  });
});
