import { Hono } from "hono";
import { bodyLimit } from "../http/body-limit.ts";
import { type LogFailure, noteRoute } from "../http/notes.ts";
import { isPlain } from "../http/request.ts";
import { platformClosed } from "../operator/closing.ts";
import { Refusal } from "../refusal.ts";
import { ownFormsOnly } from "./forgery.ts";
import { safeHeaders } from "./headers.ts";
import { accountPages } from "./mypage/account.ts";
import { loginPages } from "./mypage/login.ts";
import { settingsPages } from "./mypage/settings.ts";
import { pagePaths, pagesSegment } from "./paths.ts";
import { answerProblem } from "./problems.ts";
import { style } from "./style.ts";
import { type PageEnv, type PageParts, strangersVisit, visiting } from "./visit.ts";

const maxBodyBytes = 16 * 1024;
const nothingHere = () => new Refusal("not-found", "no page is here");
const everything = `/${pagesSegment}/*`;

/**
 * The platform's pages for browsers: HTML and one style sheet, no script.
 * @param log told of failures that a page must not show
 */
export function createPages(parts: PageParts, log: LogFailure): Hono<PageEnv> {
  const app = new Hono<PageEnv>();
  app.onError((error, context) =>
    answerProblem(context, context.var.visit ?? strangersVisit(context), error, { now: parts.now, log }),
  );
  app.use(everything, (context, next) => {
    noteRoute(context);
    return next();
  });
  app.use(everything, safeHeaders(new URL(parts.url).protocol === "https:"));
  app.use(everything, (context, next) => {
    if (!isPlain(context)) throw nothingHere();
    return next();
  });
  app.get(pagePaths.style, (context) => {
    context.header("Cache-Control", "no-cache");
    return context.body(style, 200, { "Content-Type": "text/css; charset=utf-8" });
  });
  const tooLarge = () => {
    throw new Refusal("request-too-large", `the form is larger than ${maxBodyBytes} bytes`);
  };
  app.use(everything, (_context, next) => {
    const { closed } = parts.standing.current();
    if (closed) throw platformClosed(closed);
    return next();
  });
  app.use(everything, bodyLimit(maxBodyBytes, tooLarge));
  app.use(everything, visiting(parts), ownFormsOnly(parts.url));
  loginPages(app, parts);
  accountPages(app, parts);
  settingsPages(app, parts);
  app.all(everything, () => {
    throw nothingHere();
  });
  return app;
}
