import { expect } from "vitest";
import { cardFile, changeCard, recordOf } from "../cli/support/cards.ts";
import { success } from "../cli/support/documents.ts";
import { test } from "../cli/support/test.ts";
import { seeded } from "./support/random.ts";
import { judgeShots, shoot } from "./support/shots.ts";

/** MYNAKIT_GUARD_ROUNDS asks for more, MYNAKIT_GUARD_SEED for others. */
const rounds = Number(process.env.MYNAKIT_GUARD_ROUNDS ?? 30);
const seed = Number(process.env.MYNAKIT_GUARD_SEED ?? 20261122);

test(
  "processes that run at once, and are killed at any moment, leave the last try, and say what the card recorded",
  async ({ home, mynakit, start }) => {
    const random = seeded(seed);
    success("sim create", await mynakit("sim create target --json"));
    const tally = { shots: 0, sent: 0, killed: 0, withheld: 0 };
    for (let round = 0; round < rounds; round++) {
      const remaining = 1 + random.below(3);
      changeCard(home, "target", (image) => ({
        ...image,
        pins: image.pins.map((pin) => (pin.id === "auth" ? { ...pin, value: "1234", remaining } : pin)),
      }));
      const before = recordOf(home, "target", "auth");
      const together = Array.from({ length: 1 + random.below(3) }, () =>
        shoot(start, "sim:target", { random, kill: random.below(3) === 0, value: before.value }),
      );
      const shots = await Promise.all(together);
      // It parses: no process left half a file behind.
      const after = recordOf(home, "target", "auth");
      judgeShots(shots, before, after);
      tally.shots += shots.length;
      tally.sent += after.verifies - before.verifies;
      tally.killed += shots.filter(({ report }) => report === null).length;
      tally.withheld += shots.filter(({ report }) => report?.pinSent === false).length;
    }
    expect(Math.min(...Object.values(tally)), `${cardFile(home, "target")} ${JSON.stringify(tally)}`).toBeGreaterThan(
      0,
    );
  },
  Math.max(300_000, rounds * 10_000),
);
