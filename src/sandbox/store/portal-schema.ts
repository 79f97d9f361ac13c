import type { NoticeKind } from "../../portal/wire/notices.ts";
import type { Db } from "./schema.ts";

export interface PortalTables {
  /** Who registered with Mynaportal, and what they entered. `notify` is 0 or 1. */
  portal_user: {
    person: string;
    nickname: string;
    email: string | null;
    notify: number;
    registered_at: number;
    changed_at: number;
  };
  /** Shown from `at` on, which may lie ahead; counted anew for each person. */
  portal_notice: {
    person: string;
    number: number;
    kind: NoticeKind;
    about: string | null;
    at: number;
    read_at: number | null;
  };
}

/** Who registered with Mynaportal, and their notices. */
export async function portalUsersSchema(db: Db): Promise<void> {
  await db.schema
    .createTable("portal_user")
    .addColumn("person", "text", (column) => column.primaryKey().references("person.id"))
    .addColumn("nickname", "text", (column) => column.notNull())
    .addColumn("email", "text")
    .addColumn("notify", "integer", (column) => column.notNull())
    .addColumn("registered_at", "bigint", (column) => column.notNull())
    .addColumn("changed_at", "bigint", (column) => column.notNull())
    .execute();
  await db.schema
    .createTable("portal_notice")
    .addColumn("person", "text", (column) => column.notNull().references("person.id"))
    .addColumn("number", "integer", (column) => column.notNull())
    .addColumn("kind", "text", (column) => column.notNull())
    .addColumn("about", "text")
    .addColumn("at", "bigint", (column) => column.notNull())
    .addColumn("read_at", "bigint")
    .addPrimaryKeyConstraint("portal_notice_key", ["person", "number"])
    .execute();
}
