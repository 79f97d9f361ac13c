import fc from "fast-check";
import type { Disposition } from "../../../src/apdu/reader.ts";

/** What befalls one command on its way to the card and back. */
export interface Incident {
  /** Which command of the process, counted from 1. */
  readonly at: number;
  readonly kind: "removed" | "reset" | "timeout" | "killed" | "broken" | "deselected" | "answer";
  /** Whether the card carries the command out before. */
  readonly executed: boolean;
  /** How the reader's service leaves the card of a process that was killed. */
  readonly disposition: Disposition;
  /** What comes instead of the card's answer. */
  readonly sw: string;
}

/**
 * What says nothing of whether the command was carried out. No answer here claims tries or a success that are not so:
 * no client could see through that.
 */
const vague = ["6F00", "6300", "6104", "DEAD0102"];

/** With these a card says that it did not act (ISO/IEC 7816-4:2020, 5.6). */
const refusals = ["6A82", "6A86", "6A88", "6D00", "6982", "6986", "6700", "6C04"];

/** No operation of ours sends more commands than this. */
const longest = 24;

const disposition = fc.constantFrom<Disposition>("leave", "reset", "unpower");
const at = fc.integer({ min: 1, max: longest });
const event = (kind: Incident["kind"]) =>
  fc.record({ at, kind: fc.constant(kind), executed: fc.boolean(), disposition, sw: fc.constant("") });
const answer = (executed: boolean, answers: readonly string[]) =>
  fc.record({
    at,
    kind: fc.constant("answer" as const),
    executed: fc.constant(executed),
    disposition,
    sw: fc.constantFrom(...answers),
  });

export const incidents: fc.Arbitrary<Incident> = fc.oneof(
  { weight: 2, arbitrary: event("killed") },
  event("removed"),
  event("reset"),
  event("timeout"),
  event("broken"),
  event("deselected"),
  answer(true, vague),
  answer(false, [...vague, ...refusals]),
);
