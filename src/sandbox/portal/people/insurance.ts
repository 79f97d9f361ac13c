import type { Insurer } from "../../../portal/wire/api.ts";
import type { Registrations } from "../../../portal/wire/user.ts";
import { dayOf, yearsAfter } from "./days.ts";
import { type Life, lifeOf } from "./life.ts";

/** From which age on everybody is insured together (高齢者の医療の確保に関する法律, article 50). */
const lateElderlyFrom = 75;
/** From when the second programme of Mynapoint rewarded both registrations (2022-06-30). */
const rewardedFrom = { year: 2022, month: 7 } as const;
const months = 30;

export interface Insurance {
  readonly insurer: Insurer;
  /** `2026-06-01`. */
  readonly since: string;
}

/** Who insures a synthetic person's health on a day: the employer's insurer, after the retirement the municipality. */
export function insuranceOn({ self, jobs, retired }: Life, day: string): Insurance {
  const elderly = yearsAfter(self.birth, lateElderlyFrom);
  if (day >= elderly) return { insurer: "late-elderly", since: elderly };
  if (day >= retired) return { insurer: "national", since: retired };
  const job = jobs.findLast((begin) => begin <= day);
  return job ? { insurer: "employees", since: job } : { insurer: "national", since: self.birth };
}

/** What a synthetic person has registered by a day, for some at no time. */
export function registrationsOn(seed: string, day: string): Registrations {
  const { draw } = lifeOf(seed);
  const registered = (name: string, oneIn: number): string | null => {
    if (draw(`${name} never`, oneIn) === 0) return null;
    const month = rewardedFrom.month + draw(`${name} month`, months);
    const since = dayOf(rewardedFrom.year, month, 1 + draw(`${name} day`, 28));
    return since <= day ? since : null;
  };
  return {
    synthetic: true,
    insuranceCard: registered("insurance card", 5),
    publicAccount: registered("public account", 4),
  };
}
