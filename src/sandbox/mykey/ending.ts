import type { LeakReported, RevokedMykeyId } from "../../mykey/wire.ts";
import type { Session } from "../http/session.ts";
import { Refusal, rfc3339 } from "../refusal.ts";
import { type ChangeParts, changeOnce } from "../store/change.ts";
import { returnToQuota } from "../store/quota.ts";
import type { Db } from "../store/schema.ts";
import { lockAccount, requireUnsuspended } from "./access.ts";
import { requireActiveId } from "./ids.ts";
import { reservationQuota } from "./rules.ts";
import { endSessions, suspend } from "./suspension.ts";

export interface RevocationOrder {
  /** What is to be revoked, as the person typed it. */
  readonly mykeyId: string;
  readonly idempotencyKey: string;
}

/**
 * Revokes the person's ID for good, with the reservation; a later issue gives another one. Every session ends.
 * @throws {Refusal} no-mykey-id, confirmation-mismatch, session-expired, idempotency-key-reused
 */
export function revoke(session: Session, order: RevocationOrder, parts: ChangeParts): Promise<RevokedMykeyId> {
  const { person } = session;
  const { mykeyId, idempotencyKey } = order;
  const actor = `person ${person}` as const;
  return changeOnce(parts, { actor, idempotencyKey, request: ["mykey.revoke", mykeyId] }, async (transaction) => {
    await lockAccount(transaction, session);
    const active = await requireActiveId(transaction, person);
    if (active.mykeyId !== mykeyId) throw new Refusal("confirmation-mismatch", "this is not the person's MyKey ID");
    const now = parts.now();
    await endEverything(transaction, person, now);
    return {
      answer: { sandbox: true, mykeyId, state: "revoked", revokedAt: rfc3339(now) },
      audit: [{ actor, action: "mykey.revoke", subject: person, details: { mykeyId } }],
    };
  });
}

async function endEverything(db: Db, person: string, now: number): Promise<void> {
  await db
    .updateTable("mykey")
    .set({ state: "revoked", ended_at: now })
    .where("person", "=", person)
    .where("ended_at", "is", null)
    .execute();
  await db.updateTable("reservation").set({ state: "void" }).where("person", "=", person).execute();
  await returnToQuota(db, reservationQuota, 1);
  for (const table of ["proposal", "id_change", "password"] as const) {
    await db.deleteFrom(table).where("person", "=", person).execute();
  }
  await endSessions(db, person);
}

/**
 * Suspends the account because its holder says that others know the ID.
 * @throws {Refusal} account-suspended, no-mykey-id, session-expired, idempotency-key-reused
 */
export function reportLeak(session: Session, idempotencyKey: string, parts: ChangeParts): Promise<LeakReported> {
  const { person } = session;
  const actor = `person ${person}` as const;
  return changeOnce(parts, { actor, idempotencyKey, request: ["mykey.report-leak"] }, async (transaction) => {
    await lockAccount(transaction, session);
    await requireUnsuspended(transaction, person);
    const { mykeyId } = await requireActiveId(transaction, person);
    await suspend(transaction, person);
    const details = { mykeyId, reason: "leak-report" };
    return {
      answer: { sandbox: true, mykeyId, state: "suspended", suspendedAt: rfc3339(parts.now()) },
      audit: [{ actor, action: "account.suspend", subject: person, details }],
    };
  });
}
