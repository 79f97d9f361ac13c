import type { ChangeProposal, IssuedMykeyId } from "../../mykey/wire.ts";
import type { Session } from "../http/session.ts";
import { Refusal, rfc3339 } from "../refusal.ts";
import { changeOnce, inTransaction } from "../store/change.ts";
import type { Db } from "../store/schema.ts";
import { lockAccount } from "./access.ts";
import { isMykeyId } from "./identifier.ts";
import { requireActiveId } from "./ids.ts";
import type { ProposalOrder } from "./issue.ts";
import { keepFor, type MykeyParts, proposeRandom, takeProposed } from "./proposals.ts";
import { changeRules, rules } from "./rules.ts";

/**
 * Keeps another ID for a person who has one: their own choice, or a generated one. After three choices that were
 * somebody's, one is generated whatever is wished for; three are generated at most.
 * @param wanted eight characters of the alphabet; null: any
 * @throws {Refusal} no-mykey-id, mykey-id-malformed, mykey-id-taken, proposals-exhausted, session-expired
 */
export async function proposeChange(
  session: Session,
  wanted: string | null,
  parts: MykeyParts,
): Promise<ChangeProposal> {
  if (wanted !== null) requireForm(wanted);
  const outcome = await inTransaction(parts.db, async (transaction) => {
    await lockAccount(transaction, session);
    await requireActiveId(transaction, session.person);
    return proposeOnce(transaction, session.person, wanted, parts);
  });
  // Thrown out here: a choice that was taken is counted.
  if (outcome instanceof Refusal) throw outcome;
  return outcome;
}

function requireForm(wanted: string): void {
  if (isMykeyId(wanted)) return;
  const { idLength, idAlphabet } = rules;
  throw new Refusal("mykey-id-malformed", `a MyKey ID is ${idLength} characters of ${idAlphabet}`);
}

interface Tries {
  readonly duplicates: number;
  readonly generated: number;
}

async function proposeOnce(
  db: Db,
  person: string,
  wanted: string | null,
  parts: MykeyParts,
): Promise<ChangeProposal | Refusal> {
  const { now } = parts;
  const { duplicatesAllowed, generatedAllowed, triesLifeSeconds } = changeRules;
  const row = await db
    .selectFrom("id_change")
    .selectAll()
    .where("person", "=", person)
    .where("expires_at", ">", now())
    .executeTakeFirst();
  const expiresAt = row?.expires_at ?? now() + triesLifeSeconds * 1000;
  let { duplicates, generated }: Tries = row ?? { duplicates: 0, generated: 0 };
  if (wanted !== null && duplicates < duplicatesAllowed) {
    const kept = await keepFor(db, person, wanted, parts);
    if (kept) return { sandbox: true, ...kept, generated: false, generatedLeft: generatedAllowed - generated };
    duplicates += 1;
    await remember(db, person, { duplicates, generated }, expiresAt);
    const left = duplicatesAllowed - duplicates;
    if (left > 0) return new Refusal("mykey-id-taken", `somebody has or had this ID; choices left: ${left}`);
  }
  if (generated >= generatedAllowed) {
    const earliest = rfc3339(expiresAt);
    return new Refusal("proposals-exhausted", "no more IDs are generated for now", { earliest });
  }
  generated += 1;
  await remember(db, person, { duplicates, generated }, expiresAt);
  const proposal = await proposeRandom(db, person, parts);
  return { sandbox: true, ...proposal, generated: true, generatedLeft: generatedAllowed - generated };
}

async function remember(db: Db, person: string, tries: Tries, expiresAt: number): Promise<void> {
  const row = { ...tries, expires_at: expiresAt };
  await db
    .insertInto("id_change")
    .values({ person, ...row })
    .onConflict((conflict) => conflict.column("person").doUpdateSet(row))
    .execute();
}

/**
 * Makes the proposed ID the person's, at once; the one before it ends and is nobody's for ever. The reservation stays.
 * @throws {Refusal} no-mykey-id, proposal-unknown, proposal-expired, session-expired, idempotency-key-reused
 */
export function changeId(session: Session, order: ProposalOrder, parts: MykeyParts): Promise<IssuedMykeyId> {
  const { person } = session;
  const { proposalId, idempotencyKey } = order;
  const actor = `person ${person}` as const;
  return changeOnce(parts, { actor, idempotencyKey, request: ["mykey.change", proposalId] }, async (transaction) => {
    await lockAccount(transaction, session);
    const { mykeyId: from } = await requireActiveId(transaction, person);
    const now = parts.now();
    await transaction.updateTable("mykey").set({ state: "changed", ended_at: now }).where("id", "=", from).execute();
    const to = await takeProposed(transaction, person, proposalId, now);
    await transaction.deleteFrom("id_change").where("person", "=", person).execute();
    const audit = [{ actor, action: "mykey.change" as const, subject: person, details: { from, to } }];
    return { answer: await requireActiveId(transaction, person), audit };
  });
}
