import type { Session } from "../http/session.ts";
import { Refusal, rfc3339 } from "../refusal.ts";
import { appendAudit } from "../store/audit.ts";
import { type ChangeParts, inTransaction, lockPerson } from "../store/change.ts";
import type { Db } from "../store/schema.ts";
import { rules } from "./rules.ts";

/**
 * What a session wants: to use the account, or only to see what has happened to it. A leak report may be the repetition
 * of the one that suspended the account, and gets its answer.
 */
export type Use = "account" | "history" | "leak-report";

/**
 * Lets a session use its account, or says why not. A certificate that is used for the first time takes the place of
 * the person's earlier one, once it is old enough: the ID goes with the person.
 * @throws {Refusal} session-expired, account-suspended, certificate-expired, certificate-too-new, certificate-replaced
 */
export async function requireAccess(session: Session, use: Use, { db, now }: ChangeParts): Promise<void> {
  await requireEpoch(db, session);
  if (use === "history") return;
  if (use === "account") await requireUnsuspended(db, session.person);
  await requireCertificate(session, { db, now });
}

/** @throws {Refusal} account-suspended */
export async function requireUnsuspended(db: Db, person: string): Promise<void> {
  const current = await db
    .selectFrom("mykey")
    .select("state")
    .where("person", "=", person)
    .where("ended_at", "is", null)
    .executeTakeFirst();
  if (current?.state !== "suspended") return;
  throw new Refusal("account-suspended", "this account is suspended; only its history can be seen");
}

/** @throws {Refusal} session-expired where the account began a new epoch after the login */
async function requireEpoch(db: Db, { person, epoch }: Session): Promise<void> {
  const found = await db.selectFrom("person").select("session_epoch").where("id", "=", person).executeTakeFirst();
  if (found?.session_epoch !== epoch) throw overtaken();
}

const overtaken = () => new Refusal("session-expired", "the account has changed since the login: log in again");

/**
 * Has every other change of this account wait until the transaction ends.
 * @throws {Refusal} session-expired where one of them ended this session
 */
export async function lockAccount(db: Db, { person, epoch }: Session): Promise<void> {
  if ((await lockPerson(db, person)) !== epoch) throw overtaken();
}

async function requireCertificate(session: Session, { db, now }: ChangeParts): Promise<void> {
  const { issuer, serialNumber, notAfter } = session;
  if (notAfter <= now()) {
    throw new Refusal("certificate-expired", "the certificate has expired", { not_after: rfc3339(notAfter) });
  }
  const certificate = await db
    .selectFrom("certificate")
    .select(["linked_at", "unlinked_at"])
    .where("issuer", "=", issuer)
    .where("serial_number", "=", serialNumber)
    .executeTakeFirstOrThrow();
  if (certificate.unlinked_at !== null) throw replaced();
  if (certificate.linked_at !== null) return;
  checkWaitingTime(session, now());
  await inTransaction(db, (transaction) => link(transaction, session, now()));
}

const replaced = () => new Refusal("certificate-replaced", "a newer certificate has taken the place of this one");

/** @throws {Refusal} certificate-too-new, saying when it will be old enough */
export function checkWaitingTime({ notBefore }: Session, now: number): void {
  const earliest = earliestUse(notBefore);
  if (now >= earliest) return;
  const details = { not_before: rfc3339(notBefore), earliest: rfc3339(earliest) };
  throw new Refusal("certificate-too-new", "the certificate was issued too recently", details);
}

/** From when a certificate can be used. */
export const earliestUse = (notBefore: number): number => notBefore + rules.waitingTimeSeconds * 1000;

async function link(db: Db, session: Session, now: number): Promise<void> {
  const { person, issuer, serialNumber, notBefore } = session;
  await lockAccount(db, session);
  const linked = await db
    .selectFrom("certificate")
    .select(["issuer", "serial_number", "not_before"])
    .where("person", "=", person)
    .where("linked_at", "is not", null)
    .where("unlinked_at", "is", null)
    .execute();
  if (linked.some((other) => other.issuer === issuer && other.serial_number === serialNumber)) return;
  if (linked.some((other) => other.not_before > notBefore)) throw replaced();
  await db
    .updateTable("certificate")
    .set({ unlinked_at: now })
    .where("person", "=", person)
    .where("linked_at", "is not", null)
    .where("unlinked_at", "is", null)
    .execute();
  await db
    .updateTable("certificate")
    .set({ linked_at: now })
    .where("issuer", "=", issuer)
    .where("serial_number", "=", serialNumber)
    .execute();
  const details = { issuer, serialNumber, replaced: linked.length };
  await appendAudit(db, [{ actor: `person ${person}`, action: "certificate.link", subject: person, details }], now);
}
