import { html } from "hono/html";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { type LogFailure, note } from "../http/notes.ts";
import { headersOf, Refusal, refusalOf } from "../refusal.ts";
import { shownTime } from "./dates.ts";
import { ForeignForm } from "./forgery.ts";
import { layout } from "./layout.ts";
import type { Markup } from "./markup.ts";
import { type PageProblem, toldReasons } from "./problem.ts";
import type { PageContext, Visit } from "./visit.ts";
import type { PageWords, ProblemText } from "./words.ts";

/**
 * What a refusal is to a reader: the words for its reason, and when it is worth trying again.
 * @param kind where the page knows better than the reason alone tells
 */
export function problemOf(refusal: Refusal, words: PageWords, now: number, kind = kindOf(refusal)): ProblemText {
  const { earliest } = refusal.body;
  return words.problems[kind](
    earliest === undefined ? undefined : { time: shownTime(earliest, words), seconds: secondsUntil(earliest, now) },
  );
}

const kindOf = ({ body: { reason } }: Refusal): PageProblem => toldReasons.find((each) => each === reason) ?? "refused";

const secondsUntil = (earliest: string, now: number): number => Math.ceil((Date.parse(earliest) - now) / 1000);

/** A page that says why there is no other. */
export function problemPage(visit: Visit, { title, text }: ProblemText): Markup {
  return layout(visit, { title, body: html`<div class="problem"><p>${text}</p></div>` });
}

/** A page that was not given, with words for it: noted for the log, and answered with the status that goes with it. */
export function refuse(
  context: PageContext,
  refusal: Refusal,
  page: Markup,
  now: number,
): Response | Promise<Response> {
  note(context.env.incoming, { reason: refusal.body.reason });
  for (const [name, value] of Object.entries(headersOf(refusal, now))) context.header(name, value);
  return context.html(page, refusal.status as ContentfulStatusCode);
}

/** The page for a problem of the pages' own. */
export function tell(context: PageContext, visit: Visit, kind: PageProblem, status: ContentfulStatusCode) {
  note(context.env.incoming, { reason: kind });
  return context.html(problemPage(visit, visit.words.problems[kind](undefined)), status);
}

/** The page for what a handler threw. @param log told of what the page must not show */
export function answerProblem(
  context: PageContext,
  visit: Visit,
  error: unknown,
  { now, log }: { now(): number; readonly log: LogFailure },
): Response | Promise<Response> {
  if (error instanceof ForeignForm) return tell(context, visit, "form-foreign", 403);
  if (!(error instanceof Refusal)) log(error, context.env.incoming);
  const refusal = refusalOf(error);
  return refuse(context, refusal, problemPage(visit, problemOf(refusal, visit.words, now())), now());
}
