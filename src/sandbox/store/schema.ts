import type { Generated, Kysely } from "kysely";
import type { ProgrammeNumber } from "../../mykey/points/programmes.ts";
import type { ReportKind } from "../../mykey/points/wire.ts";
import type { ClientTables } from "./clients-schema.ts";
import type { ConsentTables } from "./consents-schema.ts";
import type { LoginTables } from "./login-schema.ts";
import type { SettingTable } from "./operator-schema.ts";
import type { PagesTables } from "./pages-schema.ts";
import type { PortalTables } from "./portal-schema.ts";
import type { ProcedureTables } from "./procedures-schema.ts";

export type MykeyState = "active" | "suspended" | "changed" | "revoked";

/**
 * The tables of the platform, the same on SQLite and PostgreSQL: text, integers and nothing else. Times are
 * milliseconds since the epoch, booleans 0 or 1, JSON is text, identifiers are made by the program.
 */
export interface Tables extends ClientTables, ConsentTables, LoginTables, PagesTables, PortalTables, ProcedureTables {
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
  person: {
    id: string;
    linkage: string;
    created_at: number;
    /** Sessions of an earlier epoch are over: a suspension or revocation begins a new one. */
    session_epoch: Generated<number>;
  };
  certificate: {
    issuer: string;
    serial_number: string;
    person: string;
    not_before: number;
    not_after: number;
    first_seen: number;
    /** From when to when it was the one that the account goes with; both null: not yet. */
    linked_at: number | null;
    unlinked_at: number | null;
  };
  revoked_certificate: { issuer: string; serial_number: string; revoked_at: number; reason: string };
  /** Nonces given out for card logins; each can be used once, and one that is bound to a device's request for it alone. */
  challenge: { nonce: string; used: number; expires_at: number; bound_to: string | null };
  assertion_jti: { issuer: string; jti: string; expires_at: number };
  proposal: { id: string; person: string; mykey_id: string; expires_at: number };
  /** Every ID that ever was; the one without `ended_at` is its person's. No ID is given out twice. */
  mykey: {
    id: string;
    furigana: string;
    person: string;
    state: MykeyState;
    issued_at: number;
    ended_at: number | null;
  };
  reservation: { person: string; state: "reserved" | "void"; reserved_at: number };
  /** What a person entered. `notify` is 0 or 1. */
  profile: {
    person: string;
    email: string | null;
    notify: number;
    points_municipality: string | null;
    changed_at: number;
  };
  password: { person: string; hash: string; changed_at: number };
  /** Failed logins by account and by address. */
  throttle: { subject: string; failures: number; blocked_until: number; expires_at: number };
  /** What a person has tried on the way to another ID. */
  id_change: { person: string; duplicates: number; generated: number; expires_at: number };
  /** What was answered to whom under which idempotency key (`change.ts`). */
  remembered_answer: {
    actor: string;
    idempotency_key: string;
    request: string;
    response: string;
    created_at: number;
  };
  /** How much of what is limited has been taken (`quota.ts`); `most` null: the limit is the published one. */
  quota: { name: string; taken: number; most: Generated<number | null> };
  setting: SettingTable;
  /** Cashless services that take part, and who has which account there: of the simulation. */
  points_service: { id: string; token_hash: string; created_at: number };
  points_account: { service: string; service_id: string; code_hash: string; holder: string; ward: string | null };
  /** One for each person and programme, with what has counted. `reserved_at`: of the reservation that it goes with. */
  points_application: {
    person: string;
    programme: ProgrammeNumber;
    service: string;
    service_id: string;
    reserved_at: number;
    applied_at: number;
    counted_yen: number;
    points: number;
  };
  points_report: {
    service: string;
    report_id: string;
    service_id: string;
    person: string;
    programme: ProgrammeNumber;
    kind: ReportKind;
    yen: number;
    points: number;
    reported_at: number;
  };
  /** Only ever added to (`audit.ts`). */
  audit: {
    sequence: number;
    at: number;
    actor: string;
    action: string;
    subject: string | null;
    details: string;
    hash: string;
  };
  /** How many lines the audit log has and the hash of its last; one row. */
  audit_anchor: { id: number; lines: number; hash: string };
}

/** The database, or a transaction on it. */
export type Db = Kysely<Tables>;
