import type { Context, Hono } from "hono";
import { consentPaths } from "../../portal/wire/consents.ts";
import { type Me, type PortalSessions, portalPaths } from "../../portal/wire.ts";
import { endSessions, type NamedSession, sessionsOf } from "../login/sessions.ts";
import { consentsOf, withdrawConsent } from "../portal/consents.ts";
import { rfc3339 } from "../refusal.ts";
import type { ChangeParts } from "../store/change.ts";
import { idempotencyKeyIn, textIn } from "./request.ts";

/**
 * Mynaportal's endpoints.
 * @param sessionOf the session of a request, for the scope of Mynaportal
 */
export function portalRoutes(
  app: Hono,
  parts: ChangeParts,
  sessionOf: (context: Context) => Promise<NamedSession>,
): void {
  const { db, now } = parts;
  app.get(portalPaths.me, async (context) => context.json(meOf(await sessionOf(context))));
  app.get(portalPaths.sessions, async (context) => {
    const sessions = await sessionsOf(db, await sessionOf(context), now());
    return context.json({ sandbox: true, sessions } satisfies PortalSessions);
  });
  app.post(portalPaths.sessionEnds, async (context) => {
    const session = await sessionOf(context);
    const order = { which: await textIn(context, "session"), idempotencyKey: idempotencyKeyIn(context) };
    return context.json(await endSessions(session, order, parts));
  });
  app.get(consentPaths.consents, async (context) =>
    context.json(await consentsOf(db, (await sessionOf(context)).person, now())),
  );
  app.post(consentPaths.ends, async (context) => {
    const session = await sessionOf(context);
    const order = { consent: await textIn(context, "consent"), idempotencyKey: idempotencyKeyIn(context) };
    return context.json(await withdrawConsent(session, order, parts));
  });
}

function meOf({ person, expiresAt, issuer, serialNumber, notAfter, revocation }: NamedSession): Me {
  return {
    sandbox: true,
    subject: person,
    expiresAt: rfc3339(expiresAt),
    certificate: { issuer, serialNumber, notAfter: rfc3339(notAfter), revocation },
  };
}
