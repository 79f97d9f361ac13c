import { describe, expect, test } from "vitest";
import { corpusOf, inputAt } from "../../scripts/fuzz/inputs.ts";
import { fuzz } from "../../scripts/fuzz/run.ts";
import { targets } from "../../scripts/fuzz/targets.ts";

const count = 3000;
/** Of one input, in milliseconds, on a machine that does other things as well. */
const slow = 2000;

describe.each(Object.keys(targets))("%s", (target) => {
  test("answers every damaged input, soon and with little memory, and refuses with what it declares", async () => {
    const figures = await fuzz(target, { count, seed: 20261122 });
    expect(figures.count).toBe(count);
    expect(figures.slowest.milliseconds).toBeLessThan(slow);
  }, 60_000);

  test("takes each input of its corpus", async () => {
    for (const input of corpusOf(target)) {
      await expect((async () => targets[target]?.read(input))().then(() => "taken")).resolves.toBe("taken");
    }
  });
});

test("an input is made again from its seed and its number alone", () => {
  const corpus = corpusOf("tlv");
  expect(inputAt(corpus, 7, 1234)).toEqual(inputAt(corpus, 7, 1234));
  const some = Array.from({ length: 100 }, (_, index) => Buffer.from(inputAt(corpus, 7, index)).toString("hex"));
  expect(new Set(some).size).toBeGreaterThan(90);
});
