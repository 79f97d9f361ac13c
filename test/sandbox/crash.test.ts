import path from "node:path";
import { expect, test } from "vitest";
import { campaign } from "./support/crash/campaign.ts";
import { compiledPlatform } from "./support/crash/platform-process.ts";
import { crashKills, crashSeed, crashTime } from "./support/crash/settings.ts";
import { temporaryFolder } from "./support/sandbox.ts";

test(
  "a platform on SQLite that is killed at any moment loses nothing that it acknowledged, and does nothing twice",
  async ({ annotate }) => {
    const lanes = [0, 1].map((lane) =>
      campaign({
        database: path.join(temporaryFolder(), "sandbox.db"),
        start: compiledPlatform(),
        processes: 1,
        kills: Math.ceil(crashKills / 2),
        seed: crashSeed + lane,
      }),
    );
    for (const tally of await Promise.all(lanes)) {
      await annotate(JSON.stringify(tally));
      expect(Math.min(tally.met, tally.unanswered, tally.acknowledged), JSON.stringify(tally)).toBeGreaterThan(0);
    }
  },
  crashTime,
);
