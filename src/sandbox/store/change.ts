import { Refusal } from "../refusal.ts";
import { type Actor, type AuditEntry, appendAudit } from "./audit.ts";
import type { Db } from "./schema.ts";

/** A request that may come twice: repeating it repeats the answer and nothing else. */
export interface ChangeOrder {
  readonly actor: Actor;
  /** Names the request among its actor's. */
  readonly idempotencyKey: string;
  /** What is asked for, the action first. Kept for a day: no secrets. */
  readonly request: readonly (string | number | null)[];
}

export interface Changed<T> {
  /** JSON: it is repeated from text. */
  readonly answer: T;
  readonly audit: readonly AuditEntry[];
}

export interface ChangeParts {
  readonly db: Db;
  /** Milliseconds since the epoch. */
  now(): number;
}

/**
 * Every change of the platform's state: work, audit log and remembered answer in one transaction, which happens wholly
 * or not at all. A second request under the same key waits for the first one's end. What the work refuses by throwing
 * leaves no trace, and the key free.
 * @throws {Refusal} idempotency-key-reused, and what the work throws
 */
export function changeOnce<T>(
  { db, now }: ChangeParts,
  order: ChangeOrder,
  work: (transaction: Db) => Promise<Changed<T>>,
): Promise<T> {
  return inTransaction(db, async (transaction) => {
    const remembered = await claim(transaction, order, now());
    if (remembered !== undefined) return JSON.parse(remembered) as T;
    const { answer, audit } = await work(transaction);
    await transaction
      .updateTable("remembered_answer")
      .set({ response: JSON.stringify(answer) })
      .where("actor", "=", order.actor)
      .where("idempotency_key", "=", order.idempotencyKey)
      .execute();
    await appendAudit(transaction, audit, now());
    return answer;
  });
}

/** Takes the idempotency key, or finds the answer given under it. */
async function claim(db: Db, { actor, idempotencyKey, request }: ChangeOrder, now: number) {
  const wanted = JSON.stringify(request);
  const claimed = await db
    .insertInto("remembered_answer")
    .values({ actor, idempotency_key: idempotencyKey, request: wanted, response: "", created_at: now })
    .onConflict((conflict) => conflict.doNothing())
    .returning("actor")
    .executeTakeFirst();
  if (claimed) return undefined;
  const earlier = await db
    .selectFrom("remembered_answer")
    .select(["request", "response"])
    .where("actor", "=", actor)
    .where("idempotency_key", "=", idempotencyKey)
    .executeTakeFirstOrThrow();
  if (earlier.request === wanted) return earlier.response;
  throw new Refusal("idempotency-key-reused", "the idempotency key belongs to another request");
}

/** PostgreSQL's way to say that two transactions got in each other's way: serialization_failure, deadlock_detected. */
const collisions: ReadonlySet<unknown> = new Set(["40001", "40P01"]);
const attempts = 5;

/** One transaction, begun anew where it collided with another. */
export async function inTransaction<T>(db: Db, work: (transaction: Db) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await db.transaction().execute(work);
    } catch (error) {
      const collided = error instanceof Error && collisions.has((error as Error & { code?: unknown }).code);
      if (!collided || attempt === attempts) throw error;
    }
  }
}

/**
 * Has every other change of this person's account wait until the transaction ends.
 * @returns the epoch of the person's sessions
 */
export async function lockPerson(db: Db, person: string): Promise<number> {
  const { session_epoch } = await db
    .updateTable("person")
    .set((of) => ({ session_epoch: of.ref("session_epoch") }))
    .where("id", "=", person)
    .returning("session_epoch")
    .executeTakeFirstOrThrow();
  return session_epoch;
}
