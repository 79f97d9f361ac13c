import fc from "fast-check";
import { expect, test } from "vitest";
import { emptyTally, live } from "./support/live.ts";
import { names, operations } from "./support/operations.ts";
import { worlds } from "./support/world.ts";

/** MYNAKIT_GUARD_STEPS asks for a longer life, MYNAKIT_GUARD_SEED for another one; a failure prints its seed. */
const steps = Number(process.env.MYNAKIT_GUARD_STEPS ?? 100_000);
const seed = Number(process.env.MYNAKIT_GUARD_SEED ?? 20261122);
/** A world has at least so many on average. */
const stepsInWorld = 20;

test(
  "whatever is done to whatever card, the last try stays, no PIN is sent twice, and every report is the card's own record",
  async () => {
    const tally = emptyTally();
    const started = performance.now();
    await fc.assert(
      fc.asyncProperty(worlds(names), (world) => live(world, operations, tally)),
      { seed, numRuns: Math.ceil(steps / stepsInWorld) },
    );
    const rate = Math.round((tally.steps * 1000) / (performance.now() - started));
    process.stdout.write(`${rate} steps a second: ${JSON.stringify(tally)}\n`);
    expect(tally.steps).toBeGreaterThanOrEqual(steps);
    // True for want of events it is not.
    for (const count of Object.values(tally)) expect(count).toBeGreaterThan(steps / 2000);
  },
  Math.max(600_000, steps * 10),
);
