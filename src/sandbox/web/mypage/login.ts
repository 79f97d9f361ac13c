import type { Hono } from "hono";
import { html } from "hono/html";
import { passwordSession } from "../../authorization/password-grant.ts";
import { notesOf } from "../../http/notes.ts";
import type { Session } from "../../http/session.ts";
import { passwordRules } from "../../mykey/password.ts";
import { rules } from "../../mykey/rules.ts";
import { Refusal } from "../../refusal.ts";
import { cookieIn, setCookie } from "../cookies.ts";
import { layout } from "../layout.ts";
import { commandLine, errorSummary, field, hidden, type Markup, notice, problem } from "../markup.ts";
import { loginWith, noticeIn } from "../members.ts";
import { pagePaths } from "../paths.ts";
import { problemOf, refuse, tell } from "../problems.ts";
import { beginSession, endSession, isTicketOpen, useTicket } from "../sessions.ts";
import type { PageContext, PageEnv, PageParts, Visit } from "../visit.ts";

/** The way in and out: what this is, login with password and by a one-time address, logout, support. */
export function loginPages(app: Hono<PageEnv>, parts: PageParts): void {
  const enter = async (context: PageContext, session: Session) => {
    await leave(context, parts);
    setCookie(context, "session", await beginSession(session, parts));
    return context.redirect(pagePaths.account, 303);
  };

  app.get(pagePaths.top, (context) => context.html(topPage(context.var.visit)));
  app.get(pagePaths.support, (context) => context.html(supportPage(context.var.visit)));

  app.get(pagePaths.login, (context) => {
    const { visit } = context.var;
    const told = noticeIn(context);
    return context.html(loginPage(visit, { above: told && notice(visit.words.login.notices[told]) }));
  });
  app.post(pagePaths.login, async (context) => {
    const { visit, form } = context.var;
    const mykeyId = (form.get("mykey-id") ?? "").normalize("NFKC").trim().toUpperCase();
    const password = form.get("password") ?? "";
    if (mykeyId === "" || password === "") return context.html(loginPage(visit, { mykeyId, password }), 422);
    const { address = null } = notesOf(context.env.incoming);
    try {
      if (mykeyId.length > rules.idLength || [...password].length > passwordRules.longest) throw loginRefused();
      return await enter(context, await passwordSession({ mykeyId, password, address }, parts));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const now = parts.now();
      const page = loginPage(visit, { mykeyId, above: problem(problemOf(error, visit.words, now)), failed: true });
      return refuse(context, error, page, now);
    }
  });

  app.get(pagePaths.card, async (context) => {
    const { visit } = context.var;
    const ticket = context.req.query("ticket");
    if (ticket === undefined) return context.html(cardPage(visit, parts));
    if (await isTicketOpen(ticket, parts)) return context.html(arrival(visit, ticket));
    return tell(context, visit, "ticket-unknown", 410);
  });
  app.post(pagePaths.card, async (context) => {
    const session = await useTicket(context.var.form.get("ticket") ?? "", parts);
    if (session) return enter(context, session);
    return tell(context, context.var.visit, "ticket-unknown", 410);
  });

  app.post(pagePaths.logOut, async (context) => {
    await leave(context, parts);
    return context.redirect(loginWith("logged-out"), 303);
  });
}

const loginRefused = () => new Refusal("login-refused", "no MyKey ID or password is that long");

async function leave(context: PageContext, { db }: PageParts): Promise<void> {
  const secret = cookieIn(context, "session");
  if (secret === undefined) return;
  await endSession(secret, db);
  setCookie(context, "session", "");
}

function topPage(visit: Visit): Markup {
  const { top } = visit.words;
  const body = html`<p>${top.what}</p><p>${top.notReal}</p><h2>${top.how}</h2>
<ul><li><a href="${pagePaths.card}">${top.byCard}</a></li><li><a href="${pagePaths.login}">${top.byPassword}</a></li></ul>`;
  return layout(visit, { title: top.title, body });
}

interface LoginForm {
  readonly above?: Markup | undefined;
  readonly failed?: boolean;
  /** As they were entered; undefined: nothing was. The password is not shown again. */
  readonly mykeyId?: string;
  readonly password?: string;
}

function loginPage(visit: Visit, { above, failed, mykeyId, password }: LoginForm): Markup {
  const { words, formToken } = visit;
  const { login } = words;
  const missing = (value: string | undefined) => (value === "" ? words.form.needed : undefined);
  const wrong = { id: missing(mykeyId), password: missing(password) };
  const named = (name: string, text: string | undefined) => text && `${name}: ${text}`;
  const summary = errorSummary(
    [
      ["mykey-id", named(login.mykeyId, wrong.id)],
      ["password", named(login.password, wrong.password)],
    ],
    words,
  );
  const id = {
    name: "mykey-id",
    label: login.mykeyId,
    hint: login.mykeyIdForm,
    value: mykeyId ?? "",
    wrong: wrong.id,
    autocomplete: "username",
    longest: rules.idLength,
    required: true,
  };
  const secret = {
    name: "password",
    label: login.password,
    type: "password" as const,
    wrong: wrong.password,
    autocomplete: "current-password",
    longest: passwordRules.longest,
    required: true,
  };
  const body = html`${above}${summary}<form method="post" action="${pagePaths.login}" novalidate>
${hidden({ token: formToken })}${field(id)}${field(secret)}<button>${login.submit}</button></form>
<p><a href="${pagePaths.card}">${login.noPassword}</a></p>`;
  return layout(visit, { title: login.title, body, failed: failed === true || summary !== "" });
}

function cardPage(visit: Visit, { url }: PageParts): Markup {
  const { title, how, steps } = visit.words.card;
  const [put, run, open] = steps;
  const body = html`<p>${how}</p><ol><li>${put}</li>
<li>${run}${commandLine(`mynakit mykey page --platform ${url}`)}</li><li>${open}</li></ol>`;
  return layout(visit, { title, body });
}

/** Nothing is used up by looking: programs that fetch the addresses in messages do no harm. */
function arrival(visit: Visit, ticket: string): Markup {
  const { title, arrived, caution, submit } = visit.words.card;
  const body = html`<p>${arrived}</p><p><strong>${caution}</strong></p>
<form method="post" action="${pagePaths.card}">${hidden({ token: visit.formToken })}
<input type="hidden" name="ticket" value="${ticket}"><button>${submit}</button></form>`;
  return layout(visit, { title, body });
}

function supportPage(visit: Visit): Markup {
  const { title, sandbox, suspended, real, lost } = visit.words.support;
  const body = html`<ul>${[sandbox, suspended, real, lost].map((text) => html`<li>${text}</li>`)}</ul>`;
  return layout(visit, { title, body });
}
