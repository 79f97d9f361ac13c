import type { Db } from "./schema.ts";

/** The third schema: cashless services, what people applied for, and what the services reported. */
export async function pointsSchema(db: Db): Promise<void> {
  await db.schema
    .createTable("points_service")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("token_hash", "text", (column) => column.notNull())
    .addColumn("created_at", "bigint", (column) => column.notNull())
    .execute();
  await db.schema
    .createTable("points_account")
    .addColumn("service", "text", (column) => column.notNull().references("points_service.id"))
    .addColumn("service_id", "text", (column) => column.notNull())
    .addColumn("code_hash", "text", (column) => column.notNull())
    .addColumn("holder", "text", (column) => column.notNull().references("person.id"))
    .addColumn("ward", "text", (column) => column.references("person.id"))
    .addPrimaryKeyConstraint("points_account_key", ["service", "service_id"])
    .execute();
  await db.schema
    .createTable("points_application")
    .addColumn("person", "text", (column) => column.notNull().references("person.id"))
    .addColumn("programme", "integer", (column) => column.notNull())
    .addColumn("service", "text", (column) => column.notNull())
    .addColumn("service_id", "text", (column) => column.notNull())
    .addColumn("reserved_at", "bigint", (column) => column.notNull())
    .addColumn("applied_at", "bigint", (column) => column.notNull())
    .addColumn("counted_yen", "bigint", (column) => column.notNull())
    .addColumn("points", "bigint", (column) => column.notNull())
    .addPrimaryKeyConstraint("points_application_key", ["person", "programme"])
    .addUniqueConstraint("points_application_account", ["programme", "service", "service_id"])
    .execute();
  await db.schema
    .createTable("points_report")
    .addColumn("service", "text", (column) => column.notNull().references("points_service.id"))
    .addColumn("report_id", "text", (column) => column.notNull())
    .addColumn("service_id", "text", (column) => column.notNull())
    .addColumn("person", "text", (column) => column.notNull().references("person.id"))
    .addColumn("programme", "integer", (column) => column.notNull())
    .addColumn("kind", "text", (column) => column.notNull())
    .addColumn("yen", "bigint", (column) => column.notNull())
    .addColumn("points", "bigint", (column) => column.notNull())
    .addColumn("reported_at", "bigint", (column) => column.notNull())
    .addPrimaryKeyConstraint("points_report_key", ["service", "report_id"])
    .execute();
  await db.schema.createIndex("points_report_person").on("points_report").columns(["person", "reported_at"]).execute();
}
