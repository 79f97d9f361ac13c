import { type Day, type Programme, programmes, type Statement, type TermName, type Terms } from "./programmes.ts";

/** `unknown`: nothing had been published by that day. */
export type ProgrammeState = "unknown" | "announced" | "running" | "ended";

/** The last day of a month, the day itself of a day. */
export function lastDayOf(day: Day): Day {
  const [year = 0, month = 0, date] = day.split("-").map(Number);
  if (date !== undefined) return day;
  return `${day}-${new Date(Date.UTC(year, month, 0)).getUTCDate()}`;
}

/** The first day of a month, the day itself of a day. */
export function firstDayOf(day: Day): Day {
  return /^\d{4}-\d{2}$/.test(day) ? `${day}-01` : day;
}

/** What had been published of a term by the end of a day, the latest last. */
export function statementsBy<N extends TermName>(
  { terms }: Programme,
  name: N,
  day: Day,
): readonly Statement<Terms[N]>[] {
  const statements: readonly Statement<Terms[N]>[] = terms[name] ?? [];
  return statements.filter(({ known }) => known <= day);
}

/** What held of a term as it was known on a day; undefined: unknown then, or never a term of this programme. */
export function knownOn<N extends TermName>(programme: Programme, name: N, day: Day): Terms[N] | undefined {
  return statementsBy(programme, name, day).at(-1)?.value;
}

/** When charges and purchases count, as known on a day: an end may be unknown (`undefined`). */
export function periodOn(programme: Programme, day: Day): { from: Day | undefined; until: Day | undefined } {
  const end = programme.number === 1 ? "grants-until" : "applications-until";
  return { from: knownOn(programme, "grants-from", day), until: knownOn(programme, end, day) };
}

/** What a programme was on a day, by what was known on it. */
export function stateOn(programme: Programme, day: Day): ProgrammeState {
  const { from, until } = periodOn(programme, day);
  if (from === undefined) return "unknown";
  if (until !== undefined && day > lastDayOf(until)) return "ended";
  return day < firstDayOf(from) ? "announced" : "running";
}

/** Whether something of a programme had been published by a day. */
export const isKnownOn = (programme: Programme, day: Day): boolean => stateOn(programme, day) !== "unknown";

export const allProgrammes: readonly Programme[] = Object.values(programmes);
