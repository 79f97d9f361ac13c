import type { Run } from "../command.ts";
import type { DataOf } from "../results.ts";
import { programmes } from "./programme.ts";

/** Closes a programme at once. */
export const run: Run<DataOf<"sandbox programme close">> = (context, input) =>
  programmes(context, input, async (now, programme) => {
    const { closedTerms } = await import("../../sandbox/operator/programmes.ts");
    return closedTerms(now, programme);
  });
