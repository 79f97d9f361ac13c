import { sw, triesFromStatus } from "../../apdu/status.ts";
import { type ApplicationName, type PinId, type PinReference, pinReferences } from "../applications.ts";
import type { Card } from "../hold.ts";
import { refusesShortFileId, selectApplication, selectFile, shortFileId } from "../select.ts";

export type PinState = "ok" | "low" | "last-try" | "locked" | "verified" | "unknown" | "absent";

export interface PinCounter {
  readonly id: PinId;
  /** Tries left; null: the card did not say. */
  readonly remaining: number | null;
  /** Tries after a correct entry; null: not published, or the card has more left than that. */
  readonly max: number | null;
  readonly state: PinState;
}

export interface Query {
  readonly counter: PinCounter;
  /**
   * The P2 with which the card answered: a VERIFY sent with the same P2, and nothing in between, meets the same PIN.
   * Null where there was no answer.
   */
  readonly p2: number | null;
}

/** P2 of VERIFY: "the internal file that is selected"; with a short file id in its low five bits, that one. */
const currentFile = 0x80;
const referenceNotFound = 0x6a88;

/**
 * Reads one counter without spending a try.
 * @throws {MynakitError} ERR_CARD_ANSWER where the application cannot be selected; what a channel throws
 */
export async function readCounter(card: Card, reference: PinReference): Promise<PinCounter> {
  if (!(await selectApplication(card, reference.application))) return countAs(reference, "absent");
  return (await queryReference(card, reference)).counter;
}

/**
 * Reads several counters with one SELECT for each application that they are in.
 * @returns them in the order of `ids`
 */
export async function readCounters(card: Card, ids: readonly PinId[]): Promise<PinCounter[]> {
  const wanted = pinReferences.filter(({ id }) => ids.includes(id));
  const counters = new Map<PinId, PinCounter>();
  for (const application of new Set<ApplicationName>(wanted.map((reference) => reference.application))) {
    const present = await selectApplication(card, application);
    for (const reference of wanted.filter((each) => each.application === application)) {
      const counter = present ? (await queryReference(card, reference)).counter : countAs(reference, "absent");
      counters.set(reference.id, counter);
    }
  }
  return ids.flatMap((id) => counters.get(id) ?? []);
}

/**
 * The 4-byte empty VERIFY to a PIN of the current application: by short file id, and where the card refuses that,
 * after SELECT of the file. Source: JICSAP 1.1, 6.4.9 (5); ISO/IEC 7816-4:2020, 11.6.6.
 * @throws {MynakitError} what a channel throws
 */
export async function queryReference(card: Card, reference: PinReference): Promise<Query> {
  if (card.memory.shortFileIds) {
    const p2 = currentFile | shortFileId(reference.file);
    const status = await askCounter(card, p2);
    if (!refusesShortFileId(status)) return answered(card, reference, p2, status);
  }
  const query = await querySelected(card, reference);
  if (query.p2 !== null) card.memory.shortFileIds = false;
  return query;
}

/**
 * As `queryReference`, but the file is selected in any case, and stays so.
 * @throws {MynakitError} what a channel throws
 */
export async function querySelected(card: Card, reference: PinReference): Promise<Query> {
  const selected = await selectFile(card, reference.file);
  if (selected === sw.notFound) return { counter: countAs(reference, "absent"), p2: null };
  if (selected !== sw.ok) return { counter: countAs(reference, "unknown"), p2: null };
  return answered(card, reference, currentFile, await askCounter(card, currentFile));
}

/** What the answer to a query says. An absent PIN is one whose file, not whose short id alone, is not found. */
function counterOf(reference: PinReference, status: number): PinCounter {
  if (status === sw.notFound || status === referenceNotFound) return countAs(reference, "absent");
  const tries = triesFromStatus(status);
  if (tries.kind === "remaining") return countedAs(reference, tries.tries);
  if (tries.kind === "locked") return countedAs(reference, 0);
  return countAs(reference, tries.kind === "verified" ? "verified" : "unknown");
}

async function askCounter(card: Card, p2: number): Promise<number> {
  return (await card.transmit({ cla: 0x00, ins: 0x20, p1: 0x00, p2 })).sw;
}

function answered(card: Card, reference: PinReference, p2: number, status: number): Query {
  const counter = counterOf(reference, status);
  if (counter.state === "verified") card.memory.verifiedSeen = true;
  return { counter, p2 };
}

function countedAs(reference: PinReference, remaining: number): PinCounter {
  const max = reference.max !== null && remaining > reference.max ? null : reference.max;
  return { id: reference.id, remaining, max, state: stateOf(remaining, max) };
}

function stateOf(remaining: number, max: number | null): PinState {
  if (remaining === 0) return "locked";
  if (remaining === 1) return "last-try";
  return remaining === 2 && max !== 2 ? "low" : "ok";
}

function countAs(reference: PinReference, state: "absent" | "verified" | "unknown"): PinCounter {
  return { id: reference.id, remaining: null, max: reference.max, state };
}
