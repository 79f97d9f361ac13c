import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { Provider } from "oidc-provider";
import { challengePath, type PlatformDescription, platformPath } from "../../login/wire.ts";
import { idempotencyKeyHeader, mykeyPaths } from "../../mykey/wire.ts";
import { type Me, portalPaths } from "../../portal/wire.ts";
import { issueNonce } from "../login/nonce.ts";
import { activeIdOf } from "../mykey/ids.ts";
import { issue } from "../mykey/issue.ts";
import { type MykeyParts, propose } from "../mykey/proposals.ts";
import { rules } from "../mykey/rules.ts";
import { Refusal, rfc3339 } from "../refusal.ts";
import { pointsRoutes } from "./points-routes.ts";
import { type Session, sessionOf } from "./session.ts";

const maxBodyBytes = 16 * 1024;
const maxKeyLength = 128;

/** First segments of the paths that this application answers; the authorization server has the others. */
export const ownPaths: ReadonlySet<string> = new Set(["card", "health", "mykey", "platform", "portal"]);

/**
 * The platform's own endpoints beside the authorization server's.
 * @param log told of failures that the answer must not show
 */
export function createApp(provider: Provider, parts: MykeyParts, log: (failure: unknown) => void): Hono {
  const { db, now, random } = parts;
  const app = new Hono();
  const tooLarge = new Refusal("request-too-large", `the request is larger than ${maxBodyBytes} bytes`);
  app.use(bodyLimit({ maxSize: maxBodyBytes, onError: () => answerRefusal(tooLarge) }));
  app.notFound(() => answerRefusal(new Refusal("not-found", "nothing is here")));
  app.onError((error) => {
    if (error instanceof Refusal) return answerRefusal(error);
    log(error);
    return answerRefusal(new Refusal("server-error", "the platform failed"));
  });

  const description: PlatformDescription = { name: "mynakit sandbox", sandbox: true };
  app.get(platformPath, (context) => context.json(description));
  app.get("/health", async (context) => {
    await db.selectFrom("meta").select("name").limit(1).execute();
    return context.json({ sandbox: true, status: "ok" });
  });

  app.post(challengePath, async (context) => context.json(await issueNonce(db, now(), random)));

  const session = (context: Context, scope: "mykey" | "portal") =>
    sessionOf(provider, context.req.header("authorization"), scope);

  app.get(mykeyPaths.rules, (context) => context.json(rules));
  app.post(mykeyPaths.proposals, async (context) =>
    context.json(await propose(await session(context, "mykey"), parts)),
  );
  app.get(mykeyPaths.mine, async (context) => {
    const { person } = await session(context, "mykey");
    const mine = await activeIdOf(db, person);
    if (!mine) throw new Refusal("no-mykey-id", "no MyKey ID has been issued to this person");
    return context.json(mine);
  });
  app.post(mykeyPaths.ids, async (context) => {
    const holder = await session(context, "mykey");
    const order = { proposalId: await proposalIdIn(context), idempotencyKey: idempotencyKeyIn(context) };
    return context.json(await issue(holder, order, parts));
  });

  pointsRoutes(app, parts, (context) => session(context, "mykey"));

  app.get(portalPaths.me, async (context) => context.json(meOf(await session(context, "portal"))));
  return app;
}

function answerRefusal(refusal: Refusal): Response {
  const headers: Record<string, string> = {};
  if (refusal.status === 401) headers["WWW-Authenticate"] = `Bearer error="${refusal.body.error}"`;
  return Response.json(refusal.body, { status: refusal.status, headers });
}

async function proposalIdIn(context: Context): Promise<string> {
  const body: unknown = await context.req.json().catch(() => undefined);
  const { proposalId } = (body ?? {}) as { proposalId?: unknown };
  if (typeof proposalId === "string" && proposalId !== "") return proposalId;
  throw new Refusal("request-malformed", "the body is not a JSON object with proposalId");
}

function idempotencyKeyIn(context: Context): string {
  const key = context.req.header(idempotencyKeyHeader) ?? "";
  if (key !== "" && key.length <= maxKeyLength) return key;
  throw new Refusal("idempotency-key-missing", `the header ${idempotencyKeyHeader} is missing or too long`);
}

function meOf({ person, expiresAt, issuer, serialNumber, notAfter, revocation }: Session): Me {
  return {
    sandbox: true,
    subject: person,
    expiresAt: rfc3339(expiresAt),
    certificate: { issuer, serialNumber, notAfter: rfc3339(notAfter), revocation },
  };
}
