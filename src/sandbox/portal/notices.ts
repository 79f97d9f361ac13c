import type { Notice, NoticeKind, NoticeRead, Notices } from "../../portal/wire/notices.ts";
import type { Session } from "../http/session.ts";
import { Refusal, rfc3339 } from "../refusal.ts";
import type { ChangeParts } from "../store/change.ts";
import type { PortalTables } from "../store/portal-schema.ts";
import type { Db } from "../store/schema.ts";
import { changeOfUser, requireUser } from "./change.ts";

export interface NewNotice {
  readonly kind: NoticeKind;
  readonly about: string | null;
  /** When it is shown, which may lie ahead. Milliseconds since the epoch. */
  readonly at: number;
}

/**
 * Adds a notice for a person.
 * @param db a transaction that has locked the person: notices are counted
 */
export async function addNotice(db: Db, person: string, notice: NewNotice): Promise<void> {
  const { last } = await db
    .selectFrom("portal_notice")
    .select((of) => of.fn.max("number").as("last"))
    .where("person", "=", person)
    .executeTakeFirstOrThrow();
  const number = Number(last ?? 0) + 1;
  await db
    .insertInto("portal_notice")
    .values({ person, number, ...notice, read_at: null })
    .execute();
}

/** A person's notices until now, the oldest first. @throws {Refusal} not-registered */
export async function noticesOf(db: Db, person: string, now: number): Promise<Notices> {
  await requireUser(db, person);
  const rows = await db
    .selectFrom("portal_notice")
    .selectAll()
    .where("person", "=", person)
    .where("at", "<=", now)
    .orderBy("at")
    .orderBy("number")
    .execute();
  return { sandbox: true, notices: rows.map(noticeIn) };
}

/**
 * Opens a notice; when it was read first stays.
 * @throws {Refusal} notice-unknown, not-registered, session-expired, idempotency-key-reused
 */
export function readNotice(
  session: Session,
  { number, idempotencyKey }: { readonly number: number; readonly idempotencyKey: string },
  parts: ChangeParts,
): Promise<NoticeRead> {
  const order = { action: "portal.read-notice", asked: [number], idempotencyKey, details: { number } } as const;
  return changeOfUser(session, order, parts, async (db) => {
    const row = await db
      .updateTable("portal_notice")
      .set((of) => ({ read_at: of.fn.coalesce("read_at", of.val(parts.now())) }))
      .where("person", "=", session.person)
      .where("number", "=", number)
      .where("at", "<=", parts.now())
      .returningAll()
      .executeTakeFirst();
    if (!row) throw new Refusal("notice-unknown", "there is no such notice of yours");
    return { sandbox: true, notice: noticeIn(row) };
  });
}

const noticeIn = ({ number, kind, about, at, read_at }: PortalTables["portal_notice"]): Notice => ({
  number,
  kind,
  about,
  at: rfc3339(at),
  readAt: read_at === null ? null : rfc3339(read_at),
});
