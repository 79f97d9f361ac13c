import type { Hono } from "hono";
import { html } from "hono/html";
import type { Notice } from "../../../portal/wire/notices.ts";
import { noticesOf, readNotice } from "../../portal/notices.ts";
import { Refusal } from "../../refusal.ts";
import { timeOf } from "../dates.ts";
import { keyIn } from "../form.ts";
import { layout } from "../layout.ts";
import { facts, hidden, type Markup, table } from "../markup.ts";
import { portalPages } from "../paths.ts";
import { newSecret } from "../sessions.ts";
import type { PageEnv, PageParts, Visit } from "../visit.ts";
import { forResidents } from "./residents.ts";

/** Notices (お知らせ): a list, and each by itself. Looking at one does not make it read; its button does. */
export function noticePages(app: Hono<PageEnv>, parts: PageParts): void {
  const { db, now } = parts;
  app.get(
    portalPages.notices,
    forResidents(async (context, { session }) => {
      const { notices } = await noticesOf(db, session.person, now());
      return context.html(listPage(context.var.visit, notices.toReversed()));
    }),
  );
  app.get(
    `${portalPages.notices}/:number{[0-9]+}`,
    forResidents(async (context, { session }) => {
      const { notices } = await noticesOf(db, session.person, now());
      const notice = notices.find(({ number }) => String(number) === context.req.param("number"));
      if (!notice) throw unknown();
      return context.html(noticePage(context.var.visit, notice, newSecret(parts)));
    }),
  );
  app.post(
    portalPages.reading,
    forResidents(async (context, { session }) => {
      const text = context.var.form.get("number") ?? "";
      if (!/^\d{1,9}$/.test(text)) throw unknown();
      await readNotice(session, { number: Number(text), idempotencyKey: keyIn(context) }, parts);
      return context.redirect(portalPages.notices, 303);
    }),
  );
}

const unknown = () => new Refusal("notice-unknown", "there is no such notice of yours");

const textOf = ({ kind, about }: Notice, { words }: Visit): string => words.portal.names.notices[kind](about ?? "");

const stateOf = ({ readAt }: Notice, { words: { portal } }: Visit): string =>
  readAt === null ? portal.notices.unread : portal.notices.read;

function listPage(visit: Visit, notices: readonly Notice[]): Markup {
  const { notices: words } = visit.words.portal;
  const rows = notices.map((notice) => [
    html`<a href="${portalPages.notices}/${notice.number}">${textOf(notice, visit)}</a>`,
    timeOf(notice.at, visit.words),
    stateOf(notice, visit),
  ]);
  const body =
    rows.length === 0
      ? html`<p>${words.none}</p>`
      : table({ caption: words.title, head: words.head, rows }, visit.words);
  return layout(visit, { title: words.title, body });
}

function noticePage(visit: Visit, notice: Notice, key: string): Markup {
  const { notices: words } = visit.words.portal;
  const read = html`<form method="post" action="${portalPages.reading}">${hidden({ token: visit.formToken, key })}
<input type="hidden" name="number" value="${notice.number}"><button>${words.markRead}</button></form>`;
  const body = html`<p>${textOf(notice, visit)}</p>
${facts([
  [words.at, timeOf(notice.at, visit.words)],
  [words.state, stateOf(notice, visit)],
])}
${notice.readAt === null && read}<p><a href="${portalPages.notices}">${words.back}</a></p>`;
  return layout(visit, { title: words.one, body });
}
