import type { ApplicationState } from "../../portal/procedures/wire.ts";
import type { Db } from "./schema.ts";

/** What people have applied for. The application and its signature are kept as they came. */
export interface ProcedureTables {
  procedure_application: {
    id: string;
    person: string;
    procedure: string;
    state: ApplicationState;
    corrects: string | null;
    application: string;
    /** Of the application's UTF-8: the same one is not received twice. */
    digest: string;
    /** Base64. */
    signature: string;
    receipt: string;
    received_at: number;
  };
  procedure_attachment: {
    application: string;
    name: string;
    media_type: string;
    sha256: string;
    /** Base64. */
    content: string;
  };
  /** The states of an application, counted from 1. */
  procedure_event: {
    application: string;
    number: number;
    at: number;
    state: ApplicationState;
    reason: string | null;
  };
}

/** Applications, their attachments and their states. */
export async function proceduresSchema(db: Db): Promise<void> {
  await db.schema
    .createTable("procedure_application")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("person", "text", (column) => column.notNull().references("person.id"))
    .addColumn("procedure", "text", (column) => column.notNull())
    .addColumn("state", "text", (column) => column.notNull())
    .addColumn("corrects", "text", (column) => column.references("procedure_application.id"))
    .addColumn("application", "text", (column) => column.notNull())
    .addColumn("digest", "text", (column) => column.notNull())
    .addColumn("signature", "text", (column) => column.notNull())
    .addColumn("receipt", "text", (column) => column.notNull())
    .addColumn("received_at", "bigint", (column) => column.notNull())
    .addUniqueConstraint("procedure_application_digest", ["person", "digest"])
    .execute();
  await db.schema
    .createTable("procedure_attachment")
    .addColumn("application", "text", (column) => column.notNull().references("procedure_application.id"))
    .addColumn("name", "text", (column) => column.notNull())
    .addColumn("media_type", "text", (column) => column.notNull())
    .addColumn("sha256", "text", (column) => column.notNull())
    .addColumn("content", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("procedure_attachment_key", ["application", "name"])
    .execute();
  await db.schema
    .createTable("procedure_event")
    .addColumn("application", "text", (column) => column.notNull().references("procedure_application.id"))
    .addColumn("number", "integer", (column) => column.notNull())
    .addColumn("at", "bigint", (column) => column.notNull())
    .addColumn("state", "text", (column) => column.notNull())
    .addColumn("reason", "text")
    .addPrimaryKeyConstraint("procedure_event_key", ["application", "number"])
    .execute();
}
