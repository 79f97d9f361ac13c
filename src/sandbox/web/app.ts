import { Hono, type MiddlewareHandler } from "hono";
import { bodyLimit } from "../http/body-limit.ts";
import { type LogFailure, noteRoute } from "../http/notes.ts";
import { isPlain } from "../http/request.ts";
import { platformClosed } from "../operator/closing.ts";
import { Refusal } from "../refusal.ts";
import { closureAt } from "../store/standing.ts";
import { ownFormsOnly } from "./forgery.ts";
import { safeHeaders } from "./headers.ts";
import { accountPages } from "./mypage/account.ts";
import { loginPages } from "./mypage/login.ts";
import { settingsPages } from "./mypage/settings.ts";
import { pagePaths, pageSegments } from "./paths.ts";
import { approvalPages } from "./portal/approval.ts";
import { consentPages } from "./portal/consent.ts";
import { consentListPages } from "./portal/consents.ts";
import { homePages } from "./portal/home.ts";
import { portalLoginPages } from "./portal/login.ts";
import { noticePages } from "./portal/notices.ts";
import { profilePages } from "./portal/profile.ts";
import { recordPages } from "./portal/records.ts";
import { sessionPages } from "./portal/sessions.ts";
import { waitingPages } from "./portal/waiting.ts";
import { answerProblem } from "./problems.ts";
import { style } from "./style.ts";
import { type PageEnv, type PageParts, strangersVisit, visiting } from "./visit.ts";

const maxBodyBytes = 16 * 1024;
const nothingHere = () => new Refusal("not-found", "no page is here");

/**
 * The platform's pages for browsers: HTML and one style sheet, no script.
 * @param log told of failures that a page must not show
 */
export function createPages(parts: PageParts, log: LogFailure): Hono<PageEnv> {
  const app = new Hono<PageEnv>();
  const everywhere = (...handlers: MiddlewareHandler<PageEnv>[]) => {
    for (const segment of pageSegments) app.use(`/${segment}/*`, ...handlers);
  };
  app.onError((error, context) =>
    answerProblem(context, context.var.visit ?? strangersVisit(context), error, { now: parts.now, log }),
  );
  everywhere((context, next) => {
    noteRoute(context);
    return next();
  });
  everywhere(safeHeaders(new URL(parts.url).protocol === "https:"));
  everywhere((context, next) => {
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
  everywhere((_context, next) => {
    const closed = closureAt(parts.standing.current(), parts.now());
    if (closed) throw platformClosed(closed);
    return next();
  });
  everywhere(bodyLimit(maxBodyBytes, tooLarge));
  everywhere(visiting(parts), ownFormsOnly(parts.url));
  loginPages(app, parts);
  accountPages(app, parts);
  settingsPages(app, parts);
  portalLoginPages(app, parts);
  waitingPages(app, parts);
  approvalPages(app, parts);
  homePages(app, parts);
  consentPages(app, parts);
  noticePages(app, parts);
  recordPages(app, parts);
  profilePages(app, parts);
  sessionPages(app, parts);
  consentListPages(app, parts);
  everywhere(() => {
    throw nothingHere();
  });
  return app;
}
