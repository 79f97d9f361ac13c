import { MynakitError } from "../../errors.ts";
import type { Run } from "../command.ts";
import type { DataOf } from "../results.ts";
import { exampleTime as allowed, latestTime, parseTime } from "../time.ts";
import { clock } from "./clock.ts";

/** Sets the platform's clock; it goes on from there. */
export const run: Run<DataOf<"sandbox clock set">> = async (context, input) => {
  const time = parseTime(String(input.arguments.time));
  if (!time) throw new MynakitError("ERR_USAGE_ARGUMENT", { argument: "time", problem: "malformed", allowed });
  if (time.getTime() > latestTime) {
    const latest = `– ${new Date(latestTime).toISOString().replace(".000", "")}`;
    throw new MynakitError("ERR_USAGE_ARGUMENT", { argument: "time", problem: "not-allowed", allowed: latest });
  }
  return clock(context, input, () => time.getTime());
};
