import type { Hono } from "hono";
import { html } from "hono/html";
import type { PointsApplication, PointsHistory } from "../../../mykey/points/wire.ts";
import type { AccountHistory, AccountStatus } from "../../../mykey/wire.ts";
import { historyOf, statusOf } from "../../mykey/history.ts";
import { furiganaOf } from "../../mykey/identifier.ts";
import { pointsHistoryOf, pointsStatusOf } from "../../points/status.ts";
import { rfc3339 } from "../../refusal.ts";
import { timeOf } from "../dates.ts";
import { layout } from "../layout.ts";
import { facts, type Markup, problem, type Table, table } from "../markup.ts";
import { forMembers, forUsers } from "../members.ts";
import { pagePaths } from "../paths.ts";
import { problemOf } from "../problems.ts";
import type { Member, PageEnv, PageParts, Visit } from "../visit.ts";
import type { PageWords } from "../words.ts";

/** What there is to see of an account: how it stands, points, history. */
export function accountPages(app: Hono<PageEnv>, { db, now }: PageParts): void {
  app.get(
    pagePaths.account,
    forMembers(async (context, member) => {
      const status = await statusOf(db, member.session, now());
      return context.html(accountPage(context.var.visit, member, status, now()));
    }),
  );
  app.get(
    pagePaths.points,
    forUsers(async (context, { session: { person } }) => {
      const { applications } = await pointsStatusOf(db, person, now());
      return context.html(pointsPage(context.var.visit, applications, await pointsHistoryOf(db, person)));
    }),
  );
  app.get(
    pagePaths.history,
    forMembers(async (context, { session }) =>
      context.html(historyPage(context.var.visit, await historyOf(db, session.person))),
    ),
  );
}

function accountPage(visit: Visit, { session, mykeyId, blocked }: Member, status: AccountStatus, now: number): Markup {
  const { words } = visit;
  const { account } = words;
  const { reservation, certificate } = status;
  const missing = mykeyId === undefined && status.account !== "suspended" && words.problems["no-mykey-id"](undefined);
  const waiting = certificate.state === "waiting";
  const body = html`${blocked && problem(problemOf(blocked, words, now))}${blocked && html`<p>${account.stillOpen}</p>`}
${missing && !blocked && problem(missing)}
${facts([
  [account.mykeyId, mykeyId === undefined ? account.none : html`<span class="id">${mykeyId}</span>`],
  ...(mykeyId === undefined ? [] : [[account.furigana, html`<span lang="ja">${furiganaOf(mykeyId)}</span>`] as const]),
  [account.state, account.states[status.account]],
  [account.reservation, html`${account.reservations[reservation.state]} ${timeOf(reservation.at, words)}`],
  [account.password, account.passwordSet(status.passwordSet)],
])}
<h2>${account.certificate}</h2>
${facts([
  [account.serialNumber, certificate.serialNumber],
  [account.state, account.links[certificate.state]],
  ...(waiting ? [[account.usableFrom, timeOf(certificate.usableFrom, words)] as const] : []),
  [account.validUntil, timeOf(rfc3339(session.notAfter), words)],
  [account.login, account.methods[session.method]],
])}`;
  return layout(visit, { title: account.title, body });
}

function pointsPage(visit: Visit, applications: readonly PointsApplication[], history: PointsHistory): Markup {
  const { points, history: past } = visit.words;
  const { number } = points;
  const shown: Table = {
    caption: points.caption,
    head: [points.programme, points.service, points.granted, points.left, points.appliedAt],
    rows: applications.map((application) => [
      points.programmes[application.programme],
      application.service,
      { amount: number(application.points) },
      { amount: application.void ? points.void : number(application.mostPoints - application.points) },
      timeOf(application.appliedAt, visit.words),
    ]),
  };
  const events: Table = {
    caption: points.historyCaption,
    head: [past.time, points.event, points.programme, points.service, points.yen, points.points],
    rows: history.events.map(({ at, kind, programme, service, yen, points: granted, void: lost }) => [
      timeOf(at, visit.words),
      points.events[kind],
      points.programmes[programme],
      service,
      { amount: kind === "application" ? "" : number(yen) },
      { amount: lost ? points.void : kind === "application" ? "" : number(granted) },
    ]),
  };
  const body = applications.length === 0 ? html`<p>${points.none}</p>` : tables([shown, events], visit.words);
  return layout(visit, { title: points.title, body });
}

function historyPage(visit: Visit, { ids, certificates, events }: AccountHistory): Markup {
  const { words } = visit;
  const { account, history } = words;
  const time = (of: string | null) => timeOf(of, words);
  const shown: readonly Table[] = [
    {
      caption: history.ids,
      head: [account.mykeyId, account.furigana, account.state, history.issuedAt, history.endedAt],
      rows: ids.map(({ mykeyId, furigana, state, issuedAt, endedAt }) => [
        html`<span class="id">${mykeyId}</span>`,
        html`<span lang="ja">${furigana}</span>`,
        history.states[state],
        time(issuedAt),
        time(endedAt),
      ]),
    },
    {
      caption: history.certificates,
      head: [account.serialNumber, history.linkedAt, history.unlinkedAt],
      rows: certificates.map(({ serialNumber, linkedAt, unlinkedAt }) => [
        serialNumber,
        time(linkedAt),
        time(unlinkedAt),
      ]),
    },
    {
      caption: history.events,
      head: [history.time, history.actor, history.event],
      rows: events.map(({ at, actor, action }) => [
        time(at),
        history.actors[actor] ?? actor,
        history.actions[action] ?? action,
      ]),
    },
  ];
  return layout(visit, { title: history.title, body: tables(shown, words) });
}

const tables = (shown: readonly Table[], words: PageWords): Markup =>
  html`${shown.map((each) =>
    each.rows.length === 0 ? html`<h2>${each.caption}</h2><p>${words.history.empty}</p>` : table(each, words),
  )}`;
