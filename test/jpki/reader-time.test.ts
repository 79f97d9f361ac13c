import { describe, expect, test } from "vitest";
import { least, peers, type Task } from "../../bench/peers.ts";
import { spentBy, spentByMynakit, tasks } from "../../bench/reader-time.ts";

/** Commands by extended and by short length. */
const expected: Readonly<Record<Task, readonly [extended: number, short: number]>> = {
  status: [19, 22],
  tries: [10, 10],
  certificate: [4, 7],
  login: [12, 15],
  document: [13, 17],
  attributes: [13, 16],
  apply: [25, 32],
};

describe("what mynakit sends to the card", () => {
  test.each(tasks)("for %s is counted", async (task) => {
    const [extended, short] = await Promise.all([true, false].map((length) => spentByMynakit(task, length)));
    expect([extended?.apdus, short?.apdus]).toEqual(expected[task]);
  });

  test("for a login takes two holds, and for an application three", async () => {
    const holds = await Promise.all(
      (["login", "apply"] as const).map(async (task) => (await spentByMynakit(task, true)).holds),
    );
    expect(holds).toEqual([2, 3]);
  });

  /** Reading the proof of the attributes is more than the others do; one sequence reads a certificate with its filler. */
  const withProof: readonly Task[] = ["attributes", "apply"];
  const compared = peers.filter(({ task, extendedLength }) => !withProof.includes(task) && !extendedLength);

  test.each(compared)("for $task is no more than $client sends", async ({ task, steps }) => {
    expect((await spentByMynakit(task, true)).apdus).toBeLessThanOrEqual(spentBy(steps).apdus);
  });

  test.each(["status", "tries", "certificate"] as const)("for %s is nearly what cannot be avoided", async (task) => {
    const { bytes } = await spentByMynakit(task, true);
    expect(bytes).toBeLessThan(1.1 * spentBy(least[task]).bytes);
  });
});
