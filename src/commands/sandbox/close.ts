import { MynakitError } from "../../errors.ts";
import type { Run } from "../command.ts";
import type { DataOf } from "../results.ts";
import { exampleTime as allowed, parseTime } from "../time.ts";
import { setClosing } from "./closing.ts";

/** Closes the platform for maintenance: everybody is refused, whatever they ask for, until it is opened. */
export const run: Run<DataOf<"sandbox close">> = async (context, input) => {
  const { until } = input.options;
  const end = until === undefined ? undefined : parseTime(String(until));
  if (end === null) throw new MynakitError("ERR_USAGE_OPTION", { option: "--until", problem: "malformed", allowed });
  return setClosing(context, input, { until: end?.getTime() ?? null });
};
