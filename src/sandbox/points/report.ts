import type { ProgrammeNumber } from "../../mykey/points/programmes.ts";
import type { Granted, ReportRequest } from "../../mykey/points/wire.ts";
import { programmesOf } from "../operator/programmes.ts";
import { Refusal } from "../refusal.ts";
import { type Changed, type ChangeParts, changeOnce, lockPerson } from "../store/change.ts";
import type { Db, Tables } from "../store/schema.ts";
import { applicationOf, reservationOf } from "./applications.ts";
import { countedAfter, mostPointsOf, requireProgramme } from "./rule.ts";

export interface Report extends ReportRequest {
  readonly service: string;
  /** The service's name for the report, good for ever: repeating it grants nothing again. */
  readonly reportId: string;
}

/** The most that one report can be about, in yen. */
export const mostYen = 999_999_999;

/**
 * Grants points for a charge or purchase that a cashless service reports, by the rule of the programme that runs.
 * @throws {Refusal} programme-closed, application-missing, idempotency-key-reused
 */
export function grant(report: Report, parts: ChangeParts): Promise<Granted> {
  const { service, serviceId, kind, yen, reportId } = report;
  const order = {
    actor: `service ${service}`,
    idempotencyKey: reportId,
    request: ["points.grant", serviceId, kind, yen],
  } as const;
  return changeOnce(parts, order, (db) => grantOnce(db, report, parts.now()));
}

async function grantOnce(db: Db, report: Report, at: number): Promise<Changed<Granted>> {
  const { service, serviceId, kind, yen, reportId } = report;
  const earlier = await earlierReport(db, report);
  if (earlier) return { answer: await repeated(db, earlier), audit: [] };
  const programme = requireProgramme(await programmesOf(db), at, "grants");
  const person = await applicantOf(db, programme.number, report);
  await lockPerson(db, person);
  const application = await applicationOf(db, person, programme.number);
  if (!application || application.reserved_at !== (await reservationOf(db, person))) throw missing();
  const after = countedAfter(programme, { countedYen: application.counted_yen, points: application.points }, yen);
  const points = after.points - application.points;
  await db
    .updateTable("points_application")
    .set({ counted_yen: after.countedYen, points: after.points })
    .where("person", "=", person)
    .where("programme", "=", programme.number)
    .execute();
  await db
    .insertInto("points_report")
    .values({
      service,
      report_id: reportId,
      service_id: serviceId,
      person,
      programme: programme.number,
      kind,
      yen,
      points,
      reported_at: at,
    })
    .execute();
  return {
    answer: {
      sandbox: true,
      programme: programme.number,
      points,
      totalPoints: after.points,
      mostPoints: mostPointsOf(programme),
    },
    audit: [
      {
        actor: `service ${service}`,
        action: "points.grant",
        subject: person,
        details: { programme: programme.number, kind, yen, points },
      },
    ],
  };
}

const missing = () => new Refusal("application-missing", "nobody has applied with this account, or it was given up");

async function applicantOf(db: Db, programme: ProgrammeNumber, { service, serviceId }: Report): Promise<string> {
  const row = await db
    .selectFrom("points_application")
    .select("person")
    .where("programme", "=", programme)
    .where("service", "=", service)
    .where("service_id", "=", serviceId)
    .executeTakeFirst();
  if (!row) throw missing();
  return row.person;
}

/** The answers of requests are forgotten after a day; reports are not. */
async function earlierReport(db: Db, { service, reportId, serviceId, kind, yen }: Report) {
  const row = await db
    .selectFrom("points_report")
    .selectAll()
    .where("service", "=", service)
    .where("report_id", "=", reportId)
    .executeTakeFirst();
  if (row && (row.service_id !== serviceId || row.kind !== kind || row.yen !== yen)) {
    throw new Refusal("idempotency-key-reused", "the report was another one before");
  }
  return row;
}

async function repeated(db: Db, { person, programme, points }: Tables["points_report"]): Promise<Granted> {
  const application = await applicationOf(db, person, programme);
  const mostPoints = mostPointsOf((await programmesOf(db))[programme]);
  return { sandbox: true, programme, points, totalPoints: application?.points ?? points, mostPoints };
}
