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
    const { from = null, until = null } = closed ?? {};
    const later = (option: string, time: number | null, than: number): void => {
      if (time === null || time > than) return;
      throw new MynakitError("ERR_USAGE_OPTION", { option, problem: "not-later", allowed: rfc3339(than) });
    };
    later("--from", from, store.now());
    later("--until", until, from ?? store.now());
    await setClosed(closed, operatorParts(context, store));
    const shown = (time: number | null) => (time === null ? null : rfc3339(time));
    const open = closed === null || from !== null;
    return { data: { database: store.name, open, from: shown(from), until: shown(until) } };
  };
  return withStore(context, input, work, true);
}
