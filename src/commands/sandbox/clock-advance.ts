import { MynakitError } from "../../errors.ts";
import type { Run } from "../command.ts";
import { parseDuration } from "../duration.ts";
import type { DataOf } from "../results.ts";
import { latestTime } from "../time.ts";
import { clock } from "./clock.ts";

/** Moves the platform's clock ahead, from where it stands. */
export const run: Run<DataOf<"sandbox clock advance">> = async (context, input) => {
  const duration = parseDuration(String(input.arguments.duration));
  if (duration === null) throw malformed();
  return clock(context, input, (now) => {
    if (now + duration > latestTime) throw malformed();
    return now + duration;
  });
};

const malformed = () =>
  new MynakitError("ERR_USAGE_ARGUMENT", {
    argument: "duration",
    problem: "malformed",
    allowed: "24h, 3d12h, 90m, 45s",
  });
