import type { Session } from "../http/session.ts";
import { lockAccount } from "../mykey/access.ts";
import { Refusal } from "../refusal.ts";
import { type ChangeParts, changeOnce } from "../store/change.ts";
import type { Db } from "../store/schema.ts";

export interface PersonOrder {
  readonly action: `portal.${string}`;
  /** What is asked for. Kept for a day: no secrets. */
  readonly asked: readonly (string | number | null)[];
  readonly idempotencyKey: string;
  /** For the audit log: no personal data. */
  readonly details?: Readonly<Record<string, string | number | boolean | null>>;
}

/**
 * A change of what a person has at Mynaportal: once under its key, one at a time, with its line in the audit log.
 * @throws {Refusal} session-expired, idempotency-key-reused, and what the work throws
 */
export function changeOfPerson<T>(
  session: Session,
  { action, asked, idempotencyKey, details = {} }: PersonOrder,
  parts: ChangeParts,
  work: (db: Db) => Promise<T>,
): Promise<T> {
  const { person } = session;
  const actor = `person ${person}` as const;
  return changeOnce(parts, { actor, idempotencyKey, request: [action, ...asked] }, async (db) => {
    await lockAccount(db, session);
    return { answer: await work(db), audit: [{ actor, action, subject: person, details }] };
  });
}

/** The same for one who has registered. @throws {Refusal} not-registered */
export const changeOfUser: typeof changeOfPerson = (session, order, parts, work) =>
  changeOfPerson(session, order, parts, async (db) => {
    await requireUser(db, session.person);
    return work(db);
  });

/** What a person has registered. @throws {Refusal} not-registered */
export async function requireUser(db: Db, person: string) {
  const user = await db.selectFrom("portal_user").selectAll().where("person", "=", person).executeTakeFirst();
  if (user) return user;
  throw new Refusal("not-registered", "the person has not registered with Mynaportal yet");
}
