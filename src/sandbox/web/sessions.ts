import { createHash } from "node:crypto";
import type { Session } from "../http/session.ts";
import { rfc3339 } from "../refusal.ts";
import type { ChangeParts } from "../store/change.ts";
import type { Db } from "../store/schema.ts";

/** How long a browser stays logged in: without a click, and at most, in milliseconds. */
export const idleLife = 10 * 60 * 1000;
export const longestLife = 60 * 60 * 1000;
/** How long a one-time address can be opened. */
const ticketLife = 60 * 1000;

const secretBytes = 32;

export interface SessionParts extends ChangeParts {
  random(length: number): Uint8Array;
}

/** Unguessable, fit for a cookie and an address. */
export const newSecret = ({ random }: Pick<SessionParts, "random">): string =>
  Buffer.from(random(secretBytes)).toString("base64url");

/** What of a secret may lie in the store: it opens nothing. */
export const hashOf = (secret: string): string => createHash("sha256").update(secret).digest("base64url");

/** Logs a browser in. @returns the secret that its cookie holds, which no earlier visit knew */
export async function beginSession(session: Session, parts: SessionParts): Promise<string> {
  const secret = newSecret(parts);
  await openSession(secret, session, parts);
  return secret;
}

/** From here on a new secret logs in. */
export async function openSession(secret: string, session: Session, parts: ChangeParts): Promise<void> {
  const { person, ...facts } = session;
  const now = parts.now();
  await parts.db
    .insertInto("page_session")
    .values({
      id_hash: hashOf(secret),
      person,
      facts: JSON.stringify(facts),
      expires_at: now + idleLife,
      ends_at: now + longestLife,
    })
    .execute();
}

/** The login behind a cookie, which lives on from now, but never beyond its longest life; undefined: it has ended. */
export async function continueSession(secret: string, { db, now }: ChangeParts): Promise<Session | undefined> {
  const idleUntil = now() + idleLife;
  const row = await db
    .updateTable("page_session")
    .set((of) => ({
      expires_at: of.case().when("ends_at", "<", idleUntil).then(of.ref("ends_at")).else(idleUntil).end(),
    }))
    .where("id_hash", "=", hashOf(secret))
    .where("expires_at", ">", now())
    .returning(["person", "facts"])
    .executeTakeFirst();
  return row && sessionIn(row);
}

export async function endSession(secret: string, db: Db): Promise<void> {
  await db.deleteFrom("page_session").where("id_hash", "=", hashOf(secret)).execute();
}

/** A ticket that logs one browser in as this session's person, once. */
export async function issueTicket({ person, ...facts }: Session, parts: SessionParts) {
  const ticket = newSecret(parts);
  const expiresAt = parts.now() + ticketLife;
  await parts.db
    .insertInto("page_ticket")
    .values({ ticket_hash: hashOf(ticket), person, facts: JSON.stringify(facts), expires_at: expiresAt })
    .execute();
  return { ticket, expiresAt: rfc3339(expiresAt) };
}

/** Whether a ticket would still log somebody in. Looking does not use it up. */
export async function isTicketOpen(ticket: string, { db, now }: Pick<ChangeParts, "db" | "now">): Promise<boolean> {
  const row = await db
    .selectFrom("page_ticket")
    .select("expires_at")
    .where("ticket_hash", "=", hashOf(ticket))
    .executeTakeFirst();
  return row !== undefined && row.expires_at > now();
}

/** Uses a ticket up: of any number of browsers at once, one gets through. */
export async function useTicket(ticket: string, { db, now }: ChangeParts): Promise<Session | undefined> {
  const row = await db
    .deleteFrom("page_ticket")
    .where("ticket_hash", "=", hashOf(ticket))
    .returning(["person", "facts", "expires_at"])
    .executeTakeFirst();
  return row && row.expires_at > now() ? sessionIn(row) : undefined;
}

const sessionIn = ({ person, facts }: { readonly person: string; readonly facts: string }): Session => ({
  ...(JSON.parse(facts) as Omit<Session, "person">),
  person,
});
