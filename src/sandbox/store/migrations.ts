import { sql } from "kysely";
import { accountsSchema } from "./accounts-schema.ts";
import { clientsSchema } from "./clients-schema.ts";
import { consentsSchema } from "./consents-schema.ts";
import { loginSchema } from "./login-schema.ts";
import { operatorSchema } from "./operator-schema.ts";
import { pagesSchema } from "./pages-schema.ts";
import { pointsSchema } from "./points-schema.ts";
import { portalInformationSchema, portalLinksSchema, portalUsersSchema } from "./portal-schema.ts";
import { proceduresSchema } from "./procedures-schema.ts";
import type { Db } from "./schema.ts";

interface Migration {
  readonly name: string;
  up(db: Db): Promise<void>;
}

/** Never edited once released: a change of the schema is a new entry. */
const migrations: readonly Migration[] = [
  { name: "first schema", up: firstSchema },
  { name: "accounts", up: accountsSchema },
  { name: "points", up: pointsSchema },
  { name: "operator", up: operatorSchema },
  { name: "logins", up: loginSchema },
  { name: "pages", up: pagesSchema },
  { name: "portal users", up: portalUsersSchema },
  { name: "portal information", up: portalInformationSchema },
  { name: "procedures", up: proceduresSchema },
  { name: "portal links", up: portalLinksSchema },
  { name: "consents", up: consentsSchema },
  { name: "clients", up: clientsSchema },
];

/** That of the schema that this mynakit needs. */
export const schemaVersion = migrations.length;

/** Makes that only one process migrates at a time; SQLite's BEGIN IMMEDIATE already does. */
export type MigrationLock = (db: Db) => Promise<void>;

/**
 * Brings the schema up to date, in one transaction. Does nothing where it is already.
 * @param until the version to stop at; the newest if not given
 * @throws {RangeError} where the database was made by a newer mynakit
 */
export async function migrate(
  db: Db,
  lock: MigrationLock,
  now: () => number,
  until: number = migrations.length,
): Promise<void> {
  // A missing history is version 0; any other trouble shows again below, where it is thrown.
  const version = await versionOf(db).catch(() => 0);
  if (version > migrations.length) throw new RangeError(`the database is of a newer version (${version})`);
  if (version >= until) return;
  await db.transaction().execute(async (transaction) => {
    await lock(transaction);
    await createHistory(transaction);
    const applied = await versionOf(transaction);
    for (const [index, migration] of migrations.slice(0, until).entries()) {
      if (index < applied) continue;
      await migration.up(transaction);
      const entry = { id: index + 1, name: migration.name, applied_at: now() };
      await transaction.insertInto("schema_migration").values(entry).execute();
    }
  });
}

/** True where the schema is the one that this mynakit needs. */
export const isCurrent = async (db: Db): Promise<boolean> => (await versionOf(db)) === schemaVersion;

async function versionOf(db: Db): Promise<number> {
  const { version } = await db
    .selectFrom("schema_migration")
    .select((of) => of.fn.max("id").as("version"))
    .executeTakeFirstOrThrow();
  return version ?? 0;
}

async function createHistory(db: Db): Promise<void> {
  await db.schema
    .createTable("schema_migration")
    .ifNotExists()
    .addColumn("id", "integer", (column) => column.primaryKey())
    .addColumn("name", "text", (column) => column.notNull())
    .addColumn("applied_at", "bigint", (column) => column.notNull())
    .execute();
}

async function firstSchema(db: Db): Promise<void> {
  await db.schema
    .createTable("meta")
    .addColumn("name", "text", (column) => column.primaryKey())
    .addColumn("value", "text", (column) => column.notNull())
    .execute();
  await createAuthorizationTables(db);
  await createPersonTables(db);
  await createMykeyTables(db);
}

async function createAuthorizationTables(db: Db): Promise<void> {
  await db.schema
    .createTable("oidc_payload")
    .addColumn("model", "text", (column) => column.notNull())
    .addColumn("id", "text", (column) => column.notNull())
    .addColumn("payload", "text", (column) => column.notNull())
    .addColumn("grant_id", "text")
    .addColumn("user_code", "text")
    .addColumn("uid", "text")
    .addColumn("consumed_at", "bigint")
    .addColumn("expires_at", "bigint")
    .addPrimaryKeyConstraint("oidc_payload_key", ["model", "id"])
    .execute();
  await db.schema.createIndex("oidc_payload_grant").on("oidc_payload").column("grant_id").execute();
  await db.schema.createIndex("oidc_payload_expiry").on("oidc_payload").column("expires_at").execute();
  await db.schema
    .createTable("challenge")
    .addColumn("nonce", "text", (column) => column.primaryKey())
    .addColumn("used", "integer", (column) => column.notNull())
    .addColumn("expires_at", "bigint", (column) => column.notNull())
    .execute();
  await db.schema
    .createTable("assertion_jti")
    .addColumn("issuer", "text", (column) => column.notNull())
    .addColumn("jti", "text", (column) => column.notNull())
    .addColumn("expires_at", "bigint", (column) => column.notNull())
    .addPrimaryKeyConstraint("assertion_jti_key", ["issuer", "jti"])
    .execute();
}

async function createPersonTables(db: Db): Promise<void> {
  await db.schema
    .createTable("person")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("linkage", "text", (column) => column.notNull().unique())
    .addColumn("created_at", "bigint", (column) => column.notNull())
    .execute();
  await db.schema
    .createTable("certificate")
    .addColumn("issuer", "text", (column) => column.notNull())
    .addColumn("serial_number", "text", (column) => column.notNull())
    .addColumn("person", "text", (column) => column.notNull().references("person.id"))
    .addColumn("not_before", "bigint", (column) => column.notNull())
    .addColumn("not_after", "bigint", (column) => column.notNull())
    .addColumn("first_seen", "bigint", (column) => column.notNull())
    .addPrimaryKeyConstraint("certificate_key", ["issuer", "serial_number"])
    .execute();
  await db.schema
    .createTable("revoked_certificate")
    .addColumn("issuer", "text", (column) => column.notNull())
    .addColumn("serial_number", "text", (column) => column.notNull())
    .addColumn("revoked_at", "bigint", (column) => column.notNull())
    .addColumn("reason", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("revoked_certificate_key", ["issuer", "serial_number"])
    .execute();
}

async function createMykeyTables(db: Db): Promise<void> {
  await db.schema
    .createTable("proposal")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("person", "text", (column) => column.notNull().references("person.id"))
    .addColumn("mykey_id", "text", (column) => column.notNull().unique())
    .addColumn("expires_at", "bigint", (column) => column.notNull())
    .execute();
  await db.schema
    .createTable("mykey")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("furigana", "text", (column) => column.notNull())
    .addColumn("person", "text", (column) => column.notNull().references("person.id"))
    .addColumn("state", "text", (column) => column.notNull())
    .addColumn("issued_at", "bigint", (column) => column.notNull())
    .execute();
  await db.schema
    .createIndex("mykey_one_active_per_person")
    .unique()
    .on("mykey")
    .column("person")
    .where(sql.ref("state"), "=", sql.lit("active"))
    .execute();
  await db.schema
    .createTable("reservation")
    .addColumn("person", "text", (column) => column.primaryKey().references("person.id"))
    .addColumn("state", "text", (column) => column.notNull())
    .addColumn("reserved_at", "bigint", (column) => column.notNull())
    .execute();
  await db.schema
    .createTable("idempotency")
    .addColumn("person", "text", (column) => column.notNull().references("person.id"))
    .addColumn("idempotency_key", "text", (column) => column.notNull())
    .addColumn("request", "text", (column) => column.notNull())
    .addColumn("response", "text", (column) => column.notNull())
    .addColumn("created_at", "bigint", (column) => column.notNull())
    .addPrimaryKeyConstraint("idempotency_key_once", ["person", "idempotency_key"])
    .execute();
}
