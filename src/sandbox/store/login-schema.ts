import type { Db } from "./schema.ts";

/** How somebody got into a session: in person, or by approving what another device asked for. */
export type LoginWay = "card" | "password" | "device" | "code";

/** What became of a device's request (`login/device-login.ts`). */
export type DeviceLoginState = "pending" | "approved" | "denied" | "cancelled" | "used";

export interface LoginTables {
  /** Sessions that have begun; a token whose grant is not here is good for nothing. `facts` is JSON (`sessions.ts`). */
  login_session: {
    id: string;
    /** Of the tokens; of a browser's session there are none, and this is its `page_session`. */
    grant_id: string;
    person: string;
    facts: string;
    way: LoginWay;
    client: string;
    /** As the device calls itself. */
    device: string | null;
    /** As the platform saw it. */
    address: string | null;
    started_at: number;
    expires_at: number;
  };
  /** Requests of devices to be let in by a card elsewhere (RFC 8628); `id` is the hash of the device code. */
  device_login: {
    id: string;
    user_code: string;
    client: string;
    scope: string;
    device: string | null;
    address: string | null;
    /** Of the key that the device's session will be bound to. */
    thumbprint: string | null;
    state: DeviceLoginState;
    /** Of whoever approved. */
    person: string | null;
    facts: string | null;
    /** The session that came of it. */
    session: string | null;
    created_at: number;
    expires_at: number;
    /** Seconds between two questions of the device, and when the next one is in time. */
    poll_interval: number;
    poll_after: number;
  };
}

/** Sessions that can be listed and ended, and logins that another device approves. */
export async function loginSchema(db: Db): Promise<void> {
  await db.schema
    .createTable("login_session")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("grant_id", "text", (column) => column.notNull().unique())
    .addColumn("person", "text", (column) => column.notNull().references("person.id"))
    .addColumn("facts", "text", (column) => column.notNull())
    .addColumn("way", "text", (column) => column.notNull())
    .addColumn("client", "text", (column) => column.notNull())
    .addColumn("device", "text")
    .addColumn("address", "text")
    .addColumn("started_at", "bigint", (column) => column.notNull())
    .addColumn("expires_at", "bigint", (column) => column.notNull())
    .execute();
  await db.schema.createIndex("login_session_person").on("login_session").column("person").execute();
  await db.schema
    .createTable("device_login")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("user_code", "text", (column) => column.notNull().unique())
    .addColumn("client", "text", (column) => column.notNull())
    .addColumn("scope", "text", (column) => column.notNull())
    .addColumn("device", "text")
    .addColumn("address", "text")
    .addColumn("thumbprint", "text")
    .addColumn("state", "text", (column) => column.notNull())
    .addColumn("person", "text", (column) => column.references("person.id"))
    .addColumn("facts", "text")
    .addColumn("session", "text")
    .addColumn("created_at", "bigint", (column) => column.notNull())
    .addColumn("expires_at", "bigint", (column) => column.notNull())
    .addColumn("poll_interval", "integer", (column) => column.notNull())
    .addColumn("poll_after", "bigint", (column) => column.notNull())
    .execute();
  await db.schema.alterTable("challenge").addColumn("bound_to", "text").execute();
}
