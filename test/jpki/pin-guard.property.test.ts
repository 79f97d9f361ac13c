import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { MynakitError } from "../../src/errors.ts";
import { changePin, verifyPin } from "../../src/jpki/pin/guard.ts";
import { queryReference } from "../../src/jpki/pin/query.ts";
import { reselectApplication } from "../../src/jpki/select.ts";
import { type Changer, type Guard, guarded, live, type Presenter, worlds } from "./support/pin-world.ts";
import type { SimulatedReader } from "./support/readers.ts";

/** Whatever is done to whatever card in whatever order; the card's own record is the judge. */
const promise = (guardFor: (minTries: number) => Guard) =>
  fc.asyncProperty(worlds, async (world) => {
    await live(world, guardFor(world.minTries));
  });

const parameters = { seed: 20261122, numRuns: 1500 };

test("no sequence of commands takes the last try, sends a PIN twice, or reports what the card did not record", async () => {
  await fc.assert(promise(guarded), parameters);
}, 120_000);

test("the sequences do send PINs: right ones, wrong ones, with exactly two tries left, and in place of another", async () => {
  const all = (
    await Promise.all(fc.sample(worlds, { ...parameters, numRuns: 300 }).map((world) => live(world, guarded(2))))
  ).flatMap((reader) => reader.events);
  const events = all.filter(({ command }) => command === "verify");
  expect(all.length - events.length).toBeGreaterThan(50);
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

  /** Takes a failure for proof that nothing was changed. */
  const sure: Changer = async (card, reference, pins) => {
    try {
      return await changePin(card, reference, pins, { minTries: 2 });
    } catch (error) {
      const { pin } = error as MynakitError;
      return { ...pin, changed: false };
    }
  };

  const optimist: Changer = async (card, reference, pins) => ({
    ...(await verifyPin(card, reference, pins.old, { minTries: 2 })),
    changed: true,
  });

  const changesAgain: Changer = async (card, reference, pins, reader) => {
    const report = await changePin(card, reference, pins, { minTries: 2 });
    const bytes = pins.new.bytes();
    reader.card.transmit(Uint8Array.of(0x00, 0x24, 0x01, 0x80, bytes.length, ...bytes));
    return report;
  };

  test.each<[string, Partial<Guard>]>([
    ["has no floor", { present: withFloor(1) }],
    ["sends again", { present: withFloor(3, 2) }],
    ["misreports the counter after a success", { present: dishonest }],
    [
      "has no floor for a change",
      { change: (card, reference, { old }, reader) => withFloor(1)(card, reference, old, reader) },
    ],
    ["is sure that a failed change changed nothing", { change: sure }],
    ["claims a change that it did not make", { change: optimist }],
    ["changes again", { change: changesAgain }],
  ])("%s", async (_, worse) => {
    const outcome = await fc.check(
      promise((minTries) => ({ ...guarded(minTries), ...worse })),
      { ...parameters, numRuns: 500 },
    );
    expect(outcome.failed).toBe(true);
  });
});
