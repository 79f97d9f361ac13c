import { stateOn } from "../../mykey/points/as-of.ts";
import type { Run } from "../command.ts";
import type { DataOf } from "../results.ts";
import { programmes } from "./programme.ts";

/** Closes a programme at once. */
export const run: Run<DataOf<"sandbox programme close">> = (context, input) =>
  programmes(context, input, async (now, programme) => {
    const { closedTerms } = await import("../../sandbox/operator/programmes.ts");
    const { dayAt } = await import("../../sandbox/points/day.ts");
    return closedTerms(now, stateOn(programme, dayAt(now)) !== "announced");
  });
