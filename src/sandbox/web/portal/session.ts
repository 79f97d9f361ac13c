import { type ApprovedLogin, browserClient } from "../../login/device-login.ts";
import { beginSession, type NamedSession, type SessionFacts, sessionOfGrant } from "../../login/sessions.ts";
import type { ChangeParts } from "../../store/change.ts";
import type { Db } from "../../store/schema.ts";
import { continueSession, endSession, hashOf, longestLife, openSession, type SessionParts } from "../sessions.ts";

/** What a cookie of Mynaportal opens: nothing on the pages of the MyKey Platform. */
const keyOf = (secret: string): string => `portal ${secret}`;

/**
 * Logs a browser in as who approved its request. The session stands among the person's others, without tokens.
 * @param secret new, for the cookie
 * @param parts of the transaction
 * @returns its identifier
 */
export async function beginPortalSession(
  secret: string,
  { person, facts: approved, scope, device, address }: ApprovedLogin,
  parts: SessionParts,
): Promise<string> {
  const { db, now, random } = parts;
  const facts: SessionFacts = { ...(JSON.parse(approved) as SessionFacts), expiresAt: now() + longestLife };
  await openSession(keyOf(secret), { person, ...facts }, parts);
  const grantId = hashOf(keyOf(secret));
  const client = { client: browserClient, service: browserClient, scope, device, address };
  return beginSession(db, { grantId, person, facts, way: "device", ...client }, now(), random);
}

/** The session behind a cookie, which lives on from now; undefined: it has ended. */
export async function continuePortalSession(secret: string, parts: ChangeParts): Promise<NamedSession | undefined> {
  const stands = await continueSession(keyOf(secret), parts);
  return stands && sessionOfGrant(parts.db, hashOf(keyOf(secret)), parts.now());
}

/** Ends what a cookie opens, where it still opens something. */
export async function endPortalSession(secret: string, db: Db): Promise<void> {
  await endSession(keyOf(secret), db);
  await db
    .deleteFrom("login_session")
    .where("grant_id", "=", hashOf(keyOf(secret)))
    .execute();
}
