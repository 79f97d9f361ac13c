import { sql } from "kysely";
import type { Db } from "./schema.ts";

/** The second schema: accounts that change, what answers are remembered of anybody, quotas, and the audit log. */
export async function accountsSchema(db: Db): Promise<void> {
  await extendPersons(db);
  await extendMykeyIds(db);
  await createProfileTables(db);
  await rememberAnswersOfAnybody(db);
  await createQuota(db);
  await createAudit(db);
}

async function extendPersons(db: Db): Promise<void> {
  await db.schema
    .alterTable("person")
    .addColumn("session_epoch", "integer", (column) => column.notNull().defaultTo(0))
    .execute();
  await db.schema.alterTable("certificate").addColumn("linked_at", "bigint").execute();
  await db.schema.alterTable("certificate").addColumn("unlinked_at", "bigint").execute();
  await db.schema.createIndex("certificate_person").on("certificate").column("person").execute();
  await db
    .updateTable("certificate")
    .set((of) => ({ linked_at: of.ref("first_seen") }))
    .execute();
  await sql`
    update certificate set unlinked_at = (
      select min(newer.first_seen) from certificate as newer
      where newer.person = certificate.person and newer.not_before > certificate.not_before)`.execute(db);
}

async function extendMykeyIds(db: Db): Promise<void> {
  await db.schema.alterTable("mykey").addColumn("ended_at", "bigint").execute();
  await db.schema.dropIndex("mykey_one_active_per_person").execute();
  await db.schema
    .createIndex("mykey_one_current_per_person")
    .unique()
    .on("mykey")
    .column("person")
    .where(sql.ref("ended_at"), "is", null)
    .execute();
  await db.schema.createIndex("mykey_person").on("mykey").column("person").execute();
}

async function createProfileTables(db: Db): Promise<void> {
  await db.schema
    .createTable("profile")
    .addColumn("person", "text", (column) => column.primaryKey().references("person.id"))
    .addColumn("email", "text")
    .addColumn("notify", "integer", (column) => column.notNull())
    .addColumn("points_municipality", "text")
    .addColumn("changed_at", "bigint", (column) => column.notNull())
    .execute();
  await db.schema
    .createTable("password")
    .addColumn("person", "text", (column) => column.primaryKey().references("person.id"))
    .addColumn("hash", "text", (column) => column.notNull())
    .addColumn("changed_at", "bigint", (column) => column.notNull())
    .execute();
  await db.schema
    .createTable("throttle")
    .addColumn("subject", "text", (column) => column.primaryKey())
    .addColumn("failures", "integer", (column) => column.notNull())
    .addColumn("blocked_until", "bigint", (column) => column.notNull())
    .addColumn("expires_at", "bigint", (column) => column.notNull())
    .execute();
  await db.schema
    .createTable("id_change")
    .addColumn("person", "text", (column) => column.primaryKey().references("person.id"))
    .addColumn("duplicates", "integer", (column) => column.notNull())
    .addColumn("generated", "integer", (column) => column.notNull())
    .addColumn("expires_at", "bigint", (column) => column.notNull())
    .execute();
}

/** Not only persons repeat requests: services and operators do, too. Answers of the last day are taken along. */
async function rememberAnswersOfAnybody(db: Db): Promise<void> {
  await db.schema
    .createTable("remembered_answer")
    .addColumn("actor", "text", (column) => column.notNull())
    .addColumn("idempotency_key", "text", (column) => column.notNull())
    .addColumn("request", "text", (column) => column.notNull())
    .addColumn("response", "text", (column) => column.notNull())
    .addColumn("created_at", "bigint", (column) => column.notNull())
    .addPrimaryKeyConstraint("remembered_answer_once", ["actor", "idempotency_key"])
    .execute();
  await sql`
    insert into remembered_answer (actor, idempotency_key, request, response, created_at)
    select 'person ' || person, idempotency_key, '["mykey.issue","' || request || '"]', response, created_at
    from idempotency`.execute(db);
  await db.schema.dropTable("idempotency").execute();
}

async function createQuota(db: Db): Promise<void> {
  await db.schema
    .createTable("quota")
    .addColumn("name", "text", (column) => column.primaryKey())
    .addColumn("taken", "bigint", (column) => column.notNull())
    .execute();
  await sql`insert into quota (name, taken) select 'reservation', count(*) from reservation`.execute(db);
}

async function createAudit(db: Db): Promise<void> {
  await db.schema
    .createTable("audit")
    .addColumn("sequence", "bigint", (column) => column.primaryKey())
    .addColumn("at", "bigint", (column) => column.notNull())
    .addColumn("actor", "text", (column) => column.notNull())
    .addColumn("action", "text", (column) => column.notNull())
    .addColumn("subject", "text")
    .addColumn("details", "text", (column) => column.notNull())
    .addColumn("hash", "text", (column) => column.notNull())
    .execute();
  await db.schema.createIndex("audit_subject").on("audit").columns(["subject", "sequence"]).execute();
  await db.schema
    .createTable("audit_anchor")
    .addColumn("id", "integer", (column) => column.primaryKey())
    .addColumn("lines", "bigint", (column) => column.notNull())
    .addColumn("hash", "text", (column) => column.notNull())
    .execute();
  await db.insertInto("audit_anchor").values({ id: 1, lines: 0, hash: "" }).execute();
}
