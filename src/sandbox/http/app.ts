import type { HttpBindings } from "@hono/node-server";
import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { routePath } from "hono/route";
import type { Provider } from "oidc-provider";
import { challengePath, type PlatformDescription, platformPath } from "../../login/wire.ts";
import { issueNonce } from "../login/nonce.ts";
import type { MykeyParts } from "../mykey/proposals.ts";
import { headersOf, Refusal, refusalOf, rfc3339 } from "../refusal.ts";
import { isCurrent } from "../store/migrations.ts";
import { mykeyRoutes } from "./mykey-routes.ts";
import { type LogFailure, note } from "./notes.ts";
import { pointsRoutes } from "./points-routes.ts";
import { portalRoutes } from "./portal-routes.ts";
import { sessionOf } from "./session.ts";

const maxBodyBytes = 16 * 1024;
const everyPath = "/*";
/** Seconds until it is worth looking again whether the platform is ready. */
const retryAfter = 5;

/** First segments of the paths that this application answers; the authorization server has the others. */
export const ownPaths: ReadonlySet<string> = new Set([
  "card",
  "health",
  "mykey",
  "openapi.json",
  "platform",
  "portal",
  "ready",
]);

/**
 * The platform's own endpoints beside the authorization server's.
 * @param log told of failures that the answer must not show
 */
export function createApp(provider: Provider, parts: MykeyParts, log: LogFailure): Hono {
  const { db, now, random } = parts;
  const app = new Hono();
  const answerRefusal = (context: Context, refusal: Refusal): Response => {
    note(requestOf(context), { reason: refusal.body.reason });
    return Response.json(refusal.body, { status: refusal.status, headers: headersOf(refusal, now()) });
  };
  const tooLarge = new Refusal("request-too-large", `the request is larger than ${maxBodyBytes} bytes`);
  app.use(everyPath, (context, next) => {
    if (!isPlain(context)) throw nothingHere();
    const route = routePath(context, -1);
    if (route !== everyPath) note(requestOf(context), { route });
    return next();
  });
  app.use(everyPath, bodyLimit({ maxSize: maxBodyBytes, onError: (context) => answerRefusal(context, tooLarge) }));
  app.notFound((context) => answerRefusal(context, nothingHere()));
  app.onError((error, context) => {
    if (!(error instanceof Refusal)) log(error, requestOf(context));
    return answerRefusal(context, refusalOf(error));
  });

  app.get(platformPath, (context) =>
    context.json({ name: "mynakit sandbox", sandbox: true, now: rfc3339(now()) } satisfies PlatformDescription),
  );
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

  const session = (context: Context, scope: "mykey" | "portal") =>
    sessionOf(provider, credentialsIn(context, provider.issuer), scope, parts);

  mykeyRoutes(app, parts, (context) => session(context, "mykey"));
  pointsRoutes(app, parts, (context) => session(context, "mykey"));
  portalRoutes(app, parts, (context) => session(context, "portal"));
  return app;
}

const nothingHere = () => new Refusal("not-found", "nothing is here");

/** A path that says where it leads without being resolved first: a proxy that guards one path must not be led to another. */
function isPlain(context: Context): boolean {
  const [path] = (requestOf(context).url ?? "").split("?");
  return new URL(context.req.url).pathname === path;
}

const requestOf = (context: Context) => (context.env as HttpBindings).incoming;

const credentialsIn = ({ req }: Context, issuer: string) => ({
  authorization: req.header("authorization"),
  proof: req.header("dpop"),
  method: req.method,
  url: `${issuer}${req.path}`,
});
