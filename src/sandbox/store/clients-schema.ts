import type { Db } from "./schema.ts";

export interface ClientTables {
  /** OAuth clients that the operator registered. `redirect_uris`: a list, as JSON; `scope`: separated by spaces. */
  oauth_client: { id: string; name: string; redirect_uris: string; scope: string; created_at: number };
}

/** Clients beside mynakit itself. */
export async function clientsSchema(db: Db): Promise<void> {
  await db.schema
    .createTable("oauth_client")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("name", "text", (column) => column.notNull())
    .addColumn("redirect_uris", "text", (column) => column.notNull())
    .addColumn("scope", "text", (column) => column.notNull())
    .addColumn("created_at", "bigint", (column) => column.notNull())
    .execute();
}
