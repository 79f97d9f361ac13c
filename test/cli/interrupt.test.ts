import { execFileSync } from "node:child_process";
import { closeSync, constants, openSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect } from "vitest";
import { recordOf, setFaults } from "./support/cards.ts";
import { failed, failedInWords } from "./support/documents.ts";
import { test } from "./support/test.ts";

const promptly = 2000;
const show = "cert show sign -r sim:standard";

/** How long it took to end after the signal. */
async function stopped<T>(end: Promise<T>): Promise<{ outcome: T; milliseconds: number }> {
  const started = performance.now();
  const outcome = await end;
  return { outcome, milliseconds: performance.now() - started };
}

/** Resolves when the dialogue with the card has come to these words. */
async function traced(file: string, words: string): Promise<void> {
  await expect.poll(() => readFileSync(file, { encoding: "utf8", flag: "a+" }), { interval: 10 }).toContain(words);
}

describe("a signal", () => {
  test.for(["SIGINT", "SIGTERM"] as const)(
    "%s in the middle of a read ends it with 130",
    async (signal, { home, mynakit, start }) => {
      await mynakit("sim create slow");
      setFaults(home, "slow", { slowMs: 200 });
      const trace = path.join(home, "trace");
      const running = start(`card status -r sim:slow --json --trace ${trace}`);
      await traced(trace, "> ");
      const { outcome, milliseconds } = await stopped(running.stop(signal));
      expect(failed(outcome, "ERR_CANCELLED")).toMatchObject({ pinSent: false, details: { signal } });
      expect(milliseconds).toBeLessThan(promptly);
      setFaults(home, "slow", { slowMs: 0 });
      expect(await mynakit("pin tries -r sim:slow")).toMatchObject({ code: 0 });
    },
  );

  test.for([
    ["standard input", "--pin-stdin"],
    ["another descriptor", "--pin-fd 3"],
    ["a file that is a pipe", "--pin-file fifo"],
  ])("while the password is awaited from %s ends that, with nothing sent", async ([, option], { home, start }) => {
    const trace = path.join(home, "trace");
    const fifo = path.join(home, "fifo");
    execFileSync("mkfifo", ["-m", "600", fifo]);
    const writer = openSync(fifo, constants.O_RDWR);
    const running = start(`${show} ${option} --json --trace ${trace}`, { cwd: home, descriptors: ["pipe"] });
    await traced(trace, "63C5");
    const { outcome, milliseconds } = await stopped(running.stop("SIGINT"));
    closeSync(writer);
    expect(failed(outcome, "ERR_CANCELLED")).toMatchObject({ pinSent: false, triesBefore: 5, triesAfter: 5 });
    expect(milliseconds).toBeLessThan(promptly);
    expect(recordOf(home, "standard", "sign")).toMatchObject({ remaining: 5, verifies: 0 });
  });

  test("is told of in words", async ({ home, mynakit, start }) => {
    await mynakit("sim create slow");
    setFaults(home, "slow", { slowMs: 200 });
    const trace = path.join(home, "trace");
    const running = start(`card status -r sim:slow --lang ja --trace ${trace}`);
    await traced(trace, "> ");
    expect(failedInWords(await running.stop("SIGINT"), "ERR_CANCELLED")).toContain("中止しました。");
  });
});
