import { type Day, type Programme, programmes, type TermName, type Terms } from "../../mykey/points/programmes.ts";
import { Refusal } from "../refusal.ts";

/** Japan's distance from UTC, in milliseconds. */
const jstOffset = 9 * 60 * 60 * 1000;

const dayAt = (now: number): Day => new Date(now + jstOffset).toISOString().slice(0, 10);

/** What held in the end: moved deadlines never shortened anything. */
const finalTerm = <N extends TermName>({ terms }: Programme, name: N): Terms[N] | undefined =>
  (terms[name] as readonly { readonly value: Terms[N] }[] | undefined)?.at(-1)?.value;

/** A month without a day is meant to its end; as text every day of it begins with the month. */
const isOver = (until: Day | undefined, day: Day): boolean => until !== undefined && day.slice(0, until.length) > until;

/** The programme that takes applications, or charges and purchases, at a moment. */
export function programmeAt(now: number, from: "applications-from" | "grants-from"): Programme | undefined {
  const day = dayAt(now);
  return Object.values(programmes).find((programme) => {
    const begins = finalTerm(programme, from);
    const until = finalTerm(programme, "grants-until") ?? finalTerm(programme, "applications-until");
    return begins !== undefined && day >= begins && !isOver(until, day);
  });
}

/** @throws {Refusal} programme-closed */
export function requireProgramme(now: number, from: "applications-from" | "grants-from"): Programme {
  const programme = programmeAt(now, from);
  if (programme) return programme;
  throw new Refusal("programme-closed", "no Mynapoint programme is open at this time");
}

export interface Counted {
  readonly countedYen: number;
  readonly points: number;
}

/** The most points for charges and purchases. */
export const mostPointsOf = (programme: Programme): number => finalTerm(programme, "premium-points") ?? 0;

/** What has counted after so many more yen: the share of the sum, never above the caps. */
export function countedAfter(programme: Programme, before: number, yen: number): Counted {
  const countedYen = Math.min(before + yen, finalTerm(programme, "premium-of-yen") ?? 0);
  const share = Math.floor((countedYen * (finalTerm(programme, "premium-percent") ?? 0)) / 100);
  return { countedYen, points: Math.min(share, mostPointsOf(programme)) };
}
