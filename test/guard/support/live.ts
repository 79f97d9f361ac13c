import { MynakitError, noPinTouched, type PinReport } from "../../../src/errors.ts";
import { type PinId, type PinReference, pinIds } from "../../../src/jpki/applications.ts";
import type { Card } from "../../../src/jpki/card.ts";
import { readCertificate } from "../../../src/jpki/certificate/read.ts";
import { Pin } from "../../../src/jpki/pin/pin.ts";
import { parsePin } from "../../../src/jpki/pin/policy.ts";
import { readCounters } from "../../../src/jpki/pin/query.ts";
import { pinReference } from "../../../src/jpki/pin/references.ts";
import { selectApplication } from "../../../src/jpki/select.ts";
import { judge } from "./judge.ts";
import type { Attempt, PinOperation } from "./operations.ts";
import { type CardProcess, type SharedCard, sharedCard } from "./shared-card.ts";
import { cardOf, type Detour, pinOf, type Step, type Use, type World } from "./world.ts";

/** What happened in a life: that the property is not true for want of events. */
export interface Tally {
  steps: number;
  sent: number;
  wrong: number;
  atTwo: number;
  changed: number;
  killedAfterSending: number;
  refusedRivals: number;
  spentByRivals: number;
}

export const emptyTally = (): Tally => ({
  steps: 0,
  sent: 0,
  wrong: 0,
  atTwo: 0,
  changed: 0,
  killedAfterSending: 0,
  refusedRivals: 0,
  spentByRivals: 0,
});

export type Operations = Readonly<Record<string, PinOperation>>;

/** Lives through a world. @throws {Error} where the card's own record shows a broken promise */
export async function live(world: World, operations: Operations, tally: Tally = emptyTally()): Promise<void> {
  const life: Life = { shared: sharedCard(cardOf(world)), operations, tally, verifies: 0 };
  for (const step of world.steps) await take(life, step);
  checkTotals(life);
}

interface Life {
  readonly shared: SharedCard;
  readonly operations: Operations;
  readonly tally: Tally;
  /** All that were seen to reach the card. */
  verifies: number;
}

async function take(life: Life, step: Step): Promise<void> {
  const { card, image } = life.shared;
  switch (step.kind) {
    case "use":
      life.tally.steps += step.uses.length;
      await Promise.all(step.uses.map((use) => perform(life, use)));
      return;
    case "rival":
      rival(life, pinOf(pinIds, step), step.right);
      break;
    case "warm-reset":
      card.reset();
      break;
    case "power-off":
      card.powerOff();
      break;
    case "unblocked":
      for (const pin of image.pins) pin.remaining = pin.max;
  }
  life.tally.steps += 1;
}

function rival(life: Life, id: PinId, right: boolean): void {
  const { shared, tally } = life;
  const pin = shared.image.pins.find((each) => each.id === id);
  if (!pin) return;
  const before = pin.verifies;
  if (!shared.rival(id, right ? pin.value : "?")) tally.refusedRivals += 1;
  tally.spentByRivals += pin.verifies - before;
  life.verifies += pin.verifies - before;
  // Others may burn a last try; that is not held against us.
  pin.lastTryBurnt = false;
}

async function perform(life: Life, use: Use): Promise<void> {
  const operation = life.operations[use.operation];
  if (!operation) throw new TypeError(`no operation ${use.operation}`);
  const id = pinOf(operation.ids, use);
  const process = life.shared.process(use);
  const attempt = attemptOf(life, use, id);
  const outcome = await Promise.race([operation.run(process.reader, attempt).catch(reportOf), process.killed]);
  judge({ use, id, process, outcome, shared: life.shared });
  life.verifies += process.events.filter(({ command }) => command === "verify").length;
  count(life.tally, process, outcome);
}

function attemptOf(life: Life, use: Use, id: PinId): Attempt {
  const reference = pinReference(id);
  const held = () => life.shared.image.pins.find((pin) => pin.id === id)?.value ?? wellFormed(reference);
  return {
    id,
    options: { connect: { waitForCard: 0, signal: new AbortController().signal }, minTries: use.minTries },
    typed() {
      if (use.rival) rival(life, id, use.rival === "right");
      if (use.entry === "malformed") return malformed(reference, use.flaw);
      return parsePin(reference, use.entry === "right" ? held() : wellFormed(reference));
    },
    replacement: () => parsePin(reference, another(held())),
    detour: async (card) => {
      for (const each of use.detours) await detour(card, each).catch(harmless);
    },
  };
}

async function detour(card: Card, kind: Detour): Promise<void> {
  if (kind === "query") await readCounters(card, pinIds);
  else if (kind === "read") await readCertificate(card, "auth");
  else await selectApplication(card, kind);
}

function harmless(error: unknown): void {
  if (!(error instanceof MynakitError)) throw error;
}

/** No card has this PIN. */
const wellFormed = ({ form }: PinReference): string => "0".repeat(form.min);

/** Of the same form, without the digit of which the wrong PINs consist. */
const another = (value: string): string => value.replace(/[0-9]/g, (digit) => String((Number(digit) % 9) + 1));

/** As typed text, or as a `Pin` that was made for something else. */
function malformed(reference: PinReference, flaw: number): Pin {
  const { min, max } = reference.form;
  const wiped = parsePin(reference, wellFormed(reference));
  wiped.wipe();
  const ways: readonly (() => Pin)[] = [
    () => wiped,
    () => Pin.fromAscii(""),
    () => Pin.fromAscii("1".repeat(max + 1)),
    () => Pin.fromAscii("1".repeat(min - 1)),
    () => Pin.fromAscii("a".repeat(max)),
    ...["", " ", "1".repeat(max + 1), "1".repeat(min - 1), "é".repeat(min), `${"1".repeat(min)} `, "-".repeat(max)].map(
      (text) => () => parsePin(reference, text),
    ),
  ];
  return (ways[flaw % ways.length] ?? (() => wiped))();
}

function reportOf(error: unknown): PinReport {
  return error instanceof MynakitError ? error.pin : noPinTouched;
}

function count(tally: Tally, process: CardProcess, outcome: PinReport | "killed"): void {
  const verifies = process.events.filter(({ command }) => command === "verify");
  tally.sent += verifies.length;
  tally.wrong += verifies.filter(({ matched }) => !matched).length;
  tally.atTwo += verifies.filter(({ before }) => before === 2).length;
  tally.changed += process.events.filter(({ command, matched }) => command === "change" && matched).length;
  if (outcome === "killed" && verifies.length > 0) tally.killedAfterSending += 1;
}

/** The card counts every VERIFY durably, beside what it tells: none may have come from nowhere. */
function checkTotals({ shared: { image }, verifies }: Life): void {
  const counted = image.pins.reduce((sum, pin) => sum + pin.verifies, 0);
  if (counted !== verifies) throw new Error(`the card counted ${counted} PINs, ${verifies} were seen`);
  for (const pin of image.pins) if (pin.lastTryBurnt) throw new Error(`the last try of ${pin.id} is gone`);
}
