import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { createInterface } from "node:readline";
import { describe, expect, test } from "vitest";
import { campaign } from "./support/crash/campaign.ts";
import { clockEnv } from "./support/crash/clock.ts";
import type { StartPlatform } from "./support/crash/platform-process.ts";
import { crashSeed, crashTime } from "./support/crash/settings.ts";
import { temporaryFolder } from "./support/sandbox.ts";

const script = path.join(import.meta.dirname, "support", "crash", "worse-platform.ts");

const worse =
  (fault: string): StartPlatform =>
  (database, capacity) => {
    const words = ["--import", "tsx", script, fault, database, `${capacity}`];
    const child = spawn(process.execPath, words, {
      env: { PATH: process.env.PATH, ...clockEnv },
      stdio: ["ignore", "pipe", "ignore"],
    });
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    return {
      url: lines.next().then(({ value }) => value),
      ended: once(child, "exit").then(([code]) => ({ code, stderr: "" })),
      signal: (signal) => child.kill(signal),
    };
  };

/**
 * That a power cut loses what was not flushed (`synchronous = OFF`), kill -9 cannot show: the operating system goes on
 * and writes it.
 */
describe("the judge of crashes finds a platform that", () => {
  test.each([
    ["acknowledges before it commits", /lost: |session was lost|proposal-unknown|instead of/],
    ["forgets what it answered", /remembered answer|became .* when asked again|done twice/],
    ["changes step by step", /audit log is broken|instead of|failed/],
  ])("%s", { timeout: crashTime }, async (fault, finding) => {
    const database = path.join(temporaryFolder(), "sandbox.db");
    const found = campaign({ database, start: worse(fault), processes: 1, kills: 40, seed: crashSeed });
    await expect(found).rejects.toThrow(finding);
  });
});
