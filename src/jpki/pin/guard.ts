import type { Channel } from "../../apdu/channel.ts";
import type { CommandApdu } from "../../apdu/command.ts";
import type { ResponseApdu } from "../../apdu/response.ts";
import { sw, triesFromStatus } from "../../apdu/status.ts";
import { MynakitError, type PinReport } from "../../errors.ts";
import type { PinId, PinReference } from "../applications.ts";
import type { Card } from "../hold.ts";
import { reselectApplication, selectFile, unexpectedAnswer } from "../select.ts";
import { isHarmless } from "./fence.ts";
import type { Pin } from "./pin.ts";
import { checkedBytes } from "./policy.ts";
import { type PinCounter, type Query, queryReference, querySelected } from "./query.ts";

/**
 * The one module that sends a PIN to a card, to present it or to change it. It holds the only way past the fence, and never uses it with fewer than
 * two tries left: whatever is typed, scripted, repeated or interrupted, the last try stays.
 */

/** Nothing lowers this floor. */
const leastTries = 2;

interface Gate {
  /** Straight to the card: below everything that might send a command a second time. */
  readonly direct: Channel;
  /** Throws where the work has been cancelled. */
  readonly checkpoint: () => void;
  /** The PINs presented within this hold, each at most once. */
  readonly presented: Set<PinId>;
}

/** The way past each fence. Not exported, and keyed by the fenced channel: nothing else can get through. */
const gates = new WeakMap<Channel, Gate>();

/**
 * A channel that carries harmless commands only, over `open` and each after `checkpoint`. The guard alone reaches
 * `direct`, the same card without decorators that correct and repeat a command.
 * @throws {MynakitError} from `transmit`: ERR_INTERNAL for any other command, which is not sent
 */
export function fence(open: Channel, direct: Channel, checkpoint: () => void): Channel {
  const fenced = { transmit: (command: CommandApdu) => transmitHarmless(open, checkpoint, command) };
  gates.set(fenced, { direct, checkpoint, presented: new Set() });
  return fenced;
}

/** True where a PIN was presented within this hold, or the card said that one stands verified. */
export function mayBeVerified(card: Card): boolean {
  return card.memory.verifiedSeen || gateOf(card).presented.size > 0;
}

/**
 * Refuses before a person is asked what must not be sent.
 * @param minTries the floor that the person set; below two it is two
 * @returns the tries left
 * @throws {MynakitError} ERR_PIN_LOCKED; ERR_PIN_WITHHELD with the reason `unreadable` (also: already verified, absent),
 *   `last-try` or `min-tries`; each with its `PinReport`
 */
export function assertTries(counter: PinCounter, reference: PinReference, minTries: number): number {
  const tries = counter.remaining;
  const pin = notSent(tries);
  if (counter.state === "locked") throw new MynakitError("ERR_PIN_LOCKED", { pin: reference.id }, { pin });
  const floor = Math.max(leastTries, Number.isNaN(minTries) ? leastTries : minTries);
  if (tries !== null && tries >= floor) return tries;
  const reason = tries === null ? "unreadable" : tries < leastTries ? "last-try" : "min-tries";
  const details = { pin: reference.id, reason, tries, minTries: floor } as const;
  throw new MynakitError("ERR_PIN_WITHHELD", details, { pin });
}

/**
 * Presents a PIN, once. Selects its application, asks its counter, and sends only with two tries or more left; never
 * repeats, whatever happens. The card stays verified until the hold ends, which ends that too.
 * @returns what it cost: nothing. `triesAfter` is asked from the card unless a full counter makes it certain.
 * @throws {MynakitError} ERR_PIN_FORMAT, ERR_PIN_WITHHELD, ERR_PIN_LOCKED, ERR_CANCELLED (nothing sent); ERR_PIN_WRONG,
 *   ERR_PIN_LOCKED, ERR_CARD_ANSWER (sent); what a channel throws, sent or not: each with its `PinReport`
 */
export async function verifyPin(
  card: Card,
  reference: PinReference,
  pin: Pin,
  { minTries }: { readonly minTries: number },
): Promise<PinReport> {
  return withBytes(reference, pin, (data) => verify(card, { reference, data, minTries, query: queryReference }));
}

export interface ChangeOptions {
  readonly minTries: number;
  /** Looks at what the old PIN has opened; what it throws keeps that PIN in force. */
  readonly between?: (card: Card) => Promise<void>;
}

/**
 * Replaces a PIN: presents the old one as `verifyPin` does, then sends CHANGE REFERENCE DATA with the new one, once. The
 * file is selected before, as public clients do it, so that both commands mean the same PIN. A failure between them
 * leaves the old one in force. Source: ISO/IEC 7816-4:2020, 11.6.7; jpki/myna, public measurements (myna-card).
 * @throws {MynakitError} what `verifyPin` throws; ERR_CARD_ANSWER to the change. Where `changed` in the `PinReport` is null, the
 *   card did not say; where it is false or absent, nothing was changed
 */
export async function changePin(
  card: Card,
  reference: PinReference,
  pins: { readonly old: Pin; readonly new: Pin },
  { minTries, between }: ChangeOptions,
): Promise<PinReport & { readonly changed: true }> {
  return withBytes(reference, pins.old, (data) =>
    withBytes(reference, pins.new, async (replacement) => {
      const report = await verify(card, { reference, data, minTries, query: querySelected });
      if (between) await lookBetween(card, reference, report, between);
      await change(gateOf(card), replacement, report);
      return { ...report, changed: true };
    }),
  );
}

async function transmitHarmless(open: Channel, checkpoint: () => void, command: CommandApdu): Promise<ResponseApdu> {
  if (!isHarmless(command)) throw bug(`instruction ${command.ins.toString(16)} may only be sent by the PIN guard`);
  checkpoint();
  return open.transmit(command);
}

function gateOf(card: Card): Gate {
  const gate = gates.get(card);
  if (!gate) throw bug("this card is not behind the guard's fence");
  return gate;
}

/** The checked bytes of a PIN for as long as `work` runs. */
async function withBytes<T>(reference: PinReference, pin: Pin, work: (data: Uint8Array) => Promise<T>): Promise<T> {
  const data = checkedBytes(reference, pin);
  try {
    return await work(data);
  } finally {
    data.fill(0);
  }
}

async function readTries(card: Card, reference: PinReference, query: Presentation["query"]): Promise<Query> {
  const present = await reselectApplication(card, reference.application);
  if (present) return query(card, reference);
  return { counter: { id: reference.id, remaining: null, max: reference.max, state: "absent" }, p2: null };
}

interface Presentation {
  readonly reference: PinReference;
  readonly data: Uint8Array;
  readonly minTries: number;
  /** How the PIN is addressed: its counter is asked in that way, and it is sent with the same P2. */
  readonly query: (card: Card, reference: PinReference) => Promise<Query>;
}

/** Asks the counter, and presents a PIN once where enough tries are left. */
async function verify(card: Card, { reference, data, minTries, query }: Presentation): Promise<PinReport> {
  const gate = gateOf(card);
  if (gate.presented.has(reference.id)) throw bug(`the ${reference.id} PIN was already presented in this hold`);
  const { counter, p2 } = await readTries(card, reference, query);
  const tries = assertTries(counter, reference, minTries);
  if (p2 === null) throw bug("a counter without an answer");
  const send = () => {
    gate.presented.add(reference.id);
    return gate.direct.transmit({ cla: 0x00, ins: 0x20, p1: 0x00, p2, data });
  };
  const status = await once(gate, send, { unsent: notSent(tries), unanswered: sent(tries, null) });
  if (status !== sw.ok) throw refusal(reference, status, tries);
  return success(card, reference, tries, query);
}

/** The change means the file that is selected, and whoever reads selects another one. */
async function lookBetween(
  card: Card,
  reference: PinReference,
  verified: PinReport,
  between: (card: Card) => Promise<void>,
): Promise<void> {
  try {
    await between(card);
    const status = await selectFile(card, reference.file);
    if (status !== sw.ok) throw unexpectedAnswer("SELECT", status);
  } catch (error) {
    throw withReport(error, { ...verified, changed: false });
  }
}

/** P1: the new value alone, after a VERIFY of the old one. P2: the file that is selected. */
const newValueOnly = { cla: 0x00, ins: 0x24, p1: 0x01, p2: 0x80 } as const;

async function change(gate: Gate, data: Uint8Array, verified: PinReport): Promise<void> {
  const unsent = { ...verified, changed: false };
  const unanswered = { ...verified, changed: null };
  const status = await once(gate, () => gate.direct.transmit({ ...newValueOnly, data }), { unsent, unanswered });
  if (status === sw.ok) return;
  throw unexpectedAnswer("CHANGE REFERENCE DATA", status).withPin(leavesUnchanged(status) ? unsent : unanswered);
}

/** 64xx, and the errors that a card finds before it acts (ISO/IEC 7816-4:2020, 5.6). */
function leavesUnchanged(status: number): boolean {
  const sw1 = status >> 8;
  return sw1 === 0x64 || (sw1 >= 0x67 && sw1 <= 0x6e);
}

/** The one way in which a PIN leaves for a card: it is sent, or not, and never again. @returns the status word */
async function once(
  gate: Gate,
  send: () => Promise<ResponseApdu>,
  { unsent, unanswered }: { readonly unsent: PinReport; readonly unanswered: PinReport },
): Promise<number> {
  try {
    gate.checkpoint();
  } catch (error) {
    throw withReport(error, unsent);
  }
  try {
    return (await send()).sw;
  } catch (error) {
    throw withReport(error, unanswered);
  }
}

function refusal(reference: PinReference, status: number, triesBefore: number): MynakitError {
  const tries = triesFromStatus(status);
  const details = { pin: reference.id };
  switch (tries.kind) {
    case "locked":
      return new MynakitError("ERR_PIN_LOCKED", details, { pin: sent(triesBefore, 0) });
    case "remaining": {
      const pin = sent(triesBefore, tries.tries);
      return new MynakitError("ERR_PIN_WRONG", { ...details, triesAfter: tries.tries }, { pin });
    }
    default:
      return unexpectedAnswer("VERIFY", status).withPin(sent(triesBefore, null));
  }
}

/** A correct entry fills the counter: one that was full stays so, any other is asked; some cards hide it then. */
async function success(
  card: Card,
  reference: PinReference,
  triesBefore: number,
  query: Presentation["query"],
): Promise<PinReport> {
  if (triesBefore === reference.max) return sent(triesBefore, triesBefore);
  try {
    const { counter } = await query(card, reference);
    return sent(triesBefore, counter.remaining);
  } catch (error) {
    throw withReport(error, sent(triesBefore, null));
  }
}

function notSent(tries: number | null): PinReport {
  return { pinSent: false, triesBefore: tries, triesAfter: tries };
}

function sent(triesBefore: number, triesAfter: number | null): PinReport {
  return { pinSent: true, triesBefore, triesAfter };
}

function withReport(error: unknown, pin: PinReport): MynakitError {
  if (error instanceof MynakitError) return error.withPin(pin);
  // Its text is a stranger's and may hold what was sent.
  return new MynakitError("ERR_INTERNAL", { reason: "the reader failed in an unknown way" }, { cause: error, pin });
}

function bug(reason: string): MynakitError {
  return new MynakitError("ERR_INTERNAL", { reason });
}
