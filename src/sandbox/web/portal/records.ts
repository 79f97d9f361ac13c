import type { Hono } from "hono";
import { html } from "hono/html";
import type { FollowedApplication } from "../../../portal/procedures/wire.ts";
import type { Exchange } from "../../../portal/wire/exchanges.ts";
import { exchangesOfPerson } from "../../portal/exchanges.ts";
import { offeredAs } from "../../procedures/catalogue.ts";
import { applicationsOf, leadsTo } from "../../procedures/states.ts";
import { timeOf } from "../dates.ts";
import { layout } from "../layout.ts";
import { commandLine, facts, type Markup, table } from "../markup.ts";
import { portalPages } from "../paths.ts";
import type { PageEnv, PageParts, Visit } from "../visit.ts";
import { forResidents } from "./residents.ts";

/** What has happened about a person: who asked for what (やりとり履歴), and what became of applications. */
export function recordPages(app: Hono<PageEnv>, { db, now, url }: PageParts): void {
  app.get(
    portalPages.exchanges,
    forResidents(async (context, { session }) => {
      const { exchanges } = await exchangesOfPerson(db, session.person, now());
      return context.html(exchangesPage(context.var.visit, exchanges));
    }),
  );
  app.get(
    portalPages.applications,
    forResidents(async (context, { session }) => {
      const { visit } = context.var;
      const applications = await applicationsOf(db, session.person);
      return context.html(applicationsPage(visit, applications, url));
    }),
  );
}

function exchangesPage(visit: Visit, exchanges: readonly Exchange[]): Markup {
  const { exchanges: words, names } = visit.words.portal;
  const topics = { ...names.topics, ...names.exchangeTopics };
  const rows = exchanges.map(({ at, requester, service, provider, topic, ground, outcome }) => [
    timeOf(at, visit.words),
    service === null ? names.parties[requester] : names.serviceCalled(service),
    names.parties[provider],
    topics[topic],
    names.grounds[ground],
    names.outcomes[outcome],
  ]);
  const body = html`<p>${words.what} ${words.synthetic}</p>${table({ caption: words.title, head: words.head, rows }, visit.words)}`;
  return layout(visit, { title: words.title, body });
}

function applicationsPage(visit: Visit, applications: readonly FollowedApplication[], url: string): Markup {
  const { applications: words } = visit.words.portal;
  const body =
    applications.length === 0
      ? html`<p>${words.none}</p>`
      : html`${applications.map((application) => applicationPart(visit, application, url))}`;
  return layout(visit, { title: words.title, body });
}

function applicationPart({ words }: Visit, application: FollowedApplication, url: string): Markup {
  const { id, procedure, state, corrects, events } = application;
  const { applications, names } = words.portal;
  const { kind, municipality } = offeredAs(procedure) ?? {};
  const title = kind ? `${kind.title[words.language]} (${municipality?.name})` : procedure;
  const history = {
    caption: `${applications.history}: ${id}`,
    head: applications.head,
    rows: events.map((event) => [timeOf(event.at, words), names.states[event.state], event.reason ?? ""]),
  };
  const commands = (
    [
      ["corrected", applications.correct, `procedures apply ${procedure} --corrects ${id}`],
      ["withdrawn", applications.withdraw, `withdraw ${id}`],
    ] as const
  )
    .filter(([to]) => leadsTo(state, to))
    .map(([, what, command]) => html`<p>${what}</p>${commandLine(`mynakit portal ${command} --platform ${url}`)}`);
  return html`<h2>${title}</h2>
${facts([
  [applications.number, id],
  [applications.state, names.states[state]],
  ...(corrects === null ? [] : [[applications.corrects, corrects] as const]),
])}
${table(history, words)}${commands}`;
}
