import type { ProposalAnswer } from "../../mykey/wire.ts";
import type { Session } from "../http/session.ts";
import { Refusal, rfc3339 } from "../refusal.ts";
import { quotaOf } from "../store/quota.ts";
import type { Db } from "../store/schema.ts";
import { furiganaOf, randomMykeyId } from "./identifier.ts";
import { activeIdOf } from "./ids.ts";
import { reservationQuota, rules } from "./rules.ts";

/** Of 32^8 IDs, even one collision is a once-in-a-lifetime event. */
const attempts = 8;

export interface MykeyParts {
  readonly db: Db;
  now(): number;
  random(length: number): Uint8Array;
  /** How many reservations there may be at once, where the operator has set no limit. */
  readonly reservationCap: number;
}

/** An ID kept for somebody who thinks about it. */
export interface Proposal {
  readonly proposalId: string;
  readonly mykeyId: string;
  readonly furigana: string;
  readonly expiresAt: string;
}

/**
 * The ID that the person has, or a new one to think about, kept for them for a while.
 * @throws {Refusal} capacity-reached
 */
export async function propose({ person }: Session, parts: MykeyParts): Promise<ProposalAnswer> {
  const { db, reservationCap } = parts;
  const existing = await activeIdOf(db, person);
  if (existing) return { sandbox: true, existing };
  const { taken, limit } = await quotaOf(db, reservationQuota, reservationCap);
  if (taken >= limit) throw capacityReached();
  return { sandbox: true, ...(await proposeRandom(db, person, parts)) };
}

export const capacityReached = () => new Refusal("capacity-reached", "all reservations have been taken");

/** Keeps a random ID for a person. */
export async function proposeRandom(db: Db, person: string, parts: MykeyParts): Promise<Proposal> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const proposal = await keepFor(db, person, randomMykeyId(parts.random), parts);
    if (proposal) return proposal;
  }
  throw new Refusal("server-error", "no free MyKey ID was found");
}

/** Keeps an ID for a person; undefined where it is or was somebody's, or is kept for somebody else. */
export async function keepFor(
  db: Db,
  person: string,
  mykeyId: string,
  { now, random }: MykeyParts,
): Promise<Proposal | undefined> {
  const proposalId = Buffer.from(random(16)).toString("base64url");
  const expiresAt = now() + rules.proposalLifeSeconds * 1000;
  await db
    .deleteFrom("proposal")
    .where("mykey_id", "=", mykeyId)
    .where((of) => of.or([of("person", "=", person), of("expires_at", "<=", now())]))
    .execute();
  const kept = await db
    .insertInto("proposal")
    .values({ id: proposalId, person, mykey_id: mykeyId, expires_at: expiresAt })
    .onConflict((conflict) => conflict.doNothing())
    .returning("id")
    .executeTakeFirst();
  if (!kept) return undefined;
  // Not before: somebody for whom it was kept may have taken it while we waited.
  const taken = await db.selectFrom("mykey").select("id").where("id", "=", mykeyId).executeTakeFirst();
  if (taken) {
    await db.deleteFrom("proposal").where("id", "=", proposalId).execute();
    return undefined;
  }
  return { proposalId, mykeyId, furigana: furiganaOf(mykeyId), expiresAt: rfc3339(expiresAt) };
}

/**
 * Makes the proposed ID the person's. The caller has locked the account and ended the ID before it, if any.
 * @throws {Refusal} proposal-unknown, proposal-expired
 */
export async function takeProposed(db: Db, person: string, proposalId: string, now: number): Promise<string> {
  const proposal = await db
    .deleteFrom("proposal")
    .where("id", "=", proposalId)
    .where("person", "=", person)
    .returning(["mykey_id", "expires_at"])
    .executeTakeFirst();
  if (!proposal) throw new Refusal("proposal-unknown", "no such proposal for this person");
  if (proposal.expires_at <= now) throw new Refusal("proposal-expired", "the proposal has expired: ask for a new one");
  const { mykey_id: id } = proposal;
  const created = await db
    .insertInto("mykey")
    .values({ id, furigana: furiganaOf(id), person, state: "active", issued_at: now, ended_at: null })
    .onConflict((conflict) => conflict.doNothing())
    .returning("id")
    .executeTakeFirst();
  if (!created) throw new Refusal("proposal-expired", "the proposed ID is taken: ask for a new proposal");
  return id;
}
