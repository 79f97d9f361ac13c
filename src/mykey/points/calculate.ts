import { knownOn } from "./as-of.ts";
import type { Day, Programme, TermName } from "./programmes.ts";

/** The sums that programme 2 gave beside the premium; each with the terms that tell of it. */
export const lumpSums = {
  "health-insurance": "health-insurance-points",
  "public-account": "public-account-points",
} as const satisfies Record<string, TermName>;

export type LumpSum = keyof typeof lumpSums;

/** The terms of the points for charges and purchases: so many percent of at most so many yen. */
export interface PremiumTerms {
  readonly percent: number;
  readonly ofYen: number;
  readonly mostPoints: number;
}

/** The terms as known on a day; undefined: they were not. */
export function premiumTermsOn(programme: Programme, day: Day): PremiumTerms | undefined {
  const percent = knownOn(programme, "premium-percent", day);
  const ofYen = knownOn(programme, "premium-of-yen", day);
  const mostPoints = knownOn(programme, "premium-points", day);
  if (percent === undefined || ofYen === undefined || mostPoints === undefined) return undefined;
  return { percent, ofYen, mostPoints };
}

export interface Premium {
  /** All that was charged or bought, and what of it counts. */
  readonly chargedYen: number;
  readonly countedYen: number;
  readonly points: number;
  /** What can still count, and what it would bring. */
  readonly remainingYen: number;
  readonly remainingPoints: number;
}

/**
 * The points for charges and purchases, in exact whole numbers. The share is taken of their sum, so that neither order
 * nor size of the single ones matters. A fraction of a point is dropped: the unit of grants was never published.
 * @param charges whole yen, none negative
 */
export function premium({ percent, ofYen, mostPoints }: PremiumTerms, charges: readonly number[]): Premium {
  const chargedYen = charges.reduce((sum, yen) => sum + yen, 0);
  const countedYen = Math.min(chargedYen, ofYen);
  const points = Math.min(mostPoints, Math.floor((countedYen * percent) / 100));
  return { chargedYen, countedYen, points, remainingYen: ofYen - countedYen, remainingPoints: mostPoints - points };
}
