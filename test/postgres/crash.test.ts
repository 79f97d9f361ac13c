import { expect, test } from "vitest";
import { campaign } from "../sandbox/support/crash/campaign.ts";
import { compiledPlatform } from "../sandbox/support/crash/platform-process.ts";
import { crashKills, crashSeed, crashTime } from "../sandbox/support/crash/settings.ts";
import { freshDatabase } from "./support/database.ts";
import { strike } from "./support/strike.ts";

test(
  "two platforms on one PostgreSQL, each of which is killed while the other goes on, and PostgreSQL itself is killed too",
  async ({ annotate }) => {
    const tally = await campaign({
      database: await freshDatabase(),
      start: compiledPlatform(),
      processes: 2,
      kills: crashKills,
      seed: crashSeed,
      strikeDatabase: strike,
      databaseKills: 5,
    });
    await annotate(JSON.stringify(tally));
    expect(tally).toMatchObject({ kills: crashKills, databaseKills: 5 });
    expect(Math.min(tally.met, tally.unanswered, tally.acknowledged), JSON.stringify(tally)).toBeGreaterThan(0);
  },
  crashTime,
);
