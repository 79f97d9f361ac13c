import type { ClockMove } from "../../sandbox/operator/clock.ts";
import type { Store } from "../../sandbox/store/store.ts";
import type { Input, Result } from "../command.ts";
import type { Context } from "../context.ts";
import type { DataOf } from "../results.ts";
import { withStore } from "./database.ts";
import { operatorParts } from "./parts.ts";

/** Shows the platform's clock, after moving it where a move is given. */
export function clock(context: Context, input: Input, move?: ClockMove): Promise<Result<DataOf<"sandbox clock show">>> {
  const work = async (store: Store) => {
    const { clockOf, moveClock } = await import("../../sandbox/operator/clock.ts");
    const { rfc3339 } = await import("../../sandbox/refusal.ts");
    const processNow = () => store.now() - store.standing.current().ahead;
    const parts = { ...operatorParts(context, store), processNow };
    if (move) await moveClock(move, { backwards: input.options.backwards === true }, parts);
    const { now, ahead, movedAt } = await clockOf(parts);
    const moved = movedAt === null ? null : rfc3339(movedAt);
    return {
      data: { database: store.name, time: rfc3339(now), aheadSeconds: Math.round(ahead / 1000), movedAt: moved },
    };
  };
  return withStore(context, input, work, move !== undefined);
}
