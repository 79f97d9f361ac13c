import type { Hono } from "hono";
import { html } from "hono/html";
import type { Consent } from "../../../portal/wire/consents.ts";
import { consentsOf, withdrawConsent } from "../../portal/consents.ts";
import { timeOf } from "../dates.ts";
import { identifierIn, keyIn } from "../form.ts";
import { layout } from "../layout.ts";
import { hidden, type Markup, notice, table } from "../markup.ts";
import { portalPages } from "../paths.ts";
import { newSecret } from "../sessions.ts";
import type { PageEnv, PageParts, Visit } from "../visit.ts";
import { forResidents } from "./residents.ts";
import { keeping } from "./ways.ts";

/** What a person has let external services do, and how each consent is withdrawn. */
export function consentListPages(app: Hono<PageEnv>, parts: PageParts): void {
  app.get(
    portalPages.consents,
    forResidents(async (context, { session }) => {
      const { consents } = await consentsOf(parts.db, session.person, parts.now());
      const ended = context.req.query("notice") === "ended";
      return context.html(consentsPage(context.var.visit, { consents, ended, key: () => newSecret(parts) }));
    }),
  );
  app.post(
    portalPages.consentEnd,
    forResidents(async (context, { session }) => {
      const consent = identifierIn(context, "consent");
      await withdrawConsent(session, { consent, idempotencyKey: keyIn(context) }, parts);
      return context.redirect(keeping(portalPages.consents, { notice: "ended" }), 303);
    }),
  );
}

interface Shown {
  readonly consents: readonly Consent[];
  readonly ended: boolean;
  key(): string;
}

function consentsPage(visit: Visit, { consents, ended, key }: Shown): Markup {
  const { words, formToken } = visit;
  const { consents: text, names } = words.portal;
  const rows = consents.map(({ id, service, scopes, state, givenAt, until }) => {
    const end = html`<form method="post" action="${portalPages.consentEnd}">${hidden({ token: formToken, key: key() })}
<input type="hidden" name="consent" value="${id}"><button class="plain" aria-label="${text.endOne(service)}">${text.end}</button></form>`;
    return [
      service,
      html`<ul>${scopes.map((scope) => html`<li>${names.scopes[scope]}</li>`)}</ul>`,
      names.consentStates[state],
      timeOf(givenAt, words),
      timeOf(until, words),
      state === "standing" ? end : "",
    ];
  });
  const list =
    rows.length === 0 ? html`<p>${text.none}</p>` : table({ caption: text.title, head: text.head, rows }, words);
  // There are exchanges for those who have registered.
  const read = visit.resident?.nickname && html`<p><a href="${portalPages.exchanges}">${text.read}</a></p>`;
  const body = html`${ended && notice(text.ended)}<p>${text.what}</p>${list}${read}`;
  return layout(visit, { title: text.title, body });
}
