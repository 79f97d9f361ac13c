import { createHash } from "node:crypto";
import type { InformationTopic } from "../../portal/wire/information.ts";
import { type LinkChange, type LinkService, type Links, linkServices } from "../../portal/wire/links.ts";
import type { Session } from "../http/session.ts";
import { Refusal, rfc3339 } from "../refusal.ts";
import type { ChangeParts } from "../store/change.ts";
import type { Db } from "../store/schema.ts";
import { changeOfUser, requireUser } from "./change.ts";

/** What each service may get with the person's consent. */
const gets: Readonly<Record<LinkService, readonly InformationTopic[]>> = {
  "e-tax": ["tax", "health"],
  "nenkin-net": ["pension"],
  "e-shishobako": ["tax"],
  mypost: [],
};

const identifierLength = 32;

/** A name for the person at one service, which tells nobody who they are at another (OpenID Connect Core, 8.1: pairwise). */
export const identifierAt = (person: string, service: string): string =>
  createHash("sha256")
    .update(JSON.stringify([person, service]))
    .digest("hex")
    .slice(0, identifierLength);

/** Every service that can be linked, and which are. @throws {Refusal} not-registered */
export async function linksOf(db: Db, person: string): Promise<Links> {
  await requireUser(db, person);
  const rows = await db.selectFrom("portal_link").selectAll().where("person", "=", person).execute();
  const links = linkServices.map((service) => {
    const linked = rows.find((row) => row.service === service);
    return {
      service,
      gets: gets[service],
      identifier: linked ? identifierAt(person, service) : null,
      linkedAt: linked ? rfc3339(linked.linked_at) : null,
    };
  });
  return { sandbox: true, links };
}

/**
 * Links a service (もっとつながる), or takes it away again.
 * @throws {Refusal} already-linked, not-linked, not-registered, session-expired, idempotency-key-reused
 */
export function changeLink(
  session: Session,
  { service, action, idempotencyKey }: LinkChange & { readonly idempotencyKey: string },
  parts: ChangeParts,
): Promise<Links> {
  const { person } = session;
  const order = {
    action: `portal.${action}`,
    asked: [service],
    idempotencyKey,
    details: { service },
  } as const;
  return changeOfUser(session, order, parts, async (db) => {
    await (action === "connect" ? connect(db) : remove(db));
    return linksOf(db, person);
  });

  async function connect(db: Db): Promise<void> {
    const added = await db
      .insertInto("portal_link")
      .values({ person, service, linked_at: parts.now() })
      .onConflict((conflict) => conflict.doNothing())
      .returning("service")
      .executeTakeFirst();
    if (!added) throw new Refusal("already-linked", "this service is linked already");
  }

  async function remove(db: Db): Promise<void> {
    const removed = await db
      .deleteFrom("portal_link")
      .where("person", "=", person)
      .where("service", "=", service)
      .returning("service")
      .executeTakeFirst();
    if (!removed) throw new Refusal("not-linked", "this service is not linked");
  }
}
