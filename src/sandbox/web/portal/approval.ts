import type { Hono } from "hono";
import { html } from "hono/html";
import type { DeviceRequest } from "../../../login/device/wire.ts";
import { scopesIn } from "../../../portal/wire/api.ts";
import { notesOf } from "../../http/notes.ts";
import { decide, lookUp } from "../../login/device-login.ts";
import { Refusal } from "../../refusal.ts";
import { timeOf } from "../dates.ts";
import { identifierIn } from "../form.ts";
import { layout } from "../layout.ts";
import { commandLine, facts, field, hidden, type Markup, notice, problem } from "../markup.ts";
import { portalPages } from "../paths.ts";
import { problemOf, refuse } from "../problems.ts";
import type { PageContext, PageEnv, PageParts, Visit } from "../visit.ts";
import { clientCalled } from "./browser-name.ts";

/**
 * What a QR code leads to: who asks to be let in, how a card approves it, and how to turn it away. The page itself lets
 * nobody in.
 */
export function approvalPages(app: Hono<PageEnv>, parts: PageParts): void {
  const show = async (context: PageContext, typed: string, from: "address" | "person") => {
    const { visit } = context.var;
    try {
      const request = await lookUp(typed, notesOf(context.env.incoming).address ?? null, parts);
      return context.html(requestPage(visit, request, { url: parts.url, from }));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const now = parts.now();
      const { reason } = error.body;
      const text = problemOf(error, visit.words, now, reason === "throttled" ? "codes-throttled" : undefined);
      return refuse(context, error, codePage(visit, { above: problem(text), failed: true }), now);
    }
  };
  app.get(portalPages.approval, (context) => {
    const code = context.req.query("user_code");
    return code === undefined ? context.html(codePage(context.var.visit, {})) : show(context, code, "address");
  });
  app.post(portalPages.approval, (context) => show(context, context.var.form.get("user-code") ?? "", "person"));
  app.post(portalPages.denial, async (context) => {
    const { visit } = context.var;
    await decide(parts.db, identifierIn(context, "request"), { state: "denied" }, parts.now());
    const { denied, deniedText } = visit.words.portal.approval;
    return context.html(layout(visit, { title: denied, body: notice(deniedText) }));
  });
}

function codePage(visit: Visit, { above, failed = false }: { above?: Markup; failed?: boolean }): Markup {
  const { title, enter, code, codeForm, look } = visit.words.portal.approval;
  const input = { name: "user-code", label: code, hint: codeForm, autocomplete: "off", longest: 32, required: true };
  const body = html`${above}<p>${enter}</p><form method="post" action="${portalPages.approval}" novalidate>
${hidden({ token: visit.formToken })}${field(input)}<button>${look}</button></form>`;
  return layout(visit, { title, body, failed });
}

interface Shown {
  /** The platform's. */
  readonly url: string;
  /** Who knew the code: an address can have been sent by anybody, and the command then asks for the code once more. */
  readonly from: "address" | "person";
}

function requestPage(visit: Visit, request: DeviceRequest, { url, from }: Shown): Markup {
  const { approval, names } = visit.words.portal;
  const { userCode, service, device, client, address, scope, requestedAt, expiresAt } = request;
  const [run, ...then] = approval.steps;
  const named = from === "person" ? userCode : `"${url}${portalPages.approval}?user_code=${userCode}"`;
  const may = scopesIn(scope).map((one) => names.scopes[one]);
  const body = html`<p>${service === null ? approval.asks : approval.serviceAsks}</p>
${facts([
  ...(service === null ? [] : [[approval.externalService, service] as const]),
  [approval.code, html`<span class="id">${userCode}</span>`],
  [
    approval.device,
    html`${device ?? approval.unnamed} (${clientCalled(client, visit.words)})<br><span class="hint">${approval.unchecked}</span>`,
  ],
  [approval.address, address ?? approval.sameMachine],
  [approval.since, timeOf(requestedAt, visit.words)],
  [approval.until, timeOf(expiresAt, visit.words)],
  [service === null ? approval.scope : approval.asked, may.join(" / ")],
])}
${service === null ? "" : html`<p>${approval.consent}</p>`}
<p><strong>${approval.compare} ${approval.stranger}</strong></p>
<h2>${approval.how}</h2>
<ol><li>${run}${commandLine(`mynakit portal approve ${named} --platform ${url}`)}</li>
${then.map((step) => html`<li>${step}</li>`)}</ol>
<form method="post" action="${portalPages.denial}">${hidden({ token: visit.formToken })}
<input type="hidden" name="request" value="${request.request}"><button class="plain">${approval.deny}</button></form>`;
  return layout(visit, { title: approval.title, body });
}
