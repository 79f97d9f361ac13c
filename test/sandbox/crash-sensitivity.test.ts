import path from "node:path";
import { describe, expect, test } from "vitest";
import { campaign } from "./support/crash/campaign.ts";
import { worsePlatform } from "./support/crash/platform-process.ts";
import { crashSeed, crashTime } from "./support/crash/settings.ts";
import { temporaryFolder } from "./support/sandbox.ts";

/**
 * That a power cut loses what was not flushed (`synchronous = OFF`), kill -9 cannot show: the operating system goes on
 * and writes it.
 */
describe("the judge of crashes finds a platform that", () => {
  test.each([
    ["acknowledges before it commits", /lost: |session was lost|proposal-unknown|instead of/],
    ["forgets what it answered", /remembered answer|became .* when asked again|done twice|two answers/],
    ["changes step by step", /audit log is broken|instead of|failed/],
  ])("%s", { timeout: crashTime }, async (fault, finding) => {
    const database = path.join(temporaryFolder(), "sandbox.db");
    const found = campaign({ database, start: worsePlatform(fault), processes: 1, kills: 40, seed: crashSeed });
    await expect(found).rejects.toThrow(finding);
  });
});
