import { MynakitError } from "../../errors.ts";
import type { Closure } from "../../sandbox/store/standing.ts";
import type { Store } from "../../sandbox/store/store.ts";
import type { Input, Result } from "../command.ts";
import type { Context } from "../context.ts";
import type { DataOf } from "../results.ts";
import { withStore } from "./database.ts";
import { operatorParts } from "./parts.ts";

/** Closes the platform or opens it (null), and says how it stands. */
export function setClosing(
  context: Context,
  input: Input,
  closed: Closure | null,
): Promise<Result<DataOf<"sandbox close">>> {
  const work = async (store: Store) => {
    const { setClosed } = await import("../../sandbox/operator/closing.ts");
    const { rfc3339 } = await import("../../sandbox/refusal.ts");
    const until = closed?.until ?? null;
    if (until !== null && until <= store.now()) {
      const allowed = `${rfc3339(store.now())} –`;
      throw new MynakitError("ERR_USAGE_OPTION", { option: "--until", problem: "not-allowed", allowed });
    }
    await setClosed(closed, operatorParts(context, store));
    return { data: { database: store.name, open: closed === null, until: until === null ? null : rfc3339(until) } };
  };
  return withStore(context, input, work, true);
}
