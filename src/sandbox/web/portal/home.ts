import type { Hono } from "hono";
import { html } from "hono/html";
import { consentsOf } from "../../portal/consents.ts";
import { noticesOf } from "../../portal/notices.ts";
import { rfc3339 } from "../../refusal.ts";
import { timeOf } from "../dates.ts";
import { layout } from "../layout.ts";
import { commandLine, facts, type Markup } from "../markup.ts";
import { portalPages } from "../paths.ts";
import type { PageEnv, PageParts, Resident, Visit } from "../visit.ts";
import { forResidents } from "./residents.ts";

/** What somebody sees who has logged in. */
export function homePages(app: Hono<PageEnv>, { db, now, url }: PageParts): void {
  app.get(
    portalPages.home,
    forResidents(async (context, resident) => {
      const { session, nickname } = resident;
      const { notices } = nickname === undefined ? { notices: [] } : await noticesOf(db, session.person, now());
      const unread = notices.filter(({ readAt }) => readAt === null).length;
      const { consents } = await consentsOf(db, session.person, now());
      const standing = consents.filter(({ state }) => state === "standing").length;
      return context.html(homePage(context.var.visit, resident, { unread, standing, url }));
    }),
  );
}

interface Shown {
  /** Notices. */
  readonly unread: number;
  /** Consents. */
  readonly standing: number;
  /** Of the platform. */
  readonly url: string;
}

function homePage(visit: Visit, { session, nickname }: Resident, { unread, standing, url }: Shown): Markup {
  const { words } = visit;
  const { home } = words.portal;
  const unregistered =
    nickname === undefined && html`<p>${home.unregistered} <a href="${portalPages.profile}">${home.register}</a></p>`;
  const news = unread > 0 && html`<p><a href="${portalPages.notices}">${home.unread(unread)}</a></p>`;
  const allowed = standing > 0 && html`<p><a href="${portalPages.consents}">${home.consents(standing)}</a></p>`;
  const commands = home.commands.map(
    ([what, command]) =>
      html`<li>${what}${commandLine(command.includes(" portal ") ? `${command} --platform ${url}` : command)}</li>`,
  );
  const body = html`${unregistered}${news}${allowed}
<h2>${home.session}</h2>
${facts([
  [home.way, home.byCard],
  [home.until, timeOf(rfc3339(session.expiresAt), words)],
  [home.serialNumber, session.serialNumber],
  [home.validUntil, timeOf(rfc3339(session.notAfter), words)],
  [home.revocation, home.revocations[session.revocation]],
])}
<h2>${home.elsewhere}</h2>
<ul>${commands}</ul>`;
  return layout(visit, { title: home.title, body });
}
