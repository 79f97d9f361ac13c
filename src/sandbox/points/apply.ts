import type { ApplicationRequest, AppliedFor } from "../../mykey/points/wire.ts";
import type { Session } from "../http/session.ts";
import { lockAccount } from "../mykey/access.ts";
import { reservationQuota } from "../mykey/rules.ts";
import { programmesOf } from "../operator/programmes.ts";
import { Refusal, rfc3339 } from "../refusal.ts";
import { type Changed, type ChangeParts, changeOnce } from "../store/change.ts";
import { quotaOf, takeFromQuota } from "../store/quota.ts";
import type { Db } from "../store/schema.ts";
import { applicationOf, applicationQuota, currentIdOf, reservationOf, shownApplication } from "./applications.ts";
import { guardianCounts, requireProgramme } from "./rule.ts";
import { requireOwnAccount } from "./services.ts";

export interface ApplicationOrder extends ApplicationRequest {
  readonly idempotencyKey: string;
}

export interface ApplyParts extends ChangeParts {
  /** As many can apply as can reserve: the budget is the same. This many where the operator has set no limit. */
  readonly reservationCap: number;
}

/**
 * Applies (申込) to the programme that is open, for one cashless service, which is final. Who has applied for the same
 * one gets that again.
 * @throws {Refusal} programme-closed, certificate-expired, no-mykey-id, reservation-missing, service-unknown,
 *   service-account-refused, service-of-another, application-final, service-account-taken, programme-spent,
 *   idempotency-key-reused
 */
export function apply(session: Session, order: ApplicationOrder, parts: ApplyParts): Promise<AppliedFor> {
  const { person } = session;
  const { service, serviceId, idempotencyKey } = order;
  const actor = `person ${person}` as const;
  return changeOnce(parts, { actor, idempotencyKey, request: ["points.apply", service, serviceId] }, async (db) => {
    await lockAccount(db, session);
    return applyOnce(db, session, order, parts);
  });
}

async function applyOnce(
  db: Db,
  { person, notAfter }: Session,
  order: ApplicationOrder,
  { now, reservationCap }: ApplyParts,
): Promise<Changed<AppliedFor>> {
  const { service, serviceId } = order;
  const at = now();
  const programme = requireProgramme(await programmesOf(db), at, "applications");
  if (notAfter <= at) {
    throw new Refusal("certificate-expired", "the certificate has expired", { not_after: rfc3339(notAfter) });
  }
  const reserved = await requireReservation(db, person);
  await requireOwnAccount(db, person, { ...order, guardian: guardianCounts(programme) });
  const before = await applicationOf(db, person, programme.number);
  if (before) {
    if (before.service !== service || before.service_id !== serviceId || before.reserved_at !== reserved) {
      throw new Refusal("application-final", "this programme was applied for already, and that cannot be changed");
    }
    return { answer: { sandbox: true, created: false, ...shownApplication(before, reserved, programme) }, audit: [] };
  }
  const { limit } = await quotaOf(db, reservationQuota, reservationCap);
  if (!(await takeFromQuota(db, applicationQuota(programme.number), 1, limit))) {
    throw new Refusal("programme-spent", "the budget of the programme has been spent");
  }
  const made = {
    person,
    programme: programme.number,
    service,
    service_id: serviceId,
    reserved_at: reserved,
    applied_at: at,
    counted_yen: 0,
    points: 0,
  };
  const created = await db
    .insertInto("points_application")
    .values(made)
    .onConflict((conflict) => conflict.doNothing())
    .returning("person")
    .executeTakeFirst();
  if (!created) throw new Refusal("service-account-taken", "this account was chosen by somebody else already");
  return {
    answer: { sandbox: true, created: true, ...shownApplication(made, reserved, programme) },
    audit: [
      {
        actor: `person ${person}`,
        action: "points.apply",
        subject: person,
        details: { programme: programme.number, service },
      },
    ],
  };
}

/** @returns since when. @throws {Refusal} no-mykey-id, reservation-missing */
async function requireReservation(db: Db, person: string): Promise<number> {
  if ((await currentIdOf(db, person)) === undefined) throw new Refusal("no-mykey-id", "this person has no MyKey ID");
  const reserved = await reservationOf(db, person);
  if (reserved === undefined) throw new Refusal("reservation-missing", "there is a MyKey ID, but no reservation");
  return reserved;
}
