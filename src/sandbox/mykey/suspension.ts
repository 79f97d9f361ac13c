import { Refusal } from "../refusal.ts";
import { type ChangeParts, changeOnce, lockPerson } from "../store/change.ts";
import type { Db } from "../store/schema.ts";

/** Makes an account unusable until it is lifted. The caller has locked it. */
export async function suspend(db: Db, person: string): Promise<void> {
  await setState(db, person, "suspended");
  await endSessions(db, person);
}

/** No session from before this transaction can be used for the account any more. */
export async function endSessions(db: Db, person: string): Promise<void> {
  await db
    .updateTable("person")
    .set((of) => ({ session_epoch: of("session_epoch", "+", 1) }))
    .where("id", "=", person)
    .execute();
}

async function setState(db: Db, person: string, state: "active" | "suspended"): Promise<void> {
  await db.updateTable("mykey").set({ state }).where("person", "=", person).where("ended_at", "is", null).execute();
}

export interface OperatorOrder {
  readonly mykeyId: string;
  readonly idempotencyKey: string;
}

/**
 * The operator suspends an account (abuse, a report by telephone) or lifts its suspension. One that is in that state
 * already stays so.
 * @throws {Refusal} mykey-id-unknown: nobody has this ID now
 */
export function setSuspended(suspended: boolean, order: OperatorOrder, parts: ChangeParts): Promise<boolean> {
  const { mykeyId, idempotencyKey } = order;
  const action = suspended ? "account.suspend" : "account.lift";
  return changeOnce(parts, { actor: "operator", idempotencyKey, request: [action, mykeyId] }, async (transaction) => {
    const { person } = await currentOf(transaction, mykeyId);
    await lockPerson(transaction, person);
    const { state } = await currentOf(transaction, mykeyId);
    const wanted = suspended ? "suspended" : "active";
    if (state === wanted) return { answer: false, audit: [] };
    if (suspended) await suspend(transaction, person);
    else await setState(transaction, person, "active");
    return {
      answer: true,
      audit: [{ actor: "operator", action, subject: person, details: { mykeyId } }],
    };
  });
}

/**
 * The person who has an ID, or had it: an ID that was given up is nobody else's for ever.
 * @throws {Refusal} mykey-id-unknown
 */
export async function ownerOf(db: Db, mykeyId: string): Promise<string> {
  const row = await db.selectFrom("mykey").select("person").where("id", "=", mykeyId).executeTakeFirst();
  if (row) return row.person;
  throw unknownId();
}

const unknownId = () => new Refusal("mykey-id-unknown", "nobody has this MyKey ID");

async function currentOf(db: Db, mykeyId: string) {
  const row = await db
    .selectFrom("mykey")
    .select(["person", "state"])
    .where("id", "=", mykeyId)
    .where("ended_at", "is", null)
    .executeTakeFirst();
  if (row) return row;
  throw unknownId();
}
