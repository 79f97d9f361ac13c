import type { ProposalAnswer } from "../../mykey/wire.ts";
import type { Session } from "../http/session.ts";
import { Refusal, rfc3339 } from "../refusal.ts";
import type { Db } from "../store/schema.ts";
import { furiganaOf, randomMykeyId } from "./identifier.ts";
import { activeIdOf } from "./ids.ts";
import { rules } from "./rules.ts";

/** Of 32^8 IDs, even one collision is a once-in-a-lifetime event. */
const attempts = 8;

export interface MykeyParts {
  readonly db: Db;
  now(): number;
  random(length: number): Uint8Array;
  /** How many reservations there may be at once. */
  readonly reservationCap: number;
}

/**
 * The ID that the person has, or a new one to think about, kept for them for a while.
 * @throws {Refusal} certificate-too-new
 */
export async function propose(session: Session, { db, now, random }: MykeyParts): Promise<ProposalAnswer> {
  const existing = await activeIdOf(db, session.person);
  if (existing) return { sandbox: true, existing };
  checkWaitingTime(session, now());
  for (let attempt = 0; attempt < attempts; attempt++) {
    const mykeyId = randomMykeyId(random);
    const id = Buffer.from(random(16)).toString("base64url");
    const expiresAt = now() + rules.proposalLifeSeconds * 1000;
    if (await keep(db, { id, person: session.person, mykey_id: mykeyId, expires_at: expiresAt })) {
      const furigana = furiganaOf(mykeyId);
      return { sandbox: true, proposalId: id, mykeyId, furigana, expiresAt: rfc3339(expiresAt) };
    }
  }
  throw new Refusal("server-error", "no free MyKey ID was found");
}

/** @throws {Refusal} certificate-too-new, saying when it will be old enough */
export function checkWaitingTime({ notBefore }: Session, now: number): void {
  const earliest = notBefore + rules.waitingTimeSeconds * 1000;
  if (now >= earliest) return;
  const details = { not_before: rfc3339(notBefore), earliest: rfc3339(earliest) };
  throw new Refusal("certificate-too-new", "the certificate was issued too recently", details);
}

/** False where the ID is somebody's, or proposed to somebody. */
async function keep(
  db: Db,
  proposal: { id: string; person: string; mykey_id: string; expires_at: number },
): Promise<boolean> {
  const taken = await db.selectFrom("mykey").select("id").where("id", "=", proposal.mykey_id).executeTakeFirst();
  if (taken) return false;
  const kept = await db
    .insertInto("proposal")
    .values(proposal)
    .onConflict((conflict) => conflict.doNothing())
    .returning("id")
    .executeTakeFirst();
  return kept !== undefined;
}
