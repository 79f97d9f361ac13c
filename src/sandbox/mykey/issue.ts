import type { IssuedMykeyId } from "../../mykey/wire.ts";
import type { Session } from "../http/session.ts";
import { Refusal } from "../refusal.ts";
import { type Changed, changeOnce, lockPerson } from "../store/change.ts";
import { takeFromQuota } from "../store/quota.ts";
import type { Db } from "../store/schema.ts";
import { furiganaOf } from "./identifier.ts";
import { activeIdOf } from "./ids.ts";
import { checkWaitingTime, type MykeyParts } from "./proposals.ts";

export interface IssueOrder {
  readonly proposalId: string;
  /** Names the request: repeating it repeats the answer. */
  readonly idempotencyKey: string;
}

/** The quota of which every reservation takes one. */
export const reservationQuota = "reservation";

/**
 * Issues the proposed ID, which reserves (予約) the points too. Whatever comes at once or again, a person has one ID:
 * who has one gets that.
 * @throws {Refusal} proposal-unknown, proposal-expired, certificate-too-new, capacity-reached, idempotency-key-reused
 */
export function issue(session: Session, order: IssueOrder, parts: MykeyParts): Promise<IssuedMykeyId> {
  const { person } = session;
  const { proposalId, idempotencyKey } = order;
  const request = ["mykey.issue", proposalId];
  return changeOnce(parts, { actor: `person ${person}`, idempotencyKey, request }, async (transaction) => {
    await lockPerson(transaction, person);
    return issueOnce(transaction, session, proposalId, parts);
  });
}

async function issueOnce(
  db: Db,
  session: Session,
  proposalId: string,
  { now, reservationCap }: MykeyParts,
): Promise<Changed<IssuedMykeyId>> {
  const { person } = session;
  const existing = await activeIdOf(db, person);
  if (existing) return { answer: existing, audit: [] };
  checkWaitingTime(session, now());
  const mykeyId = await proposedId(db, person, proposalId, now());
  const created = await db
    .insertInto("mykey")
    .values({ id: mykeyId, furigana: furiganaOf(mykeyId), person, state: "active", issued_at: now(), ended_at: null })
    .onConflict((conflict) => conflict.doNothing())
    .returning("id")
    .executeTakeFirst();
  if (!created) throw new Refusal("proposal-expired", "the proposed ID is taken: ask for a new proposal");
  await reserve(db, person, now(), reservationCap);
  const issued = await activeIdOf(db, person);
  if (!issued) throw new TypeError("an ID was issued that is not there");
  const { issuer, serialNumber } = session;
  return {
    answer: { ...issued, created: true },
    audit: [
      {
        actor: `person ${person}`,
        action: "mykey.issue",
        subject: person,
        details: { mykeyId, issuer, serialNumber },
      },
    ],
  };
}

async function proposedId(db: Db, person: string, proposalId: string, now: number): Promise<string> {
  const proposal = await db
    .selectFrom("proposal")
    .select(["mykey_id", "expires_at"])
    .where("id", "=", proposalId)
    .where("person", "=", person)
    .executeTakeFirst();
  if (!proposal) throw new Refusal("proposal-unknown", "no such proposal for this person");
  if (proposal.expires_at <= now) throw new Refusal("proposal-expired", "the proposal has expired: ask for a new one");
  return proposal.mykey_id;
}

async function reserve(db: Db, person: string, now: number, cap: number): Promise<void> {
  if (!(await takeFromQuota(db, reservationQuota, 1, cap))) {
    throw new Refusal("capacity-reached", `all ${cap} reservations have been taken`);
  }
  const reservation = { state: "reserved" as const, reserved_at: now };
  await db
    .insertInto("reservation")
    .values({ person, ...reservation })
    .onConflict((conflict) => conflict.column("person").doUpdateSet(reservation))
    .execute();
}
