import { html } from "hono/html";
import { languageParameter } from "./language.ts";
import { hidden, type Markup } from "./markup.ts";
import { pagePaths, portalPages } from "./paths.ts";
import { portalEntries, portalIdentity } from "./portal/frame.ts";
import { idleLife } from "./sessions.ts";
import type { Member, Visit } from "./visit.ts";
import { languages, type PageWords } from "./words.ts";

export interface Page {
  /** The heading, too. */
  readonly title: string;
  readonly body: Markup;
  /** True where a form was not accepted: the title then says so first. */
  readonly failed?: boolean;
}

/** A whole page: what it is, who is logged in, where else one can go, and the content. */
export function layout(visit: Visit, { title, body, failed = false }: Page): Markup {
  const { words } = visit;
  const { frame } = words;
  const { service, top, identity, entries } = realms[visit.realm](visit);
  return html`<!doctype html>
<html lang="${words.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${failed && `${words.form.error}: `}${title} | ${service}</title>
<link rel="stylesheet" href="${pagePaths.style}">
</head>
<body>
<header>
<a class="skip" href="#main">${frame.skip}</a>
<div class="sandbox"><p><strong>${frame.sandbox}</strong> ${frame.sandboxNote}</p></div>
<div class="bar">
<a class="service" href="${top}">${service}</a>
${identity}
${languageChoice(visit)}
</div>
</header>
<nav class="pages" aria-label="${frame.pages}"><ul>
${entries.map(([path, name]) => html`<li><a href="${path}"${current(path, visit)}>${name}</a></li>`)}
</ul></nav>
<main id="main" tabindex="-1">
<h1>${title}</h1>
${body}
</main>
${(visit.member ?? visit.resident) && html`<footer><p>${frame.idle(idleLife / 60_000)}</p></footer>`}
</body>
</html>`;
}

/** What the pages of each realm have in common. */
const realms = {
  mykey: (visit: Visit) => ({
    service: visit.words.frame.service,
    top: pagePaths.top,
    identity: visit.member && identityOf(visit.member, visit),
    entries: entriesFor(visit),
  }),
  portal: (visit: Visit) => ({
    service: visit.words.portal.service,
    top: portalPages.top,
    identity: portalIdentity(visit),
    entries: portalEntries(visit),
  }),
} as const;

function identityOf({ mykeyId }: Member, { words, formToken }: Visit): Markup {
  const { frame } = words;
  return html`${mykeyId && html`<p>${frame.loggedInAs}: <span class="id">${mykeyId}</span></p>`}
<form method="post" action="${pagePaths.logOut}">${hidden({ token: formToken })}
<button class="plain">${frame.logOut}</button></form>`;
}

const languageNames = { ja: "日本語", en: "English" } as const;

function languageChoice({ path, words }: Visit): Markup {
  const links = languages.map((language) => {
    const address = new URL(path, "http://page");
    address.searchParams.set(languageParameter, language);
    const chosen = language === words.language ? html` aria-current="true"` : "";
    return html`<li><a href="${address.pathname}${address.search}" lang="${language}" hreflang="${language}"${chosen}>${languageNames[language]}</a></li>`;
  });
  return html`<nav aria-label="${words.frame.languages}"><ul>${links}</ul></nav>`;
}

const current = (path: string, visit: Visit) => (visit.path.split("?")[0] === path ? html` aria-current="page"` : "");

/** Where one can go from here: what needs a login, or a working account, is offered to those who have it. */
function entriesFor({ member, words }: Visit): (readonly [path: string, name: string])[] {
  const support = [pagePaths.support, words.support.title] as const;
  if (!member) {
    return [[pagePaths.card, words.top.byCard], [pagePaths.login, words.top.byPassword], support];
  }
  return [
    [pagePaths.account, words.account.title],
    ...(member.blocked ? [] : usable(member, words)),
    [pagePaths.history, words.history.title],
    support,
  ];
}

function usable({ session, mykeyId }: Member, words: PageWords): (readonly [path: string, name: string])[] {
  if (mykeyId === undefined) return [];
  return [
    [pagePaths.points, words.points.title],
    [pagePaths.profile, words.profile.title],
    ...(session.method === "card" ? [[pagePaths.password, words.password.title] as const] : []),
  ];
}
