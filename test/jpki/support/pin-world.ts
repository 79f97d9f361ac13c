import fc from "fast-check";
import { MynakitError, type PinReport } from "../../../src/errors.ts";
import type { PinId, PinReference } from "../../../src/jpki/applications.ts";
import { type Card, withCard } from "../../../src/jpki/card.ts";
import { readCertificate } from "../../../src/jpki/certificate/read.ts";
import { changePin, verifyPin } from "../../../src/jpki/pin/guard.ts";
import type { Pin } from "../../../src/jpki/pin/pin.ts";
import { parsePin } from "../../../src/jpki/pin/policy.ts";
import { readCounters } from "../../../src/jpki/pin/query.ts";
import { pinReference } from "../../../src/jpki/pin/references.ts";
import { selectApplication } from "../../../src/jpki/select.ts";
import type { CardImage } from "../../../src/simulator/image.ts";
import type { PinEvent } from "../../../src/simulator/os.ts";
import { connect, type SimulatedReader, simulatedReader } from "./readers.ts";

/** Presents a PIN: `verifyPin`, or a worse way to do it. */
export type Presenter = (card: Card, reference: PinReference, pin: Pin, reader: SimulatedReader) => Promise<PinReport>;

/** Changes a PIN: `changePin`, or a worse way to do it. */
export type Changer = (
  card: Card,
  reference: PinReference,
  pins: { readonly old: Pin; readonly new: Pin },
  reader: SimulatedReader,
) => Promise<PinReport>;

export interface Guard {
  readonly present: Presenter;
  readonly change: Changer;
}

export const guarded = (minTries: number): Guard => ({
  present: (card, reference, pin) => verifyPin(card, reference, pin, { minTries }),
  change: (card, reference, pins) => changePin(card, reference, pins, { minTries }),
});

const ids = ["auth", "sign", "text", "text-b"] as const satisfies readonly PinId[];
type Id = (typeof ids)[number];

export type Step =
  | { readonly kind: "query" | "read" }
  | { readonly kind: "select"; readonly application: "jpki" | "text" | "visual" | "isd" }
  | { readonly kind: "verify" | "change"; readonly id: Id; readonly right: boolean };

export interface World {
  /** Counters as published at most: what a success fills them to is then what the facts say. */
  readonly tries: Readonly<Record<Id, { readonly remaining: number; readonly max: number }>>;
  readonly switches: Pick<
    CardImage["switches"],
    "query" | "lockedVerify" | "shortFileId" | "verifiedOutlivesApplication"
  >;
  readonly faults: Partial<CardImage["faults"]>;
  readonly minTries: number;
  /** Holds one after the other, with what befalls the card before each. */
  readonly holds: readonly {
    readonly before: "nothing" | "reset" | "removal" | "spent-by-others";
    readonly steps: readonly Step[];
  }[];
}

const counter = (published: number) =>
  fc
    .tuple(fc.integer({ min: 1, max: published }), fc.integer({ min: 0, max: published }))
    .map(([max, remaining]) => ({ max, remaining: Math.min(max, remaining) }));

const refusal = fc.constantFrom(null, null, "6A82", "6A86", "6D00");
const step = fc.oneof(
  fc.record({ kind: fc.constantFrom("query" as const, "read" as const) }),
  fc.record({ kind: fc.constant("select" as const), application: fc.constantFrom("jpki", "text", "visual", "isd") }),
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constantFrom("verify" as const, "change" as const),
      id: fc.constantFrom(...ids),
      right: fc.boolean(),
    }),
  },
) as fc.Arbitrary<Step>;

/** A card that answers wrongly, but does not claim tries or a success that are not so: no client could see through that. */
const falseAnswer = fc.record({
  command: fc.integer({ min: 1, max: 12 }),
  sw: fc.constantFrom("6F00", "6A82", "6A86", "6D00", "6982", "6700", "6C04", "6104", "6985"),
});
const fault = fc.oneof(
  { weight: 3, arbitrary: fc.constant({}) },
  fc.record({ removeAfter: fc.integer({ min: 1, max: 14 }) }),
  fc.record({ garbageAt: fc.integer({ min: 1, max: 14 }) }),
  fc.record({ answerAt: falseAnswer }),
);

export const worlds: fc.Arbitrary<World> = fc.record({
  tries: fc.record({ auth: counter(3), sign: counter(5), text: counter(3), "text-b": counter(10) }),
  switches: fc.record({
    query: fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom("counter", "9000-when-verified") },
      fc.constantFrom("9000", "6300", "6F00"),
    ),
    lockedVerify: fc.constantFrom("6983" as const, "6984" as const),
    shortFileId: fc.record({ read: refusal, verify: refusal, sign: refusal }),
    verifiedOutlivesApplication: fc.boolean(),
  }),
  faults: fault,
  minTries: fc.constantFrom(2, 2, 2, 0, -1, 3),
  holds: fc.array(
    fc.record({
      before: fc.constantFrom("nothing", "reset", "removal", "spent-by-others"),
      steps: fc.array(step, { minLength: 1, maxLength: 6 }),
    }),
    { minLength: 1, maxLength: 6 },
  ),
});

/** Lives through a world. @throws {Error} where the card's own record shows a broken promise */
export async function live(world: World, guard: Guard): Promise<SimulatedReader> {
  const reader = simulatedReader({ change: (image) => shape(image, world) });
  for (const { before, steps } of world.holds) {
    befall(reader, before);
    const work = withCard(reader, { connect }, async (card) => {
      for (const each of steps) await take(reader, card, each, guard);
    });
    await work.catch(expected);
    const last = reader.dispositions.at(-1);
    const verified = reader.card.session.verified.size > 0;
    if (verified) throw new Error(`left a verified card behind with ${last}`);
  }
  return reader;
}

function shape(image: CardImage, world: World): void {
  Object.assign(image.switches, structuredClone(world.switches));
  Object.assign(image.faults, world.faults);
  for (const pin of image.pins) Object.assign(pin, (world.tries as Record<string, object>)[pin.id]);
}

function befall(reader: SimulatedReader, event: World["holds"][number]["before"]): void {
  if (event === "reset") reader.card.reset();
  if (event === "removal") reader.card.powerOff();
  if (event !== "spent-by-others") return;
  for (const pin of reader.image.pins) pin.remaining = Math.max(0, pin.remaining - 1);
}

async function take(reader: SimulatedReader, card: Card, step: Step, guard: Guard): Promise<void> {
  switch (step.kind) {
    case "query":
      await readCounters(card, ids);
      return;
    case "read":
      await readCertificate(card, "auth").catch(expected);
      return;
    case "select":
      await selectApplication(card, step.application).catch(expected);
      return;
    case "verify":
    case "change":
      await sendAndCheck(reader, card, step, guard);
  }
}

async function sendAndCheck(
  reader: SimulatedReader,
  card: Card,
  { kind, id, right }: Extract<Step, { kind: "verify" | "change" }>,
  guard: Guard,
): Promise<void> {
  const seen = reader.events.length;
  const before = { tries: remaining(reader, id), value: heldValue(reader, id) };
  const reference = pinReference(id);
  const pin = pinFor(reader, id, right);
  const replacement = parsePin(reference, another(before.value));
  const sending =
    kind === "verify"
      ? guard.present(card, reference, pin, reader)
      : guard.change(card, reference, { old: pin, new: replacement }, reader);
  const report = await sending.catch(reportOf);
  const events = reader.events.slice(seen);
  compareTries(reader, id, before.tries, report, events);
  compareValues(before.value, heldValue(reader, id), report, events);
}

function compareTries(
  reader: SimulatedReader,
  id: Id,
  before: number,
  report: PinReport,
  events: readonly PinEvent[],
): void {
  const [event, second] = events.filter(({ command }) => command === "verify");
  const told = JSON.stringify(report);
  if (second) throw new Error("a PIN was sent twice");
  if (event && event.before < 2) throw new Error(`a PIN was sent with ${event.before} tries left`);
  if (before >= 1 && remaining(reader, id) === 0) throw new Error("the last try is gone");
  if (event && !report.pinSent) throw new Error(`the card saw a PIN, the report did not: ${told}`);
  if (!knownTo(report.triesBefore, before)) throw new Error(`${before} tries before, but: ${told}`);
  if (!knownTo(report.triesAfter, remaining(reader, id)))
    throw new Error(`${remaining(reader, id)} after, but: ${told}`);
}

function compareValues(
  before: string,
  after: string,
  { changed = false }: PinReport,
  events: readonly PinEvent[],
): void {
  const [change, second] = events.filter(({ command }) => command === "change");
  if (second) throw new Error("a change was sent twice");
  if (change && !change.matched) throw new Error("a change was sent without the old PIN");
  if (changed !== null && changed !== (before !== after)) throw new Error(`changed: ${changed}, but ${after} holds`);
  if (after !== before && after !== another(before)) throw new Error(`a PIN that nobody chose: ${after}`);
}

const knownTo = (told: number | null, real: number) => told === null || told === real;

function remaining(reader: SimulatedReader, id: PinId): number {
  return reader.image.pins.find((pin) => pin.id === id)?.remaining ?? 0;
}

function heldValue(reader: SimulatedReader, id: PinId): string {
  return reader.image.pins.find((pin) => pin.id === id)?.value ?? "";
}

/** Of the same form, without the digit of which the wrong PINs consist. */
function another(value: string): string {
  return value.replace(/[0-9]/g, (digit) => String((Number(digit) % 9) + 1));
}

function pinFor(reader: SimulatedReader, id: PinId, right: boolean): Pin {
  const value = heldValue(reader, id);
  return parsePin(pinReference(id), right ? value : "0".repeat(value.length));
}

function reportOf(error: unknown): PinReport {
  expected(error);
  return (error as MynakitError).pin;
}

function expected(error: unknown): void {
  if (!(error instanceof MynakitError)) throw error;
}
