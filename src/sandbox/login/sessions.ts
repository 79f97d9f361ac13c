import type { RevocationState } from "../../login/wire.ts";
import type { PortalSession, SessionsEnded } from "../../portal/wire.ts";
import { recordConsent } from "../portal/consents.ts";
import { Refusal, rfc3339 } from "../refusal.ts";
import { type ChangeParts, changeOnce } from "../store/change.ts";
import type { LoginWay } from "../store/login-schema.ts";
import type { Db } from "../store/schema.ts";
import { removeSessions } from "./session-removal.ts";

/** How long a session lasts, in seconds. */
export const sessionLife = 15 * 60;

const idBytes = 8;

/** What a session remembers of the login. */
export interface SessionFacts {
  /** How the person logged in; with a password, the certificate is the one that the account goes with. */
  readonly method: "card" | "password";
  readonly issuer: string;
  readonly serialNumber: string;
  readonly notBefore: number;
  readonly notAfter: number;
  readonly revocation: RevocationState;
  /** Milliseconds since the epoch, by the platform's clock. */
  readonly expiresAt: number;
  /** Of the account at the login: a later one ends the session. */
  readonly epoch: number;
}

/** Who a request speaks for. */
export interface Session extends SessionFacts {
  readonly person: string;
}

/** One that can be listed and ended. */
export interface NamedSession extends Session {
  readonly id: string;
}

export interface Beginning {
  readonly grantId: string;
  readonly person: string;
  readonly facts: SessionFacts;
  readonly way: LoginWay;
  readonly client: string;
  /** What people are told the client is called, and what it asked for. */
  readonly service: string;
  readonly scope: string;
  readonly device: string | null;
  readonly address: string | null;
}

/**
 * Begins a session: from here on the tokens of its grant are good for something, and what its person consented to stands.
 * @returns its identifier
 */
export async function beginSession(
  db: Db,
  { grantId, facts, service, scope, ...login }: Beginning,
  now: number,
  random: (length: number) => Uint8Array,
): Promise<string> {
  const id = Buffer.from(random(idBytes)).toString("hex");
  const row = { id, grant_id: grantId, facts: JSON.stringify(facts), started_at: now, expires_at: facts.expiresAt };
  await db
    .insertInto("login_session")
    .values({ ...login, ...row })
    .execute();
  const { person, client } = login;
  await recordConsent(db, { session: id, person, client, service, scope, at: now, until: facts.expiresAt });
  return id;
}

/** The session that a grant began; undefined: none, or it is over. */
export async function sessionOfGrant(db: Db, grantId: string, now: number): Promise<NamedSession | undefined> {
  const row = await db
    .selectFrom("login_session")
    .select(["id", "person", "facts"])
    .where("grant_id", "=", grantId)
    .where("expires_at", ">", now)
    .executeTakeFirst();
  return row && { ...(JSON.parse(row.facts) as SessionFacts), id: row.id, person: row.person };
}

/**
 * A person's sessions that stand, the newest first: a token that was revoked, a browser that was not used for a while,
 * or what is of an earlier epoch, is over.
 */
export async function sessionsOf(db: Db, session: NamedSession, now: number): Promise<PortalSession[]> {
  const rows = await db
    .selectFrom("login_session")
    .leftJoin("oidc_payload", (join) =>
      join.onRef("oidc_payload.grant_id", "=", "login_session.grant_id").on("model", "=", "AccessToken"),
    )
    .leftJoin("page_session", (join) =>
      join.onRef("id_hash", "=", "login_session.grant_id").on("page_session.expires_at", ">", now),
    )
    .leftJoin("oauth_client", "oauth_client.id", "login_session.client")
    .select([
      "login_session.id",
      "login_session.facts",
      "oauth_client.name as service",
      "way",
      "client",
      "device",
      "address",
      "started_at",
    ])
    .select("page_session.expires_at as idleUntil")
    .where("login_session.person", "=", session.person)
    .where("login_session.expires_at", ">", now)
    .where((of) => of.or([of("model", "is not", null), of("id_hash", "is not", null)]))
    .orderBy("started_at", "desc")
    .orderBy("login_session.id")
    .execute();
  return rows
    .map((row) => ({ ...row, facts: JSON.parse(row.facts) as SessionFacts }))
    .filter(({ facts }) => facts.epoch >= session.epoch)
    .map(({ id, facts, way, client, service, device, address, started_at, idleUntil }) => ({
      id,
      current: id === session.id,
      way,
      client,
      service,
      device,
      address,
      startedAt: rfc3339(started_at),
      expiresAt: rfc3339(idleUntil ?? facts.expiresAt),
    }));
}

/**
 * Ends sessions of a person, and revokes their tokens.
 * @param which one, or all of them, this one too
 * @throws {Refusal} session-unknown
 */
export function endSessions(
  session: Session,
  { which, idempotencyKey }: { readonly which: string | "all"; readonly idempotencyKey: string },
  parts: ChangeParts,
): Promise<SessionsEnded> {
  const actor = `person ${session.person}` as const;
  return changeOnce(parts, { actor, idempotencyKey, request: ["session.end", which] }, async (db) => {
    const ended = await removeSessions(db, { person: session.person, which, now: parts.now() });
    if (ended.length === 0) throw new Refusal("session-unknown", "there is no such session of yours");
    const audit = ended.map((id) => ({
      actor,
      action: "session.end" as const,
      subject: session.person,
      details: { session: id },
    }));
    return { answer: { sandbox: true, ended }, audit };
  });
}
