import type { Context, Hono } from "hono";
import { exchangePaths } from "../../portal/wire/exchanges.ts";
import { type InformationQuestion, informationPaths, informationTopics } from "../../portal/wire/information.ts";
import { linkPaths, linkServices } from "../../portal/wire/links.ts";
import { noticePaths } from "../../portal/wire/notices.ts";
import { paymentMeans, paymentPaths } from "../../portal/wire/payments.ts";
import { userPaths } from "../../portal/wire/user.ts";
import { exchangesOfPerson } from "../portal/exchanges.ts";
import { askFor, requestsOf } from "../portal/information.ts";
import { changeLink, linksOf } from "../portal/links.ts";
import { noticesOf, readNotice } from "../portal/notices.ts";
import { demandsOfPerson, pay } from "../portal/payments.ts";
import { changeUser, register, userOf } from "../portal/user.ts";
import { Refusal } from "../refusal.ts";
import type { ChangeParts } from "../store/change.ts";
import { linkActionIn, registrationIn, userChangeIn } from "./portal-bodies.ts";
import { bodyOf, idempotencyKeyIn, numberIn, oneOfIn, textIn, textOrNullIn } from "./request.ts";
import type { Session } from "./session.ts";

/**
 * The endpoints of what Mynaportal does for a person.
 * @param sessionOf the session of a request, for the scope of Mynaportal
 */
export function portalServiceRoutes(
  app: Hono,
  parts: ChangeParts,
  sessionOf: (context: Context) => Promise<Session>,
): void {
  const { db, now } = parts;
  app.get(userPaths.user, async (context) => context.json(await userOf(db, (await sessionOf(context)).person, now())));
  app.post(userPaths.registration, async (context) => {
    const session = await sessionOf(context);
    const order = { entry: await registrationIn(context), idempotencyKey: idempotencyKeyIn(context) };
    return context.json(await register(session, order, parts));
  });
  app.post(userPaths.changes, async (context) => {
    const session = await sessionOf(context);
    const entry = userChangeIn(await bodyOf(context));
    return context.json(await changeUser(session, { entry, idempotencyKey: idempotencyKeyIn(context) }, parts));
  });
  app.get(noticePaths.notices, async (context) =>
    context.json(await noticesOf(db, (await sessionOf(context)).person, now())),
  );
  app.post(noticePaths.readings, async (context) => {
    const session = await sessionOf(context);
    const order = { number: await numberIn(context, "number"), idempotencyKey: idempotencyKeyIn(context) };
    return context.json(await readNotice(session, order, parts));
  });
  app.get(informationPaths.information, async (context) =>
    context.json(await requestsOf(db, (await sessionOf(context)).person, now())),
  );
  app.post(informationPaths.requests, async (context) => {
    const session = await sessionOf(context);
    const question = questionIn(await bodyOf(context));
    return context.json(await askFor(session, { ...question, idempotencyKey: idempotencyKeyIn(context) }, parts));
  });
  app.get(linkPaths.links, async (context) => context.json(await linksOf(db, (await sessionOf(context)).person)));
  app.post(linkPaths.changes, async (context) => {
    const session = await sessionOf(context);
    const service = await oneOfIn(context, "service", linkServices);
    const order = { service, action: await linkActionIn(context), idempotencyKey: idempotencyKeyIn(context) };
    return context.json(await changeLink(session, order, parts));
  });
  app.get(paymentPaths.demands, async (context) =>
    context.json(await demandsOfPerson(db, (await sessionOf(context)).person, now())),
  );
  app.post(paymentPaths.payments, async (context) => {
    const session = await sessionOf(context);
    const means = await oneOfIn(context, "means", paymentMeans);
    const payment = { demand: await textIn(context, "demand"), means };
    return context.json(await pay(session, { ...payment, idempotencyKey: idempotencyKeyIn(context) }, parts));
  });
  app.get(exchangePaths.exchanges, async (context) =>
    context.json(await exchangesOfPerson(db, (await sessionOf(context)).person, now())),
  );
}

/** @throws {Refusal} request-malformed */
function questionIn(body: ReadonlyMap<string, unknown>): InformationQuestion {
  const topic = informationTopics.find((one) => one === body.get("topic"));
  const { from = null } = textOrNullIn(body, "from");
  const { until = null } = textOrNullIn(body, "until");
  const isDay = (day: string | null): boolean => day === null || /^\d{4}-\d\d-\d\d$/.test(day);
  if (topic && isDay(from) && isDay(until)) return { topic, from, until };
  throw new Refusal("request-malformed", "the body does not say which topic, or not from and until which day");
}
