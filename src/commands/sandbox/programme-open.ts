import { MynakitError } from "../../errors.ts";
import { neverEnds } from "../../mykey/points/programmes.ts";
import type { Run } from "../command.ts";
import type { DataOf } from "../results.ts";
import { isDay } from "../time.ts";
import { programmes } from "./programme.ts";

/** Opens a programme for applications and grants: from today, or from a day on, to a day or until it is closed. */
export const run: Run<DataOf<"sandbox programme open">> = async (context, input) => {
  const from = dayIn("--from", input.options.from);
  const until = dayIn("--until", input.options.until);
  return programmes(context, input, async (now) => {
    const { openTerms } = await import("../../sandbox/operator/programmes.ts");
    const { dayAt } = await import("../../sandbox/points/day.ts");
    const first = from ?? dayAt(now);
    const last = until ?? neverEnds;
    if (last < first) {
      throw new MynakitError("ERR_USAGE_OPTION", { option: "--until", problem: "not-allowed", allowed: `${first} –` });
    }
    return openTerms(first, last);
  });
};

/** @throws {MynakitError} ERR_USAGE_OPTION */
function dayIn(option: string, value: unknown): string | undefined {
  if (value === undefined || isDay(String(value))) return value as string | undefined;
  throw new MynakitError("ERR_USAGE_OPTION", { option, problem: "malformed", allowed: "2027-04-01" });
}
