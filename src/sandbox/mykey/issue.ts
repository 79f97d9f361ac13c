import type { IssuedMykeyId } from "../../mykey/wire.ts";
import type { Session } from "../http/session.ts";
import { type Changed, changeOnce } from "../store/change.ts";
import { takeFromQuota } from "../store/quota.ts";
import type { Db } from "../store/schema.ts";
import { lockAccount } from "./access.ts";
import { activeIdOf, requireActiveId } from "./ids.ts";
import { capacityReached, type MykeyParts, takeProposed } from "./proposals.ts";
import { reservationQuota } from "./rules.ts";

/** A request for a proposed ID. */
export interface ProposalOrder {
  readonly proposalId: string;
  /** Names the request: repeating it repeats the answer. */
  readonly idempotencyKey: string;
}

/**
 * Issues the proposed ID, which reserves (予約) the points too. Whatever comes at once or again, a person has one ID:
 * who has one gets that.
 * @throws {Refusal} proposal-unknown, proposal-expired, capacity-reached, session-expired, idempotency-key-reused
 */
export function issue(session: Session, order: ProposalOrder, parts: MykeyParts): Promise<IssuedMykeyId> {
  const { proposalId, idempotencyKey } = order;
  const request = ["mykey.issue", proposalId];
  return changeOnce(parts, { actor: `person ${session.person}`, idempotencyKey, request }, async (transaction) => {
    await lockAccount(transaction, session);
    return issueOnce(transaction, session, proposalId, parts);
  });
}

async function issueOnce(
  db: Db,
  { person, issuer, serialNumber }: Session,
  proposalId: string,
  { now, reservationCap }: MykeyParts,
): Promise<Changed<IssuedMykeyId>> {
  const existing = await activeIdOf(db, person);
  if (existing) return { answer: existing, audit: [] };
  const mykeyId = await takeProposed(db, person, proposalId, now());
  await reserve(db, person, now(), reservationCap);
  const details = { mykeyId, issuer, serialNumber };
  return {
    answer: { ...(await requireActiveId(db, person)), created: true },
    audit: [{ actor: `person ${person}`, action: "mykey.issue", subject: person, details }],
  };
}

async function reserve(db: Db, person: string, now: number, cap: number): Promise<void> {
  if (!(await takeFromQuota(db, reservationQuota, 1, cap))) throw capacityReached();
  const reservation = { state: "reserved" as const, reserved_at: now };
  await db
    .insertInto("reservation")
    .values({ person, ...reservation })
    .onConflict((conflict) => conflict.column("person").doUpdateSet(reservation))
    .execute();
}
