import type { Context, Hono } from "hono";
import { type ProgrammesHere, pointsPaths, reportKinds } from "../../mykey/points/wire.ts";
import { requireAccess, type Use } from "../mykey/access.ts";
import { operatorStatements } from "../operator/programmes.ts";
import { type ApplyParts, apply } from "../points/apply.ts";
import { dayAt } from "../points/day.ts";
import { grant, mostYen } from "../points/report.ts";
import { serviceOf } from "../points/services.ts";
import { pointsHistoryOf, pointsStatusOf } from "../points/status.ts";
import { Refusal } from "../refusal.ts";
import { bodyOf, idempotencyKeyIn, textIn } from "./request.ts";
import type { Session } from "./session.ts";

/**
 * Mynapoint's endpoints: for people, and one for cashless services.
 * @param sessionOf the session of a request, for the scope of the MyKey Platform
 */
export function pointsRoutes(app: Hono, parts: ApplyParts, sessionOf: (context: Context) => Promise<Session>): void {
  const { db, now } = parts;
  const entering = async (context: Context, use: Use = "account"): Promise<Session> => {
    const session = await sessionOf(context);
    await requireAccess(session, use, parts);
    return session;
  };
  app.get(pointsPaths.programmes, async (context) => {
    const statements = await operatorStatements(db);
    return context.json({ sandbox: true, today: dayAt(now()), statements } satisfies ProgrammesHere);
  });
  app.get(pointsPaths.status, async (context) => {
    const { person } = await entering(context);
    return context.json(await pointsStatusOf(db, person, now()));
  });
  app.get(pointsPaths.history, async (context) => {
    const { person } = await entering(context, "history");
    return context.json(await pointsHistoryOf(db, person));
  });
  app.post(pointsPaths.applications, async (context) => {
    const session = await entering(context);
    const order = {
      service: await textIn(context, "service"),
      serviceId: await textIn(context, "serviceId"),
      securityCode: await textIn(context, "securityCode"),
      idempotencyKey: idempotencyKeyIn(context),
    };
    return context.json(await apply(session, order, parts));
  });
  app.post(pointsPaths.reports, async (context) => {
    const service = await serviceOf(db, context.req.header("authorization"));
    const serviceId = await textIn(context, "serviceId");
    const body = await bodyOf(context);
    const reportId = idempotencyKeyIn(context);
    return context.json(await grant({ service, serviceId, reportId, ...amountIn(body) }, parts));
  });
}

function amountIn(body: ReadonlyMap<string, unknown>) {
  const kind = reportKinds.find((each) => each === body.get("kind"));
  const yen = body.get("yen");
  if (kind && typeof yen === "number" && Number.isInteger(yen) && yen > 0 && yen <= mostYen) return { kind, yen };
  throw new Refusal("request-malformed", "the body needs a kind, charge or purchase, and whole yen above 0");
}
