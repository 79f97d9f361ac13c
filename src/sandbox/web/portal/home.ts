import type { Hono } from "hono";
import { html } from "hono/html";
import { rfc3339 } from "../../refusal.ts";
import { timeOf } from "../dates.ts";
import { layout } from "../layout.ts";
import { facts, hidden, type Markup } from "../markup.ts";
import { portalPages } from "../paths.ts";
import type { PageEnv, PageParts, Resident, Visit } from "../visit.ts";
import { forResidents } from "./residents.ts";

/** What somebody sees who has logged in. */
export function homePages(app: Hono<PageEnv>, _parts: PageParts): void {
  app.get(
    portalPages.home,
    forResidents((context, resident) => context.html(homePage(context.var.visit, resident))),
  );
}

function homePage(visit: Visit, { session, nickname }: Resident): Markup {
  const { home } = visit.words.portal;
  const body = html`<p>${nickname === undefined ? home.unregistered : home.greeting(nickname)}</p>
<h2>${home.session}</h2>
${facts([
  [home.way, home.byCard],
  [home.until, timeOf(rfc3339(session.expiresAt), visit.words)],
  [home.serialNumber, session.serialNumber],
  [home.validUntil, timeOf(rfc3339(session.notAfter), visit.words)],
  [home.revocation, home.revocations[session.revocation]],
])}
<form method="post" action="${portalPages.logOut}">${hidden({ token: visit.formToken })}
<input type="hidden" name="everywhere" value="on"><button class="plain">${home.logOutEverywhere}</button></form>`;
  return layout(visit, { title: home.title, body });
}
