import { MynakitError } from "../../errors.ts";
import type { Input, Run } from "../command.ts";
import type { DataOf } from "../results.ts";
import { exampleTime as allowed, parseTime } from "../time.ts";
import { setClosing } from "./closing.ts";

/** Closes the platform for maintenance, now or later: everybody is refused, whatever they ask for, until it is opened. */
export const run: Run<DataOf<"sandbox close">> = async (context, input) => {
  const [from, until] = [timeOf("from", input), timeOf("until", input)];
  return setClosing(context, input, { ...(from !== null && { from }), until });
};

/** Milliseconds since the epoch; null: it was not given. @throws {MynakitError} ERR_USAGE_OPTION */
function timeOf(name: "from" | "until", { options }: Input): number | null {
  const given = options[name];
  if (given === undefined) return null;
  const time = parseTime(String(given));
  if (time) return time.getTime();
  throw new MynakitError("ERR_USAGE_OPTION", { option: `--${name}`, problem: "malformed", allowed });
}
