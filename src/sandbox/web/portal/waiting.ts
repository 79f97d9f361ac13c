import type { Hono } from "hono";
import { html } from "hono/html";
import { shownUserCode, verificationPath } from "../../../login/device/wire.ts";
import { notesOf } from "../../http/notes.ts";
import {
  browserClient,
  cancel,
  type DeviceLogin,
  handOver,
  ownRequest,
  poll,
  requestDeviceLogin,
} from "../../login/device-login.ts";
import { Refusal } from "../../refusal.ts";
import { cookieIn, setCookie } from "../cookies.ts";
import { layout } from "../layout.ts";
import { commandLine, facts, hidden, type Markup } from "../markup.ts";
import { portalPages } from "../paths.ts";
import { newSecret } from "../sessions.ts";
import type { PageContext, PageEnv, PageParts, Visit } from "../visit.ts";
import { browserName } from "./browser-name.ts";
import { qrCode } from "./qr.ts";
import { beginPortalSession, endPortalSession } from "./session.ts";
import { destination, keeping, type Way, wayNamed } from "./ways.ts";

/** The least time between two loads of the page, in seconds: it can be read, and a press of a key finds its aim. */
const calm = 5;
const awaited: ReadonlySet<string> = new Set(["authorization-pending", "slow-down"]);

/**
 * A browser that waits for a card elsewhere to approve its login. It is a device like any other (RFC 8628), whose device
 * code is the secret of a cookie: the browser that asked is the one that gets in. The cookie of the session that begins
 * is a new one.
 */
export function waitingPages(app: Hono<PageEnv>, parts: PageParts): void {
  app.post(portalPages.waiting, async (context) => {
    const { form } = context.var;
    const earlier = cookieIn(context, "waiting");
    if (earlier !== undefined) await cancel(earlier, parts);
    const order = {
      client: browserClient,
      scope: "portal",
      device: browserName(context.req.header("user-agent")),
      address: notesOf(context.env.incoming).address ?? null,
      thumbprint: null,
    };
    const { deviceCode } = await requestDeviceLogin(order, parts);
    setCookie(context, "waiting", deviceCode);
    const way = wayNamed(form.get("way")) ?? "qr";
    const reload = form.has("reload") ? undefined : "off";
    return context.redirect(keeping(portalPages.waiting, { way, reload, next: form.get("next") ?? undefined }), 303);
  });

  /** @returns the secret of the session that begins */
  async function getIn(deviceCode: string): Promise<string> {
    const approved = await poll({ deviceCode, client: browserClient, thumbprint: null }, parts);
    const secret = newSecret(parts);
    await handOver(approved, (db) => beginPortalSession(secret, approved, { ...parts, db }), parts);
    return secret;
  }

  app.get(portalPages.waiting, async (context) => {
    const { next } = context.req.query();
    const deviceCode = cookieIn(context, "waiting");
    if (deviceCode === undefined) {
      const { resident } = context.var.visit;
      return context.redirect(resident ? destination(next) : keeping(portalPages.login, { next }), 303);
    }
    try {
      // Two loads can meet, the first of which a browser has given up: the other one gets in.
      const secret = await getIn(deviceCode).catch((error: unknown) => {
        if (error instanceof Refusal && error.body.reason === "device-login-used") return getIn(deviceCode);
        throw error;
      });
      const before = cookieIn(context, "portal");
      if (before !== undefined) await endPortalSession(before, parts.db);
      setCookie(context, "portal", secret);
      setCookie(context, "waiting", "");
      return context.redirect(destination(next), 303);
    } catch (error) {
      const request = await ownRequest(deviceCode, browserClient, parts.db);
      if (request && error instanceof Refusal && awaited.has(error.body.reason)) return wait(context, request);
      setCookie(context, "waiting", "");
      throw error;
    }
  });

  function wait(context: PageContext, request: DeviceLogin): Response | Promise<Response> {
    const { way, reload, next } = context.req.query();
    // One more than the server asks for: the browser's clock starts when it has the page.
    const seconds = reload === "off" ? undefined : Math.max(calm, request.poll_interval + 1);
    if (seconds !== undefined) context.header("Refresh", String(seconds));
    const page = { request, way: wayNamed(way) ?? "qr", next, seconds, now: parts.now(), url: parts.url };
    return context.html(waitingPage(context.var.visit, page));
  }

  app.post(portalPages.cancel, async (context) => {
    const deviceCode = cookieIn(context, "waiting");
    if (deviceCode !== undefined) await cancel(deviceCode, parts);
    setCookie(context, "waiting", "");
    return context.redirect(keeping(portalPages.login, { notice: "cancelled" }), 303);
  });
}

interface Waiting {
  readonly request: DeviceLogin;
  readonly way: Way;
  readonly next: string | undefined;
  /** Until the page is loaded anew; undefined: it is not. */
  readonly seconds: number | undefined;
  readonly now: number;
  readonly url: string;
}

function waitingPage(visit: Visit, { request, way, next, seconds, now, url }: Waiting): Markup {
  const { waiting, approval } = visit.words.portal;
  const code = shownUserCode(request.user_code);
  const address = `${url}${verificationPath}`;
  const left = Math.max(0, Math.floor((request.expires_at - now) / 1000));
  const here = (reload: string | undefined) => keeping(portalPages.waiting, { way, reload, next });
  const reloading =
    seconds === undefined
      ? html`<p><a href="${here(undefined)}">${waiting.reloadAgain}</a></p>`
      : html`<p>${waiting.reloads(seconds)} <a href="${here("off")}">${waiting.stopReloading}</a></p>`;
  const body = html`${howTo[way](visit, { code, address })}
${facts([
  [waiting.code, html`<span class="id">${code}</span>`],
  [waiting.address, html`<span class="address">${address}</span>`],
  [waiting.asking, [request.device ?? approval.unnamed, request.address].filter(Boolean).join(", ")],
  [waiting.left, waiting.time(left)],
])}
<p><strong>${waiting.caution}</strong></p>
<p><a class="button" href="${here(seconds === undefined ? "off" : undefined)}">${waiting.look}</a></p>${reloading}
<form method="post" action="${portalPages.cancel}">${hidden({ token: visit.formToken })}
<button class="plain">${waiting.cancel}</button></form>`;
  return layout(visit, { title: waiting.title, body });
}

interface Shown {
  readonly code: string;
  readonly address: string;
}

const command = ({ code, address }: Shown): Markup =>
  commandLine(`mynakit portal approve ${code} --platform ${new URL(address).origin}`);

/** What each way shows beside the code. */
const howTo: Readonly<Record<Way, (visit: Visit, shown: Shown) => Markup>> = {
  reader({ words: { portal } }, shown) {
    const [put, ...then] = portal.waiting.steps;
    return html`<ol><li>${put}</li><li>${portal.waiting.run}${command(shown)}</li>${then.map((step) => html`<li>${step}</li>`)}</ol>`;
  },
  qr({ words: { portal } }, { code, address }) {
    const { scan, scanned, qr } = portal.waiting;
    return html`<p>${scan} ${scanned}</p>${qrCode(`${address}?user_code=${code}`, qr)}`;
  },
  phone: ({ words: { portal } }, shown) => html`<p>${portal.waiting.read}</p>${command(shown)}`,
};
