import type { Hono } from "hono";
import { html } from "hono/html";
import { apiScopesIn, scopesIn } from "../../../portal/wire/api.ts";
import type { AuthorizationRequest } from "../../authorization/interactions.ts";
import { notesOf } from "../../http/notes.ts";
import { contentSecurityPolicy } from "../headers.ts";
import { layout } from "../layout.ts";
import { facts, hidden, type Markup } from "../markup.ts";
import { portalPages } from "../paths.ts";
import { tell } from "../problems.ts";
import type { PageContext, PageEnv, PageParts, Resident, Visit } from "../visit.ts";
import { browserName } from "./browser-name.ts";
import { choice } from "./login.ts";

/**
 * Where a person decides on what another service asks for: first a login with a card, made for this, then yes or no. The
 * library's cookie ties the request to the browser that began it.
 */
export function consentPages(app: Hono<PageEnv>, parts: PageParts): void {
  const { authorization } = parts;
  const page = `${portalPages.consent}/:uid`;

  /** Who has logged in since the request began: a login of before is not for it. */
  async function decider({ resident }: Visit, { beganAt }: AuthorizationRequest): Promise<Resident | undefined> {
    if (!resident) return undefined;
    const begun = await parts.db
      .selectFrom("login_session")
      .select("started_at")
      .where("id", "=", resident.session.id)
      .executeTakeFirst();
    return begun && begun.started_at >= beganAt ? resident : undefined;
  }

  const asked = (context: PageContext) => {
    const { incoming, outgoing } = context.env;
    return authorization.find(incoming, outgoing);
  };
  const over = (context: PageContext) => tell(context, context.var.visit, "consent-over", 410);

  app.get(page, async (context) => {
    const request = await asked(context);
    if (!request) return over(context);
    const { visit } = context.var;
    const by = await decider(visit, request);
    // Browsers hold forms to this through the redirects that follow them: the last one leads to the client.
    context.header("Content-Security-Policy", contentSecurityPolicy(sourceOf(request.redirectUri)));
    return context.html(by ? consentPage(visit, request, by) : loginPage(visit, request));
  });

  app.post(page, async (context) => {
    const request = await asked(context);
    if (!request) return over(context);
    const { visit, form } = context.var;
    const { incoming, outgoing } = context.env;
    const decision = form.get("decision");
    if (decision === "deny") return context.redirect(await authorization.deny(incoming, outgoing), 303);
    const by = await decider(visit, request);
    if (!by || decision !== "allow") return context.redirect(context.req.path, 303);
    const { address = null } = notesOf(incoming);
    const device = browserName(context.req.header("user-agent"));
    return context.redirect(
      await authorization.allow(incoming, outgoing, { session: by.session, device, address }),
      303,
    );
  });
}

/** A redirect URI as a source of a Content Security Policy (CSP 3, 2.3.1): a scheme of an app has no host. */
function sourceOf(redirectUri: string): string {
  const { protocol, host } = new URL(redirectUri);
  return /^https?:$/.test(protocol) ? `${protocol}//${host}` : protocol;
}

function whatIsAsked({ words }: Visit, { clientName, clientId, scope, redirectUri }: AuthorizationRequest): Markup {
  const { consent } = words;
  const { scopes } = words.portal.names;
  const { protocol, host } = new URL(redirectUri);
  const may = scopesIn(scope).map((one) => html`<li>${scopes[one]}</li>`);
  return facts([
    [consent.client, html`${clientName} <span class="hint">(${clientId})</span>`],
    [consent.goesTo, host === "" ? protocol : host],
    [consent.may, html`<ul>${may}</ul>`],
  ]);
}

const denial = ({ words, formToken, path }: Visit): Markup =>
  html`<form method="post" action="${path.split("?")[0]}">${hidden({ token: formToken })}
<button class="plain" name="decision" value="deny">${words.consent.deny}</button></form>`;

function loginPage(visit: Visit, request: AuthorizationRequest): Markup {
  const { consent } = visit.words;
  const body = html`<p>${consent.asks(request.clientName)}</p>${whatIsAsked(visit, request)}
<h2>${consent.logInFirst}</h2><p>${consent.eachTime}</p>${choice(visit, visit.path.split("?")[0])}${denial(visit)}`;
  return layout(visit, { title: consent.title, body });
}

function consentPage(visit: Visit, request: AuthorizationRequest, { nickname }: Resident): Markup {
  const { consent } = visit.words;
  const inVain = nickname === undefined && apiScopesIn(request.scope).length > 0;
  const { formToken, path } = visit;
  const body = html`<p>${consent.asks(request.clientName)}</p>${whatIsAsked(visit, request)}
${inVain ? html`<p role="note">${consent.notRegistered}</p>` : ""}<p><strong>${consent.caution}</strong></p>
<form method="post" action="${path.split("?")[0]}">${hidden({ token: formToken })}
<button name="decision" value="allow">${consent.allow}</button></form>${denial(visit)}`;
  return layout(visit, { title: consent.title, body });
}
