import type { ContentfulStatusCode } from "hono/utils/http-status";
import { Refusal } from "../refusal.ts";
import { shownTime } from "./dates.ts";
import { ForeignForm } from "./forgery.ts";
import { layout } from "./layout.ts";
import { type Markup, problem } from "./markup.ts";
import { type PageProblem, toldReasons } from "./problem.ts";
import type { PageContext, Visit } from "./visit.ts";
import type { PageWords, ProblemText } from "./words.ts";

/** What a refusal is to a reader: the words for its reason, with the moment from which it is worth trying again. */
export function problemOf({ body }: Refusal, words: PageWords): ProblemText {
  const kind = toldReasons.find((reason) => reason === body.reason) ?? "refused";
  return words.problems[kind](body.earliest && shownTime(body.earliest, words));
}

/** A page that says why there is no other. */
export function problemPage(visit: Visit, { title, text }: ProblemText): Markup {
  return layout(visit, { title, body: problem({ title, text }) });
}

/** Seconds until it is worth trying again (RFC 9110, 10.2.3). */
export function tellWhen(context: PageContext, { body }: Refusal, now: number): void {
  if (body.earliest) context.header("Retry-After", String(Math.ceil((Date.parse(body.earliest) - now) / 1000)));
}

/** The page for what a handler threw. @param log told of what the page must not show */
export function answerProblem(
  context: PageContext,
  visit: Visit,
  error: unknown,
  { now, log }: { now(): number; log(failure: unknown): void },
): Response | Promise<Response> {
  const told = (kind: PageProblem, status: ContentfulStatusCode) =>
    context.html(problemPage(visit, visit.words.problems[kind](undefined)), status);
  if (error instanceof ForeignForm) return told("form-foreign", 403);
  if (error instanceof Refusal && error.body.reason !== "server-error") {
    tellWhen(context, error, now());
    return context.html(problemPage(visit, problemOf(error, visit.words)), error.status as ContentfulStatusCode);
  }
  log(error);
  return told("server-error", 500);
}
