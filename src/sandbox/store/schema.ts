import type { Kysely } from "kysely";

/**
 * The tables of the platform, the same on SQLite and PostgreSQL: text, integers and nothing else. Times are
 * milliseconds since the epoch, booleans 0 or 1, JSON is text, identifiers are made by the program.
 */
export interface Tables {
  schema_migration: { id: number; name: string; applied_at: number };
  /** What makes this platform this platform, e.g. its signing keys. */
  meta: { name: string; value: string };
  /** Everything that the authorization server keeps: grants, access tokens. */
  oidc_payload: {
    model: string;
    id: string;
    payload: string;
    grant_id: string | null;
    user_code: string | null;
    uid: string | null;
    consumed_at: number | null;
    expires_at: number | null;
  };
  /** A person under an identifier that outlives every certificate; `linkage` says how certificates find it. */
  person: { id: string; linkage: string; created_at: number };
  certificate: {
    issuer: string;
    serial_number: string;
    person: string;
    not_before: number;
    not_after: number;
    first_seen: number;
  };
  revoked_certificate: { issuer: string; serial_number: string; revoked_at: number; reason: string };
  /** Nonces given out for card logins; each can be used once. */
  challenge: { nonce: string; used: number; expires_at: number };
  assertion_jti: { issuer: string; jti: string; expires_at: number };
  proposal: { id: string; person: string; mykey_id: string; expires_at: number };
  mykey: { id: string; furigana: string; person: string; state: string; issued_at: number };
  reservation: { person: string; state: string; reserved_at: number };
  idempotency: { person: string; idempotency_key: string; request: string; response: string; created_at: number };
}

/** The database, or a transaction on it. */
export type Db = Kysely<Tables>;
