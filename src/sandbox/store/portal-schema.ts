import type { Exchange } from "../../portal/wire/exchanges.ts";
import type { InformationTopic } from "../../portal/wire/information.ts";
import type { LinkService } from "../../portal/wire/links.ts";
import type { NoticeKind } from "../../portal/wire/notices.ts";
import type { PaymentMeans } from "../../portal/wire/payments.ts";
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
  /** What a person asked of their own information: days as `2026-06-01`, `answered_at` may lie ahead. */
  portal_request: {
    person: string;
    number: number;
    topic: InformationTopic;
    from_day: string | null;
    until_day: string | null;
    requested_at: number;
    answered_at: number;
  };
  /** Exchanges that the sandbox took part in, by the number of the request. */
  portal_exchange: { person: string; number: number; at: number } & Omit<Exchange, "at" | "service">;
  portal_link: { person: string; service: LinkService; linked_at: number };
  /** What has been paid, without money. */
  portal_payment: { person: string; demand: string; means: PaymentMeans; receipt: string; paid_at: number };
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

/** What people asked of their own information, and the exchanges that came of it. */
export async function portalInformationSchema(db: Db): Promise<void> {
  await db.schema
    .createTable("portal_request")
    .addColumn("person", "text", (column) => column.notNull().references("person.id"))
    .addColumn("number", "integer", (column) => column.notNull())
    .addColumn("topic", "text", (column) => column.notNull())
    .addColumn("from_day", "text")
    .addColumn("until_day", "text")
    .addColumn("requested_at", "bigint", (column) => column.notNull())
    .addColumn("answered_at", "bigint", (column) => column.notNull())
    .addPrimaryKeyConstraint("portal_request_key", ["person", "number"])
    .execute();
  await db.schema
    .createTable("portal_exchange")
    .addColumn("person", "text", (column) => column.notNull().references("person.id"))
    .addColumn("number", "integer", (column) => column.notNull())
    .addColumn("at", "bigint", (column) => column.notNull())
    .addColumn("requester", "text", (column) => column.notNull())
    .addColumn("provider", "text", (column) => column.notNull())
    .addColumn("topic", "text", (column) => column.notNull())
    .addColumn("ground", "text", (column) => column.notNull())
    .addColumn("outcome", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("portal_exchange_key", ["person", "number"])
    .execute();
}

/** Linked services, and what was paid. */
export async function portalLinksSchema(db: Db): Promise<void> {
  await db.schema
    .createTable("portal_link")
    .addColumn("person", "text", (column) => column.notNull().references("person.id"))
    .addColumn("service", "text", (column) => column.notNull())
    .addColumn("linked_at", "bigint", (column) => column.notNull())
    .addPrimaryKeyConstraint("portal_link_key", ["person", "service"])
    .execute();
  await db.schema
    .createTable("portal_payment")
    .addColumn("person", "text", (column) => column.notNull().references("person.id"))
    .addColumn("demand", "text", (column) => column.notNull())
    .addColumn("means", "text", (column) => column.notNull())
    .addColumn("receipt", "text", (column) => column.notNull())
    .addColumn("paid_at", "bigint", (column) => column.notNull())
    .addPrimaryKeyConstraint("portal_payment_key", ["person", "demand"])
    .execute();
}
