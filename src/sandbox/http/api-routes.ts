import type { Context, Hono } from "hono";
import type { ApplicationList } from "../../portal/procedures/wire.ts";
import {
  type ApiScope,
  apiPaths,
  type Delivery,
  deliveryServices,
  type ReadingScope,
  selfInformation,
} from "../../portal/wire/api.ts";
import type { NamedSession } from "../login/sessions.ts";
import { type ConsentRow, readUnderConsent, requireConsent } from "../portal/consents.ts";
import { changeLink } from "../portal/links.ts";
import { noticesOf } from "../portal/notices.ts";
import {
  attributesFor,
  deliveriesIn,
  deliveriesOf,
  insuranceOf,
  selfInformationOf,
} from "../portal/self-information.ts";
import { register, userOf } from "../portal/user.ts";
import { catalogueOf, catalogueOfForm } from "../procedures/catalogue.ts";
import { applicationsOf } from "../procedures/states.ts";
import { type SubmitParts, submit } from "../procedures/submit.ts";
import type { Db } from "../store/schema.ts";
import { linkActionIn, registrationIn, submissionIn } from "./portal-bodies.ts";
import { idempotencyKeyIn, oneOfIn } from "./request.ts";

type Read = (db: Db, consent: ConsentRow, now: number) => Promise<object>;

/** What can be read of a person, and with which scope. */
const readings: readonly (readonly [path: string, scope: ReadingScope, read: Read])[] = [
  ...selfInformation.map(
    (of) =>
      [
        apiPaths[of],
        `selfinfo:${of}`,
        (db: Db, { person }: ConsentRow, now: number) => selfInformationOf(db, person, of, now),
      ] as const,
  ),
  [apiPaths.insurance, "selfinfo:insurance", (db, { person }, now) => insuranceOf(db, person, now)],
  [apiPaths.notices, "selfinfo:notices", (db, { person }, now) => noticesOf(db, person, now)],
  [apiPaths.deliveries, "selfinfo:deliveries", (db, { person }) => deliveriesOf(db, person)],
  [apiPaths.registration, "selfinfo:registration", (db, { person }, now) => userOf(db, person, now)],
  [apiPaths.attributes, "link:attributes", attributesFor],
  [
    apiPaths.applications,
    "procedures:status",
    async (db, { person }): Promise<ApplicationList> => ({
      sandbox: true,
      applications: await applicationsOf(db, person),
    }),
  ],
];

/**
 * What external services may do for people who consented: another door to what Mynaportal does for them, as narrow as
 * the consent.
 * @param sessionOf the session of a request, for one scope
 */
export function apiRoutes(
  app: Hono,
  parts: SubmitParts,
  sessionOf: (context: Context, scope: ApiScope) => Promise<NamedSession>,
): void {
  const { now } = parts;
  app.get(apiPaths.companyProcedures, (context) => context.json(catalogueOf("company", now())));
  app.get(apiPaths.insuranceProcedures, (context) => context.json(catalogueOf("social-insurance-tax", now())));
  app.get(apiPaths.residenceProcedures, (context) => context.json(catalogueOf("residence", now())));
  app.get(apiPaths.municipalProcedures, (context) => context.json(catalogueOf("municipal", now())));
  app.get(apiPaths.workCertificate, (context) => context.json(catalogueOfForm("work-certificate", now())));
  for (const [path, scope, read] of readings) {
    app.get(path, async (context) => {
      const session = await sessionOf(context, scope);
      const answer = await readUnderConsent(session, scope, parts, (db, consent) => read(db, consent, now()));
      context.header("Cache-Control", "no-store");
      return context.json(answer);
    });
  }
  app.post(apiPaths.applications, async (context) => {
    const session = await sessionOf(context, "procedures:submit");
    const order = { ...(await submissionIn(context)), idempotencyKey: idempotencyKeyIn(context) };
    await requireConsent(session, "procedures:submit", parts);
    return context.json(await submit(session.person, order, parts));
  });
  app.post(apiPaths.registration, async (context) => {
    const session = await sessionOf(context, "registration:write");
    const order = { entry: await registrationIn(context), idempotencyKey: idempotencyKeyIn(context) };
    await requireConsent(session, "registration:write", parts);
    return context.json(await register(session, order, parts));
  });
  app.post(apiPaths.deliveryConnections, async (context) => {
    const session = await sessionOf(context, "link:deliveries");
    const service: Delivery["service"] = await oneOfIn(context, "service", deliveryServices);
    const order = { service, action: await linkActionIn(context), idempotencyKey: idempotencyKeyIn(context) };
    await requireConsent(session, "link:deliveries", parts);
    return context.json(deliveriesIn(await changeLink(session, order, parts)));
  });
}
