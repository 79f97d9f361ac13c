import type { Hono } from "hono";
import { html } from "hono/html";
import type { PortalSession } from "../../../portal/wire.ts";
import { endSessions, sessionsOf } from "../../login/sessions.ts";
import { timeOf } from "../dates.ts";
import { identifierIn, keyIn } from "../form.ts";
import { layout } from "../layout.ts";
import { hidden, type Markup, notice, table } from "../markup.ts";
import { portalPages } from "../paths.ts";
import { newSecret } from "../sessions.ts";
import type { PageEnv, PageParts, Visit } from "../visit.ts";
import { clientCalled } from "./browser-name.ts";
import { forResidents } from "./residents.ts";
import { keeping } from "./ways.ts";

/** Where a person is logged in, with browsers and with commands, and how each of them ends. */
export function sessionPages(app: Hono<PageEnv>, parts: PageParts): void {
  app.get(
    portalPages.sessions,
    forResidents(async (context, { session }) => {
      const sessions = await sessionsOf(parts.db, session, parts.now());
      const ended = context.req.query("notice") === "ended";
      return context.html(sessionsPage(context.var.visit, { sessions, ended, key: () => newSecret(parts) }));
    }),
  );
  app.post(
    portalPages.sessionEnd,
    forResidents(async (context, { session }) => {
      const which = identifierIn(context, "session");
      await endSessions(session, { which, idempotencyKey: keyIn(context) }, parts);
      return context.redirect(keeping(portalPages.sessions, { notice: "ended" }), 303);
    }),
  );
}

interface Sessions {
  readonly sessions: readonly PortalSession[];
  readonly ended: boolean;
  key(): string;
}

function sessionsPage(visit: Visit, { sessions, ended, key }: Sessions): Markup {
  const { words, formToken } = visit;
  const { sessions: text, approval } = words.portal;
  const rows = sessions.map(({ id, current, way, client, service, device, address, startedAt, expiresAt }) => {
    const called = service ?? clientCalled(client, words);
    const name = device === null ? called : `${device} (${called})`;
    const end = html`<form method="post" action="${portalPages.sessionEnd}">${hidden({ token: formToken, key: key() })}
<input type="hidden" name="session" value="${id}"><button class="plain" aria-label="${text.endOne(name)}">${text.end}</button></form>`;
    return [
      current ? html`${name}<br><strong>${text.current}</strong>` : name,
      address ?? approval.sameMachine,
      text.ways[way],
      timeOf(startedAt, words),
      timeOf(expiresAt, words),
      current ? "" : end,
    ];
  });
  const body = html`${ended && notice(text.ended)}<p>${text.what}</p>
${table({ caption: text.title, head: text.head, rows }, words)}
<p><a href="${portalPages.consents}">${text.consents}</a></p>
<form method="post" action="${portalPages.logOut}">${hidden({ token: formToken })}
<input type="hidden" name="everywhere" value="on"><p>${text.all}</p><button class="plain">${text.logOutEverywhere}</button></form>`;
  return layout(visit, { title: text.title, body });
}
