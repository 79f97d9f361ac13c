import type { Kysely, SelectType } from "kysely";
import type { Db, Tables } from "../schema.ts";

/** What a column holds; with a question mark: or null. */
export type ColumnKind = "text" | "integer" | "text?" | "integer?";

type KindOf<V> = null extends V
  ? [Extract<V, number>] extends [never]
    ? "text?"
    : "integer?"
  : V extends number
    ? "integer"
    : "text";

type Columns<T extends keyof Tables> = { readonly [C in keyof Tables[T]]: KindOf<SelectType<Tables[T][C]>> };

interface Moved<T extends keyof Tables> {
  readonly columns: Columns<T>;
  /** The primary key: the order of the rows. */
  readonly key: readonly (keyof Tables[T])[];
}

/**
 * What becomes of every table when a platform moves to another database: what moves, each after those that it refers
 * to, or null. A table or column that is missing here does not compile.
 */
const tables: { readonly [T in keyof Tables]: Moved<T> | null } = {
  person: {
    columns: { id: "text", linkage: "text", created_at: "integer", session_epoch: "integer" },
    key: ["id"],
  },
  certificate: {
    columns: {
      issuer: "text",
      serial_number: "text",
      person: "text",
      not_before: "integer",
      not_after: "integer",
      first_seen: "integer",
      linked_at: "integer?",
      unlinked_at: "integer?",
    },
    key: ["issuer", "serial_number"],
  },
  revoked_certificate: {
    columns: { issuer: "text", serial_number: "text", revoked_at: "integer", reason: "text" },
    key: ["issuer", "serial_number"],
  },
  mykey: {
    columns: {
      id: "text",
      furigana: "text",
      person: "text",
      state: "text",
      issued_at: "integer",
      ended_at: "integer?",
    },
    key: ["id"],
  },
  reservation: { columns: { person: "text", state: "text", reserved_at: "integer" }, key: ["person"] },
  profile: {
    columns: {
      person: "text",
      email: "text?",
      notify: "integer",
      points_municipality: "text?",
      changed_at: "integer",
    },
    key: ["person"],
  },
  // Hashes of passwords, tokens and codes move: without them, nobody could use what moved.
  password: { columns: { person: "text", hash: "text", changed_at: "integer" }, key: ["person"] },
  // A request that is repeated after the move must not be carried out twice.
  remembered_answer: {
    columns: { actor: "text", idempotency_key: "text", request: "text", response: "text", created_at: "integer" },
    key: ["actor", "idempotency_key"],
  },
  quota: { columns: { name: "text", taken: "integer", most: "integer?" }, key: ["name"] },
  setting: { columns: { name: "text", value: "text", set_at: "integer" }, key: ["name"] },
  oauth_client: {
    columns: { id: "text", name: "text", redirect_uris: "text", scope: "text", created_at: "integer" },
    key: ["id"],
  },
  points_service: { columns: { id: "text", token_hash: "text", created_at: "integer" }, key: ["id"] },
  points_account: {
    columns: { service: "text", service_id: "text", code_hash: "text", holder: "text", ward: "text?" },
    key: ["service", "service_id"],
  },
  points_application: {
    columns: {
      person: "text",
      programme: "integer",
      service: "text",
      service_id: "text",
      reserved_at: "integer",
      applied_at: "integer",
      counted_yen: "integer",
      points: "integer",
    },
    key: ["person", "programme"],
  },
  points_report: {
    columns: {
      service: "text",
      report_id: "text",
      service_id: "text",
      person: "text",
      programme: "integer",
      kind: "text",
      yen: "integer",
      points: "integer",
      reported_at: "integer",
    },
    key: ["service", "report_id"],
  },
  portal_user: {
    columns: {
      person: "text",
      nickname: "text",
      email: "text?",
      notify: "integer",
      registered_at: "integer",
      changed_at: "integer",
    },
    key: ["person"],
  },
  portal_notice: {
    columns: {
      person: "text",
      number: "integer",
      kind: "text",
      about: "text?",
      at: "integer",
      read_at: "integer?",
    },
    key: ["person", "number"],
  },
  portal_request: {
    columns: {
      person: "text",
      number: "integer",
      topic: "text",
      from_day: "text?",
      until_day: "text?",
      requested_at: "integer",
      answered_at: "integer",
    },
    key: ["person", "number"],
  },
  portal_exchange: {
    columns: {
      person: "text",
      number: "integer",
      at: "integer",
      requester: "text",
      provider: "text",
      topic: "text",
      ground: "text",
      outcome: "text",
    },
    key: ["person", "number"],
  },
  portal_link: { columns: { person: "text", service: "text", linked_at: "integer" }, key: ["person", "service"] },
  portal_payment: {
    columns: { person: "text", demand: "text", means: "text", receipt: "text", paid_at: "integer" },
    key: ["person", "demand"],
  },
  // The sessions that they were given to stay behind: all of them are over, and can still be looked up.
  consent: {
    columns: {
      id: "text",
      person: "text",
      client: "text",
      service: "text",
      scope: "text",
      given_at: "integer",
      expires_at: "integer",
      withdrawn_at: "integer?",
    },
    key: ["id"],
  },
  consent_use: {
    columns: { id: "text", consent: "text", person: "text", scope: "text", at: "integer" },
    key: ["id"],
  },
  // A correction refers to what it corrects, which was received before.
  procedure_application: {
    columns: {
      id: "text",
      person: "text",
      procedure: "text",
      state: "text",
      corrects: "text?",
      application: "text",
      digest: "text",
      signature: "text",
      receipt: "text",
      received_at: "integer",
    },
    key: ["received_at", "id"],
  },
  procedure_attachment: {
    columns: { application: "text", name: "text", media_type: "text", sha256: "text", content: "text" },
    key: ["application", "name"],
  },
  procedure_event: {
    columns: { application: "text", number: "integer", at: "integer", state: "text", reason: "text?" },
    key: ["application", "number"],
  },
  audit: {
    columns: {
      sequence: "integer",
      at: "integer",
      actor: "text",
      action: "text",
      subject: "text?",
      details: "text",
      hash: "text",
    },
    key: ["sequence"],
  },
  audit_anchor: { columns: { id: "integer", lines: "integer", hash: "text" }, key: ["id"] },

  // Each database has its own.
  schema_migration: null,
  // Secret keys: the other platform makes its own, which ends every session.
  meta: null,
  // Sessions, tokens, requests and nonces: whoever had one logs in anew.
  oidc_payload: null,
  login_session: null,
  device_login: null,
  page_session: null,
  page_ticket: null,
  challenge: null,
  assertion_jti: null,
  // Over in minutes, and asked for anew.
  proposal: null,
  throttle: null,
  id_change: null,
};

export interface MovedTable {
  readonly name: string;
  readonly columns: readonly (readonly [name: string, kind: ColumnKind])[];
  readonly key: readonly string[];
}

/** The tables that move, in their order. */
export const movedTables: readonly MovedTable[] = Object.entries(tables).flatMap(([name, moved]) =>
  moved === null ? [] : [{ name, columns: Object.entries<ColumnKind>(moved.columns), key: moved.key }],
);

export type Value = string | number | null;

/** The database as one whose tables are known by name alone: their columns are those of `movedTables`. */
export const byName = (db: Db) => db as unknown as Kysely<Record<string, Record<string, Value>>>;
