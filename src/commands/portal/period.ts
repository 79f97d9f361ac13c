import { MynakitError } from "../../errors.ts";
import { isDay } from "../time.ts";

/** Days as `2026-06-01`; null: open on that side. */
export interface Period {
  readonly from: string | null;
  readonly until: string | null;
}

const example = "2024..2026-03, 2026-04-01..";

/**
 * `2024..2026-03`: from the first day of what stands before the dots until the last day of what stands behind them; one
 * side may be left out, and a year, month or day alone is both.
 * @throws {MynakitError} ERR_USAGE_OPTION
 */
export function periodAsked(text: unknown): Period {
  if (text === undefined) return { from: null, until: null };
  const option = "--period";
  const wrong = () => new MynakitError("ERR_USAGE_OPTION", { option, problem: "malformed", allowed: example });
  const [first = "", last = first, ...more] = String(text).split("..");
  if (more.length > 0 || (first === "" && last === "")) throw wrong();
  const from = first === "" ? null : wholeDay(first, "first");
  const until = last === "" ? null : wholeDay(last, "last");
  if (from === undefined || until === undefined) throw wrong();
  if (from !== null && until !== null && from > until) {
    throw new MynakitError("ERR_USAGE_OPTION", { option, problem: "backwards" });
  }
  return { from, until };
}

/** The first or last day of a year, a month or a day; undefined: it is none. */
function wholeDay(text: string, which: "first" | "last"): string | undefined {
  const [, year = "", month = which === "first" ? "01" : "12", day] =
    /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/.exec(text) ?? [];
  const last = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  const written = `${year}-${month}-${day ?? (which === "first" ? "01" : String(last).padStart(2, "0"))}`;
  return isDay(written) ? written : undefined;
}
