import type { Context, Hono } from "hono";
import { type ApplicationList, proceduresPaths, type Withdrawn } from "../../portal/procedures/wire.ts";
import { catalogueOn } from "../procedures/catalogue.ts";
import { applicationsOf, withdraw } from "../procedures/states.ts";
import { type SubmitParts, submit } from "../procedures/submit.ts";
import { submissionIn } from "./portal-bodies.ts";
import { idempotencyKeyIn, textIn } from "./request.ts";
import type { Session } from "./session.ts";

/**
 * Procedures of municipalities: what there is, for everybody; and a person's applications.
 * @param sessionOf the session of a request, for the scope of Mynaportal
 */
export function proceduresRoutes(
  app: Hono,
  parts: SubmitParts,
  sessionOf: (context: Context) => Promise<Session>,
): void {
  const { db, now } = parts;
  app.get(proceduresPaths.catalogue, (context) => context.json(catalogueOn(now())));
  app.get(proceduresPaths.applications, async (context) => {
    const { person } = await sessionOf(context);
    return context.json({ sandbox: true, applications: await applicationsOf(db, person) } satisfies ApplicationList);
  });
  app.post(proceduresPaths.applications, async (context) => {
    const { person } = await sessionOf(context);
    const order = { ...(await submissionIn(context)), idempotencyKey: idempotencyKeyIn(context) };
    return context.json(await submit(person, order, parts));
  });
  app.post(proceduresPaths.withdrawals, async (context) => {
    const { person } = await sessionOf(context);
    const order = { application: await textIn(context, "application"), idempotencyKey: idempotencyKeyIn(context) };
    return context.json({ sandbox: true, ...(await withdraw(person, order, parts)) } satisfies Withdrawn);
  });
}
