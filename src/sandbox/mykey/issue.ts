import type { IssuedMykeyId } from "../../mykey/wire.ts";
import type { Session } from "../http/session.ts";
import { Refusal } from "../refusal.ts";
import type { Db } from "../store/schema.ts";
import { furiganaOf } from "./identifier.ts";
import { activeIdOf } from "./ids.ts";
import { checkWaitingTime, type MykeyParts } from "./proposals.ts";

export interface IssueOrder {
  readonly proposalId: string;
  /** Names the request: repeating it repeats the answer. */
  readonly idempotencyKey: string;
}

/**
 * Issues the proposed ID, which reserves (予約) the points too. Whatever comes at once or again, a person has one ID:
 * who has one gets that.
 * @throws {Refusal} proposal-unknown, proposal-expired, certificate-too-new, idempotency-key-reused
 */
export async function issue(session: Session, order: IssueOrder, { db, now }: MykeyParts): Promise<IssuedMykeyId> {
  return db.transaction().execute(async (transaction) => {
    const remembered = await claim(transaction, session.person, order, now());
    if (remembered) return remembered;
    const issued = await issueOnce(transaction, session, order.proposalId, now());
    await transaction
      .updateTable("idempotency")
      .set({ response: JSON.stringify(issued) })
      .where("person", "=", session.person)
      .where("idempotency_key", "=", order.idempotencyKey)
      .execute();
    return issued;
  });
}

/** Takes the idempotency key, or finds the answer given under it. A second holder waits here for the first one's end. */
async function claim(
  db: Db,
  person: string,
  { idempotencyKey, proposalId }: IssueOrder,
  now: number,
): Promise<IssuedMykeyId | undefined> {
  const claimed = await db
    .insertInto("idempotency")
    .values({ person, idempotency_key: idempotencyKey, request: proposalId, response: "", created_at: now })
    .onConflict((conflict) => conflict.doNothing())
    .returning("person")
    .executeTakeFirst();
  if (claimed) return undefined;
  const { request, response } = await db
    .selectFrom("idempotency")
    .select(["request", "response"])
    .where("person", "=", person)
    .where("idempotency_key", "=", idempotencyKey)
    .executeTakeFirstOrThrow();
  if (request !== proposalId) {
    throw new Refusal("idempotency-key-reused", "the idempotency key belongs to another request");
  }
  return JSON.parse(response) as IssuedMykeyId;
}

async function issueOnce(db: Db, session: Session, proposalId: string, now: number): Promise<IssuedMykeyId> {
  const { person } = session;
  const existing = await activeIdOf(db, person);
  if (existing) return existing;
  checkWaitingTime(session, now);
  const mykeyId = await proposedId(db, person, proposalId, now);
  const created = await db
    .insertInto("mykey")
    .values({ id: mykeyId, furigana: furiganaOf(mykeyId), person, state: "active", issued_at: now })
    .onConflict((conflict) => conflict.doNothing())
    .returning("id")
    .executeTakeFirst();
  if (created) await reserve(db, person, now);
  const active = await activeIdOf(db, person);
  if (!active) throw new Refusal("proposal-expired", "the proposed ID is taken: ask for a new proposal");
  return { ...active, created: created !== undefined };
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

async function reserve(db: Db, person: string, now: number): Promise<void> {
  await db
    .insertInto("reservation")
    .values({ person, state: "reserved", reserved_at: now })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
