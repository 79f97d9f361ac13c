import {
  amended,
  type Day,
  type OperatorStatement,
  type Programme,
  type ProgrammeNumber,
  programmes,
} from "../../mykey/points/programmes.ts";
import type { OperatorTerm } from "../../mykey/points/wire.ts";
import { applicationQuota } from "../points/applications.ts";
import { dayAt } from "../points/day.ts";
import { limitQuota } from "../store/quota.ts";
import type { Db } from "../store/schema.ts";
import { claimSetting, putSetting, settingsOf } from "../store/settings.ts";
import { type OperatorParts, operate } from "./operate.ts";

export type OperatorTerms = Partial<Record<OperatorTerm, Day | number | boolean>>;

type Kept = Partial<Record<OperatorTerm, Pick<OperatorStatement, "value" | "known">>>;

const numbers: readonly ProgrammeNumber[] = [1, 2];
const settingOf = (programme: ProgrammeNumber): string => `programme.${programme}`;

/** What the operator has set of all programmes. */
export async function operatorStatements(db: Db): Promise<(OperatorStatement & { readonly term: OperatorTerm })[]> {
  const settings = await settingsOf(db, numbers.map(settingOf));
  return numbers.flatMap((programme) => {
    const kept = (settings.get(settingOf(programme))?.value ?? {}) as Kept;
    return Object.entries(kept).map(([term, statement]) => ({ programme, term: term as OperatorTerm, ...statement }));
  });
}

/** The programmes as they are on this platform. */
export async function programmesOf(db: Db): Promise<Readonly<Record<ProgrammeNumber, Programme>>> {
  const statements = await operatorStatements(db);
  return { 1: amended(programmes[1], statements), 2: amended(programmes[2], statements) };
}

/**
 * Says something of a programme instead of what was published; of several changes at once none is lost.
 * @param change null: nothing is said any more but what was published
 */
export async function setTerms(
  programme: ProgrammeNumber,
  change: OperatorTerms | null,
  parts: OperatorParts,
): Promise<void> {
  const name = settingOf(programme);
  const at = parts.now();
  const known = dayAt(at);
  await operate(parts, ["programme.set", programme], async (db) => {
    const before = (await claimSetting(db, name, {}, at)) as Kept;
    const said = Object.entries(change ?? {}).map(([term, value]) => [term, { value, known }]);
    const after = change === null ? undefined : { ...before, ...Object.fromEntries(said) };
    await putSetting(db, name, after, at);
    const people = change === null ? null : change["budget-people"];
    if (typeof people === "number" || people === null) {
      await limitQuota(db, applicationQuota(programme), people);
    }
    const details = { programme, ...(change ?? { published: true }) };
    return { answer: null, audit: [{ actor: "operator", action: "programme.set", subject: null, details }] };
  });
}

/** Opens a programme from today, or from a day on: applications and grants alike. */
export const openTerms = (from: Day, until: Day): OperatorTerms => ({
  "applications-from": from,
  "applications-until": until,
  "grants-from": from,
  "grants-until": until,
});

/**
 * Closes a programme at once: its last day was yesterday.
 * @param begun false: its first day was then, too, or it would end before it begins
 */
export function closedTerms(now: number, begun: boolean): OperatorTerms {
  const yesterday = dayAt(now - 24 * 60 * 60 * 1000);
  const never = { "applications-from": yesterday, "grants-from": yesterday };
  return { ...(begun ? {} : never), "applications-until": yesterday, "grants-until": yesterday };
}
