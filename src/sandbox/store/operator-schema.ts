import type { Db } from "./schema.ts";

/** What the operator has set: JSON by name, as it is now; the audit log has what was before. */
export interface SettingTable {
  name: string;
  value: string;
  set_at: number;
}

/** The schema of what the operator sets: settings, and limits that take the place of the published ones. */
export async function operatorSchema(db: Db): Promise<void> {
  await db.schema
    .createTable("setting")
    .addColumn("name", "text", (column) => column.primaryKey())
    .addColumn("value", "text", (column) => column.notNull())
    .addColumn("set_at", "bigint", (column) => column.notNull())
    .execute();
  await db.schema.alterTable("quota").addColumn("most", "bigint").execute();
}
