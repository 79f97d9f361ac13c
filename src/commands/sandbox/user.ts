import type { Input, Result } from "../command.ts";
import type { Context } from "../context.ts";
import { newIdempotencyKey } from "../idempotency-key.ts";
import type { DataOf } from "../results.ts";
import { withStore } from "./database.ts";

export const idOf = ({ arguments: { id } }: Input): string => String(id).toUpperCase();

/** An account as the operator sees it: what has happened to it, and nothing that its holder entered. */
export function user(context: Context, input: Input): Promise<Result<DataOf<"sandbox user show">>> {
  return withStore(context, input, async ({ db, name }) => {
    const { ownerOf } = await import("../../sandbox/mykey/suspension.ts");
    const { historyOf } = await import("../../sandbox/mykey/history.ts");
    const person = await ownerOf(db, idOf(input));
    const { ids, certificates, events } = await historyOf(db, person);
    const data = { person, ids: [...ids], certificates: [...certificates], events: [...events], changed: false };
    return { data: { database: name, ...data } };
  });
}

/** Suspends an account or lifts its suspension, and shows it. */
export async function setUserSuspended(
  context: Context,
  input: Input,
  suspended: boolean,
): Promise<Result<DataOf<"sandbox user show">>> {
  const changed = await withStore(context, input, async ({ db, now }) => {
    const { setSuspended } = await import("../../sandbox/mykey/suspension.ts");
    const idempotencyKey = newIdempotencyKey(context.host);
    return setSuspended(suspended, { mykeyId: idOf(input), idempotencyKey }, { db, now });
  });
  const { data } = await user(context, input);
  return { data: { ...data, changed } };
}
