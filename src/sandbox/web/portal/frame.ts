import { html } from "hono/html";
import { hidden, type Markup } from "../markup.ts";
import { portalPages } from "../paths.ts";
import type { Visit } from "../visit.ts";

/** Who is logged in to Mynaportal, and the way out. */
export function portalIdentity({ resident, words, formToken }: Visit): Markup | undefined {
  if (!resident) return undefined;
  const { home } = words.portal;
  return html`<p>${resident.nickname ? home.greeting(resident.nickname) : home.loggedInAs}</p>
<form method="post" action="${portalPages.logOut}">${hidden({ token: formToken })}
<button class="plain">${words.frame.logOut}</button></form>`;
}

/** Where one can go from a page of Mynaportal. */
export function portalEntries({ resident, words }: Visit): (readonly [path: string, name: string])[] {
  const { home, login, top, notices, exchanges, applications, profile, sessions, consents } = words.portal;
  const approval = [portalPages.approval, top.approve] as const;
  if (!resident) return [[portalPages.login, login.title], approval];
  const registered = [
    [portalPages.notices, notices.title],
    [portalPages.exchanges, exchanges.title],
  ] as const;
  return [
    [portalPages.home, home.title],
    ...(resident.nickname === undefined ? [] : registered),
    [portalPages.applications, applications.title],
    [portalPages.profile, profile.title],
    [portalPages.sessions, sessions.title],
    [portalPages.consents, consents.title],
    approval,
  ];
}
