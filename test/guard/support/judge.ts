import type { PinReport } from "../../../src/errors.ts";
import type { PinId } from "../../../src/jpki/applications.ts";
import type { CardProcess, SharedCard } from "./shared-card.ts";
import type { Use } from "./world.ts";

export interface Evidence {
  readonly use: Use;
  readonly id: PinId;
  readonly process: CardProcess;
  readonly outcome: PinReport | "killed";
  readonly shared: SharedCard;
}

/**
 * Compares what an operation did, and what it says of that, with the card's own record.
 * @throws {Error} that names the broken promise
 */
export function judge(evidence: Evidence): void {
  checkSending(evidence);
  if (evidence.outcome === "killed") return;
  const { process, id, shared } = evidence;
  const handed = process.handedOver.includes("verify");
  if (handed && shared.card.session.verified.has(id) && process.sightings.length > 0) {
    throw new Error("left a verified card behind");
  }
  if (handed) checkSent(evidence, evidence.outcome);
  else checkUnsent(evidence, evidence.outcome);
  checkChanged(evidence, evidence.outcome);
}

function checkSending({ use, id, process }: Evidence): void {
  const events = process.events.filter(({ command }) => command === "verify");
  const handed = process.handedOver.filter((command) => command === "verify");
  const changes = process.handedOver.filter((command) => command === "change");
  if (handed.length > 1) throw new Error("a PIN was sent twice");
  if (changes.length > 1) throw new Error("a change was sent twice");
  if (use.entry === "malformed" && handed.length > 0) throw new Error("a malformed PIN was sent");
  const floor = Math.max(2, Number.isNaN(use.minTries) ? 2 : use.minTries);
  for (const { reference, before, after } of events) {
    if (before < floor) throw new Error(`a PIN was sent with ${before} tries left`);
    if (before >= 1 && after === 0) throw new Error("the last try is gone");
    if (reference !== id) throw new Error(`the ${id} PIN was sent as ${reference}`);
  }
  const unproven = process.events.find(({ command, matched }) => command === "change" && !matched);
  if (unproven && !process.struck) throw new Error("a change was sent without the old PIN");
}

/** Null, not known, only where something came between or the card hides its counter. */
function checkSent({ id, process, shared }: Evidence, report: PinReport): void {
  const told = JSON.stringify(report);
  const event = process.events.find(({ command }) => command === "verify");
  const before = event?.before ?? process.sightings.at(-1)?.get(id) ?? null;
  if (!report.pinSent) throw new Error(`a PIN was sent, the report denies it: ${told}`);
  if (report.triesBefore !== before) throw new Error(`${before} tries before, but: ${told}`);
  const after = event?.after ?? before;
  if (report.triesAfter === null && (process.struck || isOdd(shared))) return;
  if (report.triesAfter !== after) throw new Error(`${after} tries after, but: ${told}`);
}

/** Where nothing was sent, the counter is that of one of the holds. */
function checkUnsent({ id, process }: Evidence, report: PinReport): void {
  const told = JSON.stringify(report);
  if (report.pinSent) throw new Error(`no PIN was sent, but: ${told}`);
  if (report.triesAfter !== report.triesBefore) throw new Error(`nothing was sent, but: ${told}`);
  const seen = process.sightings.map((counters) => counters.get(id));
  if (report.triesBefore !== null && !seen.includes(report.triesBefore)) throw new Error(`${seen} tries, but: ${told}`);
}

function checkChanged({ process, shared }: Evidence, { changed = false }: PinReport): void {
  const made = process.events.some(({ command, matched }) => command === "change" && matched);
  const unknowable = process.handedOver.includes("change") && (process.struck || isOdd(shared));
  if (changed === null ? !unknowable : changed !== made) throw new Error(`changed: ${changed}, but the card: ${made}`);
}

/** True where the card itself hides its counter or answers wrongly. */
function isOdd({ image: { switches, faults } }: SharedCard): boolean {
  return switches.query !== "counter" || Object.values(faults).some(Boolean);
}
