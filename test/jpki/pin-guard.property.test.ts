import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { verifyPin } from "../../src/jpki/pin/guard.ts";
import { queryReference } from "../../src/jpki/pin/query.ts";
import { reselectApplication } from "../../src/jpki/select.ts";
import { guarded, live, type Presenter, worlds } from "./support/pin-world.ts";
import type { SimulatedReader } from "./support/readers.ts";

/** Whatever is done to whatever card in whatever order; the card's own record is the judge. */
const promise = (presenterFor: (minTries: number) => Presenter) =>
  fc.asyncProperty(worlds, async (world) => {
    await live(world, presenterFor(world.minTries));
  });

const parameters = { seed: 20261122, numRuns: 1500 };

test("no sequence of commands takes the last try, sends a PIN twice or reports what the card did not record", async () => {
  await fc.assert(promise(guarded), parameters);
}, 120_000);

test("the sequences do send PINs: right ones, wrong ones, and with exactly two tries left", async () => {
  const events = (
    await Promise.all(fc.sample(worlds, { ...parameters, numRuns: 300 }).map((world) => live(world, guarded(2))))
  ).flatMap((reader) => reader.events);
  expect(events.filter(({ matched }) => matched).length).toBeGreaterThan(50);
  expect(events.filter(({ matched }) => !matched).length).toBeGreaterThan(50);
  expect(events.filter(({ before }) => before === 2).length).toBeGreaterThan(20);
}, 120_000);

describe("the property finds a guard that", () => {
  const sent = (before: number, after: number | null) => ({ pinSent: true, triesBefore: before, triesAfter: after });

  /** Goes around the fence, straight to the simulated card, as no code of ours can. */
  const sendPast = (reader: SimulatedReader, p2: number, pin: Uint8Array) =>
    reader.card.transmit(Uint8Array.of(0x00, 0x20, 0x00, p2, pin.length, ...pin));

  const withFloor =
    (floor: number, times = 1): Presenter =>
    async (card, reference, pin, reader) => {
      if (!(await reselectApplication(card, reference.application))) return { ...sent(0, 0), pinSent: false };
      const { counter, p2 } = await queryReference(card, reference);
      const tries = counter.remaining;
      if (p2 === null || tries === null || tries < floor) {
        return { pinSent: false, triesBefore: tries, triesAfter: tries };
      }
      for (let time = 0; time < times; time++) sendPast(reader, p2, pin.bytes());
      return sent(tries, null);
    };

  const dishonest: Presenter = async (card, reference, pin) => {
    const report = await verifyPin(card, reference, pin, { minTries: 2 });
    return { ...report, triesAfter: report.triesBefore };
  };

  test.each([
    ["has no floor", withFloor(1)],
    ["sends again", withFloor(3, 2)],
    ["misreports the counter after a success", dishonest],
  ])("%s", async (_, presenter) => {
    const outcome = await fc.check(
      promise(() => presenter),
      { ...parameters, numRuns: 500 },
    );
    expect(outcome.failed).toBe(true);
  });
});
