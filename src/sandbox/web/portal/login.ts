import type { Hono } from "hono";
import { html } from "hono/html";
import { endSessions } from "../../login/sessions.ts";
import { Refusal } from "../../refusal.ts";
import { setCookie } from "../cookies.ts";
import { layout } from "../layout.ts";
import { checkbox, hidden, type Markup, notice } from "../markup.ts";
import { portalPages } from "../paths.ts";
import { newSecret } from "../sessions.ts";
import type { PageEnv, PageParts, Visit } from "../visit.ts";
import { portalNotices } from "../words/portal.ts";
import { qrCode } from "./qr.ts";
import { destination, keeping, type Way, wayNamed, ways } from "./ways.ts";

/** The way in and out of Mynaportal: what it is, the three ways to log in, logout. */
export function portalLoginPages(app: Hono<PageEnv>, parts: PageParts): void {
  app.get(portalPages.top, (context) => context.html(topPage(context.var.visit)));
  app.get(portalPages.login, (context) => {
    const { visit } = context.var;
    const { notice: told, next } = context.req.query();
    if (visit.resident) return context.redirect(destination(next), 303);
    const known = portalNotices.find((each) => each === told);
    const above = known && notice(visit.words.portal.login.notices[known]);
    return context.html(choicePage(visit, { above, next }));
  });
  app.get(`${portalPages.login}/:way`, (context) => {
    const way = wayNamed(context.req.param("way"));
    if (!way) throw new Refusal("not-found", "there is no such way to log in");
    return context.html(wayPage(context.var.visit, way, { next: context.req.query("next"), url: parts.url }));
  });
  app.post(portalPages.logOut, async (context) => {
    const { visit, form } = context.var;
    const { session } = visit.resident ?? {};
    if (session) {
      const which = form.has("everywhere") ? "all" : session.id;
      await endSessions(session, { which, idempotencyKey: newSecret(parts) }, parts);
    }
    setCookie(context, "portal", "");
    return context.redirect(keeping(portalPages.login, { notice: "logged-out" }), 303);
  });
}

function topPage(visit: Visit): Markup {
  const { top, login } = visit.words.portal;
  const body = html`<p>${top.what}</p><p>${top.notReal}</p>${!visit.resident && html`<h2>${login.title}</h2>${choice(visit)}`}`;
  return layout(visit, { title: top.title, body });
}

/** The ways to log in, each with its page. @param next where the login leads to */
export const choice = ({ words }: Visit, next?: string): Markup =>
  html`<ul>${ways.map(
    (way) =>
      html`<li><a href="${keeping(`${portalPages.login}/${way}`, { next })}">${words.portal.login.ways[way].title}</a><br>${words.portal.login.ways[way].what}</li>`,
  )}</ul>`;

function choicePage(visit: Visit, { above, next }: { above: Markup | undefined; next: string | undefined }): Markup {
  const { login } = visit.words.portal;
  const body = html`${above}<p>${login.choose}</p>${choice(visit, next)}<p>${login.each}</p>`;
  return layout(visit, { title: login.title, body });
}

function wayPage(visit: Visit, way: Way, { next, url }: { next: string | undefined; url: string }): Markup {
  const { login } = visit.words.portal;
  const { title, what, needs } = login.ways[way];
  const address = `${url}${portalPages.login}/${way}`;
  const elsewhere = html`<p>${login.openOnPhone}</p><p class="address">${address}</p>${qrCode(address, login.openOnPhone)}`;
  const body = html`<p>${what}</p><p>${needs}</p><p>${login.each}</p>
<form method="post" action="${portalPages.waiting}">${hidden({ token: visit.formToken })}
<input type="hidden" name="way" value="${way}">${next && html`<input type="hidden" name="next" value="${next}">`}
${checkbox({ name: "reload", label: login.reload, hint: login.reloadHint, wrong: undefined, checked: true })}
<button>${login.start}</button></form>${way === "phone" && elsewhere}`;
  return layout(visit, { title, body });
}
