import { type ApiScope, apiScopesIn, type ReadingScope, type WritingScope } from "../../portal/wire/api.ts";
import type { Consent, Consents } from "../../portal/wire/consents.ts";
import type { Session } from "../http/session.ts";
import { removeSessions } from "../login/session-removal.ts";
import type { NamedSession } from "../login/sessions.ts";
import { lockAccount } from "../mykey/access.ts";
import { Refusal, rfc3339 } from "../refusal.ts";
import { type AuditEntry, appendAudit } from "../store/audit.ts";
import { type ChangeParts, inTransaction } from "../store/change.ts";
import type { ConsentTables } from "../store/consents-schema.ts";
import type { Db } from "../store/schema.ts";
import { changeOfPerson } from "./change.ts";

export type ConsentRow = ConsentTables["consent"];

interface Given {
  /** The session that may act on it: they have one identifier. */
  readonly session: string;
  readonly person: string;
  readonly client: string;
  readonly service: string;
  readonly scope: string;
  readonly at: number;
  readonly until: number;
}

/** Writes down what a person let a service do, where that is anything of the API. */
export async function recordConsent(db: Db, { session, scope: all, at, until, ...given }: Given): Promise<void> {
  const scope = apiScopesIn(all).join(" ");
  if (scope === "") return;
  const times = { given_at: at, expires_at: until, withdrawn_at: null };
  await db
    .insertInto("consent")
    .values({ id: session, scope, ...given, ...times })
    .execute();
}

/** A person's consents, the newest first. */
export async function consentsOf(db: Db, person: string, now: number): Promise<Consents> {
  const rows = await db
    .selectFrom("consent")
    .leftJoin("login_session", "login_session.id", "consent.id")
    .leftJoin("oidc_payload", (join) =>
      join.onRef("oidc_payload.grant_id", "=", "login_session.grant_id").on("model", "=", "AccessToken"),
    )
    .selectAll("consent")
    .select("model")
    .where("consent.person", "=", person)
    .orderBy("given_at", "desc")
    .orderBy("consent.id")
    .execute();
  return { sandbox: true, consents: rows.map((row) => consentIn(row, row.model !== null && row.expires_at > now)) };
}

const consentIn = (row: ConsentRow, lasts: boolean): Consent => ({
  id: row.id,
  client: row.client,
  service: row.service,
  scopes: apiScopesIn(row.scope),
  state: row.withdrawn_at !== null ? "withdrawn" : lasts ? "standing" : "over",
  givenAt: rfc3339(row.given_at),
  until: rfc3339(row.expires_at),
  withdrawnAt: row.withdrawn_at === null ? null : rfc3339(row.withdrawn_at),
});

/**
 * Takes a consent back. The service's session ends with it, whatever else that was for.
 * @throws {Refusal} consent-unknown where none of the person's stands under this identifier; session-expired,
 *   idempotency-key-reused
 */
export function withdrawConsent(
  session: Session,
  { consent, idempotencyKey }: { readonly consent: string; readonly idempotencyKey: string },
  parts: ChangeParts,
): Promise<Consents> {
  const { person } = session;
  const order = { action: "portal.withdraw-consent", asked: [consent], idempotencyKey, details: { consent } } as const;
  return changeOfPerson(session, order, parts, async (db) => {
    const standing = (await consentsOf(db, person, parts.now())).consents.find(({ id }) => id === consent);
    if (standing?.state !== "standing") throw new Refusal("consent-unknown", "no such consent of yours stands");
    await db.updateTable("consent").set({ withdrawn_at: parts.now() }).where("id", "=", consent).execute();
    await removeSessions(db, { person, which: consent, now: parts.now() });
    return consentsOf(db, person, parts.now());
  });
}

export interface UseParts extends ChangeParts {
  random(length: number): Uint8Array;
}

const idBytes = 8;

/**
 * Has a service read something of a person. It gets its answer when the person can see that it was read, and not before.
 * @throws {Refusal} session-expired, and what the reading throws
 */
export const readUnderConsent = <T>(
  session: NamedSession,
  scope: ReadingScope,
  parts: UseParts,
  read: (db: Db, consent: ConsentRow) => Promise<T>,
): Promise<T> =>
  useConsent(session, { scope, action: "api.read" }, parts, async (db, consent) => {
    const answer = await read(db, consent);
    const id = Buffer.from(parts.random(idBytes)).toString("hex");
    const use = { id, consent: consent.id, person: session.person, scope, at: parts.now() };
    await db.insertInto("consent_use").values(use).execute();
    return answer;
  });

/** Says in the audit log that a service is about to change something. @throws {Refusal} session-expired */
export const requireConsent = (session: NamedSession, scope: WritingScope, parts: ChangeParts): Promise<void> =>
  useConsent(session, { scope, action: "api.write" }, parts, async () => undefined);

function useConsent<T>(
  session: NamedSession,
  { scope, action }: { readonly scope: ApiScope; readonly action: AuditEntry["action"] },
  { db, now }: ChangeParts,
  work: (db: Db, consent: ConsentRow) => Promise<T>,
): Promise<T> {
  return inTransaction(db, async (transaction) => {
    await lockAccount(transaction, session);
    const consent = await standingConsent(transaction, session);
    const answer = await work(transaction, consent);
    const actor = `service ${consent.client}` as const;
    await appendAudit(transaction, [{ actor, action, subject: session.person, details: { scope } }], now());
    return answer;
  });
}

/** @throws {Refusal} session-expired where nobody has consented, or the session has ended since it was found */
async function standingConsent(db: Db, { id }: NamedSession): Promise<ConsentRow> {
  const consent = await db
    .selectFrom("consent")
    .innerJoin("login_session", "login_session.id", "consent.id")
    .selectAll("consent")
    .where("consent.id", "=", id)
    .executeTakeFirst();
  if (consent) return consent;
  throw new Refusal("session-expired", "nobody consents to this session any more");
}
