import { type Context, Hono } from "hono";
import type { Provider } from "oidc-provider";
import { challengePath, type PlatformDescription, platformPath } from "../../login/wire.ts";
import { maxSubmissionBytes, proceduresPaths } from "../../portal/procedures/wire.ts";
import { type AnyScope, apiPaths } from "../../portal/wire/api.ts";
import type { CardGrantParts } from "../authorization/card-grant.ts";
import { issueNonce } from "../login/nonce.ts";
import type { MykeyParts } from "../mykey/proposals.ts";
import { headersOf, Refusal, refusalOf, rfc3339 } from "../refusal.ts";
import { isCurrent } from "../store/migrations.ts";
import type { Closure, WatchedStanding } from "../store/standing.ts";
import { pageSegments } from "../web/paths.ts";
import type { PageEnv } from "../web/visit.ts";
import { apiRoutes } from "./api-routes.ts";
import { bodyLimit } from "./body-limit.ts";
import { deviceRoutes } from "./device-routes.ts";
import { mykeyRoutes } from "./mykey-routes.ts";
import { type LogFailure, note, noteRoute } from "./notes.ts";
import { pointsRoutes } from "./points-routes.ts";
import { portalRoutes } from "./portal-routes.ts";
import { portalServiceRoutes } from "./portal-service-routes.ts";
import { proceduresRoutes } from "./procedures-routes.ts";
import { isPlain, requestOf } from "./request.ts";
import { sessionOf } from "./session.ts";

const maxBodyBytes = 16 * 1024;
const everyPath = "/*";
/** Where applications come with their attachments. */
const submissionPaths: ReadonlySet<string> = new Set([proceduresPaths.applications, apiPaths.applications]);
/** Seconds until it is worth looking again whether the platform is ready. */
const retryAfter = 5;

/** First segments of the paths that this application answers; the authorization server has the others. */
export const ownPaths: ReadonlySet<string> = new Set([
  "api",
  "card",
  "device-logins",
  "health",
  "mykey",
  "openapi.json",
  "platform",
  "portal",
  "ready",
  ...pageSegments,
]);

/**
 * The platform's own endpoints beside the authorization server's.
 * @param log told of failures that the answer must not show
 * @param pages what it has for browsers, if anything
 */
export function createApp(
  provider: Provider,
  parts: MykeyParts & Omit<CardGrantParts, "audience"> & { readonly standing: WatchedStanding },
  log: LogFailure,
  pages?: Hono<PageEnv>,
): Hono {
  const { db, now, random } = parts;
  const app = new Hono();
  if (pages) app.route("/", pages);
  const answerRefusal = (context: Context, refusal: Refusal): Response => {
    note(requestOf(context), { reason: refusal.body.reason });
    return Response.json(refusal.body, { status: refusal.status, headers: headersOf(refusal, now()) });
  };
  app.use(everyPath, (context, next) => {
    if (!isPlain(context)) throw nothingHere();
    noteRoute(context);
    return next();
  });
  const limited = (most: number) =>
    bodyLimit(most, (context: Context) => {
      const tooLarge = new Refusal("request-too-large", `the request is larger than ${most} bytes`);
      return answerRefusal(context, tooLarge);
    });
  const [usual, withAttachments] = [limited(maxBodyBytes), limited(maxSubmissionBytes)];
  app.use(everyPath, (context, next) =>
    (submissionPaths.has(context.req.path) ? withAttachments : usual)(context, next),
  );
  app.notFound((context) => answerRefusal(context, nothingHere()));
  app.onError((error, context) => {
    if (!(error instanceof Refusal)) log(error, requestOf(context));
    return answerRefusal(context, refusalOf(error));
  });

  app.get(platformPath, (context) => {
    const { closed } = parts.standing.current();
    const closing = closed?.from === undefined ? {} : { closing: announced(closed.from, closed) };
    const description = { name: "mynakit sandbox", sandbox: true, now: rfc3339(now()), ...closing };
    return context.json(description satisfies PlatformDescription);
  });
  app.get("/health", (context) => context.json({ sandbox: true, status: "ok" }));
  app.get("/ready", async (context) => {
    if (await isCurrent(db)) return context.json({ sandbox: true, status: "ready" });
    throw new Refusal("unavailable", "the database is of another version", { retryAfter });
  });

  app.get("/openapi.json", async (context) => {
    const { describeProtocol } = await import("./openapi/document.ts");
    return context.json(describeProtocol(provider.issuer));
  });

  app.post(challengePath, async (context) => context.json(await issueNonce(db, now(), random)));

  const session = (context: Context, scope: AnyScope) =>
    sessionOf(provider, credentialsIn(context, provider.issuer), scope, parts);

  mykeyRoutes(app, parts, (context) => session(context, "mykey"));
  pointsRoutes(app, parts, (context) => session(context, "mykey"));
  portalRoutes(app, parts, (context) => session(context, "portal"));
  deviceRoutes(app, { ...parts, audience: provider.issuer });
  portalServiceRoutes(app, parts, (context) => session(context, "portal"));
  const submitParts = { ...parts, issuer: provider.issuer };
  proceduresRoutes(app, submitParts, (context) => session(context, "portal"));
  apiRoutes(app, submitParts, session);
  return app;
}

const announced = (from: number, { until }: Closure): NonNullable<PlatformDescription["closing"]> => ({
  from: rfc3339(from),
  until: until === null ? null : rfc3339(until),
});

const nothingHere = () => new Refusal("not-found", "nothing is here");

const credentialsIn = ({ req }: Context, issuer: string) => ({
  authorization: req.header("authorization"),
  proof: req.header("dpop"),
  method: req.method,
  url: `${issuer}${req.path}`,
});
