import type { Day, Programme, ProgrammeNumber, TermName, Terms } from "../../mykey/points/programmes.ts";
import { Refusal } from "../refusal.ts";
import { dayAt } from "./day.ts";

/** What held in the end: moved deadlines never shortened anything, and an operator has the last word. */
const finalTerm = <N extends TermName>({ terms }: Programme, name: N): Terms[N] | undefined =>
  (terms[name] as readonly { readonly value: Terms[N] }[] | undefined)?.at(-1)?.value;

/** A month without a day is meant to its end; as text every day of it begins with the month. */
const isOver = (until: Day | undefined, day: Day): boolean => until !== undefined && day.slice(0, until.length) > until;

type Programmes = Readonly<Record<ProgrammeNumber, Programme>>;
export type Activity = "applications" | "grants";

const others = { applications: "grants", grants: "applications" } as const;

/** The programme that takes applications, or charges and purchases, at a moment; of two the first. */
export function programmeAt(programmes: Programmes, now: number, activity: Activity): Programme | undefined {
  const day = dayAt(now);
  return Object.values(programmes).find((programme) => {
    const begins = finalTerm(programme, `${activity}-from`);
    // Of each programme one end was published, which is that of the other activity, too.
    const until = finalTerm(programme, `${activity}-until`) ?? finalTerm(programme, `${others[activity]}-until`);
    return begins !== undefined && day >= begins && !isOver(until, day);
  });
}

/** @throws {Refusal} programme-closed */
export function requireProgramme(programmes: Programmes, now: number, activity: Activity): Programme {
  const programme = programmeAt(programmes, now, activity);
  if (programme) return programme;
  throw new Refusal("programme-closed", "no Mynapoint programme is open at this time");
}

export interface Counted {
  readonly countedYen: number;
  readonly points: number;
}

/** The most points for charges and purchases. */
export const mostPointsOf = (programme: Programme): number => finalTerm(programme, "premium-points") ?? 0;

/** Whether a minor can use a guardian's account. */
export const guardianCounts = (programme: Programme): boolean => finalTerm(programme, "guardian-for-minor") ?? false;

/** What has counted after so many more yen: the share of the sum, never above the caps, never less than before. */
export function countedAfter(programme: Programme, before: Counted, yen: number): Counted {
  const most = finalTerm(programme, "premium-of-yen") ?? 0;
  const countedYen = Math.max(before.countedYen, Math.min(before.countedYen + yen, most));
  const share = Math.floor((countedYen * (finalTerm(programme, "premium-percent") ?? 0)) / 100);
  return { countedYen, points: Math.max(before.points, Math.min(share, mostPointsOf(programme))) };
}
