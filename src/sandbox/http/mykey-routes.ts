import type { Context, Hono } from "hono";
import { type MykeyRules, mykeyPaths, type PageTicket, type ProfileChange } from "../../mykey/wire.ts";
import { requireAccess, type Use } from "../mykey/access.ts";
import { changeId, proposeChange } from "../mykey/change.ts";
import { reportLeak, revoke } from "../mykey/ending.ts";
import { historyOf, statusOf } from "../mykey/history.ts";
import { requireActiveId } from "../mykey/ids.ts";
import { issue } from "../mykey/issue.ts";
import { setPassword } from "../mykey/password.ts";
import { changeProfile, profileOf } from "../mykey/profile.ts";
import { type MykeyParts, propose } from "../mykey/proposals.ts";
import { reservationQuota, rules } from "../mykey/rules.ts";
import { Refusal } from "../refusal.ts";
import { quotaOf } from "../store/quota.ts";
import { issueTicket } from "../web/sessions.ts";
import { bodyOf, flagIn, idempotencyKeyIn, textIn, textOrNullIn } from "./request.ts";
import type { Session } from "./session.ts";

/**
 * The MyKey Platform's endpoints.
 * @param sessionOf the session of a request, for the scope of the MyKey Platform
 */
export function mykeyRoutes(app: Hono, parts: MykeyParts, sessionOf: (context: Context) => Promise<Session>): void {
  const { db, now, reservationCap } = parts;
  const entering = async (context: Context, use: Use = "account"): Promise<Session> => {
    const session = await sessionOf(context);
    await requireAccess(session, use, parts);
    return session;
  };

  app.get(mykeyPaths.rules, async (context) => {
    const { taken, limit } = await quotaOf(db, reservationQuota, reservationCap);
    return context.json({ ...rules, reservations: { limit, left: Math.max(0, limit - taken) } } satisfies MykeyRules);
  });
  app.post(mykeyPaths.proposals, async (context) => context.json(await propose(await entering(context), parts)));
  app.get(mykeyPaths.mine, async (context) => {
    const { person } = await entering(context);
    return context.json(await requireActiveId(db, person));
  });
  app.post(mykeyPaths.ids, async (context) => {
    const session = await entering(context);
    return context.json(await issue(session, await proposalOrderIn(context), parts));
  });
  app.post(mykeyPaths.changeProposals, async (context) => {
    const session = await entering(context);
    const wanted = (await bodyOf(context)).get("wanted") ?? null;
    if (wanted !== null && typeof wanted !== "string") throw new Refusal("request-malformed", "wanted is not a text");
    return context.json(await proposeChange(session, wanted, parts));
  });
  app.post(mykeyPaths.changes, async (context) => {
    const session = await entering(context);
    return context.json(await changeId(session, await proposalOrderIn(context), parts));
  });
  app.post(mykeyPaths.revocation, async (context) => {
    const session = await entering(context);
    const order = { mykeyId: await textIn(context, "mykeyId"), idempotencyKey: idempotencyKeyIn(context) };
    return context.json(await revoke(session, order, parts));
  });
  app.post(mykeyPaths.leakReport, async (context) => {
    const session = await entering(context, "leak-report");
    return context.json(await reportLeak(session, idempotencyKeyIn(context), parts));
  });
  app.get(mykeyPaths.status, async (context) =>
    context.json(await statusOf(db, await entering(context, "history"), now())),
  );
  app.get(mykeyPaths.history, async (context) => {
    const { person } = await entering(context, "history");
    return context.json(await historyOf(db, person));
  });
  app.post(mykeyPaths.password, async (context) => {
    const session = await entering(context);
    const order = { password: await textIn(context, "password"), idempotencyKey: idempotencyKeyIn(context) };
    return context.json(await setPassword(session, order, parts));
  });
  app.post(mykeyPaths.pageTicket, async (context) => {
    const session = await entering(context, "history");
    return context.json({ sandbox: true, ...(await issueTicket(session, parts)) } satisfies PageTicket);
  });
  app.get(mykeyPaths.profile, async (context) => {
    const { person } = await entering(context);
    await requireActiveId(db, person);
    return context.json(await profileOf(db, person));
  });
  app.post(mykeyPaths.profile, async (context) => {
    const session = await entering(context);
    const order = { change: profileChangeIn(await bodyOf(context)), idempotencyKey: idempotencyKeyIn(context) };
    return context.json(await changeProfile(session, order, parts));
  });
}

async function proposalOrderIn(context: Context) {
  return { proposalId: await textIn(context, "proposalId"), idempotencyKey: idempotencyKeyIn(context) };
}

/** @throws {Refusal} request-malformed */
function profileChangeIn(body: ReadonlyMap<string, unknown>): ProfileChange {
  return { ...textOrNullIn(body, "email"), ...textOrNullIn(body, "pointsMunicipality"), ...flagIn(body, "notify") };
}
