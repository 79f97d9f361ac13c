import type { Db } from "./schema.ts";

/** What the platform's pages keep: both tables hold hashes of secrets, never a secret. */
export interface PagesTables {
  /** Browsers that are logged in. `facts`: what is known of the login, as JSON. `ends_at`: whatever is done. */
  page_session: { id_hash: string; person: string; facts: string; expires_at: number; ends_at: number };
  /** One-time addresses that have not been used. */
  page_ticket: { ticket_hash: string; person: string; facts: string; expires_at: number };
}

/** The schema of the pages. */
export async function pagesSchema(db: Db): Promise<void> {
  await db.schema
    .createTable("page_session")
    .addColumn("id_hash", "text", (column) => column.primaryKey())
    .addColumn("person", "text", (column) => column.notNull().references("person.id"))
    .addColumn("facts", "text", (column) => column.notNull())
    .addColumn("expires_at", "bigint", (column) => column.notNull())
    .addColumn("ends_at", "bigint", (column) => column.notNull())
    .execute();
  await db.schema
    .createTable("page_ticket")
    .addColumn("ticket_hash", "text", (column) => column.primaryKey())
    .addColumn("person", "text", (column) => column.notNull().references("person.id"))
    .addColumn("facts", "text", (column) => column.notNull())
    .addColumn("expires_at", "bigint", (column) => column.notNull())
    .execute();
}
