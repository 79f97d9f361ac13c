import type { ReadingScope } from "../../portal/wire/api.ts";
import type { Db } from "./schema.ts";

export interface ConsentTables {
  /** What a person let an external service do (`portal/consents.ts`), for the session of the same identifier. */
  consent: {
    id: string;
    person: string;
    client: string;
    /** The service's name at that time. */
    service: string;
    /** Scopes of the API, separated by spaces. */
    scope: string;
    given_at: number;
    expires_at: number;
    withdrawn_at: number | null;
  };
  /** What came to be read under it. */
  consent_use: { id: string; consent: string; person: string; scope: ReadingScope; at: number };
}

/** Consents to external services, and their uses. */
export async function consentsSchema(db: Db): Promise<void> {
  await db.schema
    .createTable("consent")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("person", "text", (column) => column.notNull().references("person.id"))
    .addColumn("client", "text", (column) => column.notNull())
    .addColumn("service", "text", (column) => column.notNull())
    .addColumn("scope", "text", (column) => column.notNull())
    .addColumn("given_at", "bigint", (column) => column.notNull())
    .addColumn("expires_at", "bigint", (column) => column.notNull())
    .addColumn("withdrawn_at", "bigint")
    .execute();
  await db.schema.createIndex("consent_person").on("consent").column("person").execute();
  await db.schema
    .createTable("consent_use")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("consent", "text", (column) => column.notNull().references("consent.id"))
    .addColumn("person", "text", (column) => column.notNull().references("person.id"))
    .addColumn("scope", "text", (column) => column.notNull())
    .addColumn("at", "bigint", (column) => column.notNull())
    .execute();
  await db.schema.createIndex("consent_use_person").on("consent_use").column("person").execute();
}
