import type { PointsApplication, PointsHistory, PointsStatus } from "../../mykey/points/wire.ts";
import { programmesOf } from "../operator/programmes.ts";
import { rfc3339 } from "../refusal.ts";
import type { Db } from "../store/schema.ts";
import { currentIdOf, reservationOf, shownApplication } from "./applications.ts";
import { programmeAt } from "./rule.ts";

/** How far a person has come: card, MyKey ID, reservation (予約), application (申込), charge. */
export async function pointsStatusOf(db: Db, person: string, now: number): Promise<PointsStatus> {
  const mykeyId = await currentIdOf(db, person);
  const reserved = await reservationOf(db, person);
  const programmes = await programmesOf(db);
  const rows = await db
    .selectFrom("points_application")
    .selectAll()
    .where("person", "=", person)
    .orderBy("programme")
    .execute();
  const applications = rows.map((row) => shownApplication(row, reserved, programmes[row.programme]));
  const programme = programmeAt(programmes, now, "applications")?.number ?? null;
  return {
    sandbox: true,
    mykeyId: mykeyId ?? null,
    reservation: reserved === undefined ? { state: "none", at: null } : { state: "reserved", at: rfc3339(reserved) },
    programme,
    next: nextStep({ mykeyId, reserved, programme, applications }),
    applications,
  };
}

function nextStep(of: {
  mykeyId: string | undefined;
  reserved: number | undefined;
  programme: number | null;
  applications: readonly PointsApplication[];
}): PointsStatus["next"] {
  if (of.mykeyId === undefined) return "mykey-id";
  if (of.reserved === undefined) return "reservation";
  if (of.programme === null) return "closed";
  const application = of.applications.find(({ programme }) => programme === of.programme);
  if (!application) return "application";
  if (application.void) return "closed";
  return application.points < application.mostPoints ? "charge" : "complete";
}

/** How many grants are told: the latest. */
const mostEvents = 200;

/** What a person applied for and was granted. */
export async function pointsHistoryOf(db: Db, person: string): Promise<PointsHistory> {
  const reserved = await reservationOf(db, person);
  const applications = await db
    .selectFrom("points_application")
    .select(["applied_at", "programme", "service", "reserved_at"])
    .where("person", "=", person)
    .execute();
  const reports = await db
    .selectFrom("points_report")
    .select(["reported_at", "kind", "programme", "service", "yen", "points"])
    .where("person", "=", person)
    .orderBy("reported_at", "desc")
    .limit(mostEvents)
    .execute();
  const lost = new Set(applications.filter((of) => of.reserved_at !== reserved).map(({ programme }) => programme));
  const events = [
    ...applications.map(({ applied_at, programme, service }) => ({
      time: applied_at,
      event: { kind: "application" as const, programme, service, yen: 0, points: 0 },
    })),
    ...reports.toReversed().map(({ reported_at, ...event }) => ({ time: reported_at, event })),
  ];
  return {
    sandbox: true,
    events: events
      .toSorted((a, b) => a.time - b.time)
      .map(({ time, event }) => ({
        at: rfc3339(time),
        ...event,
        void: lost.has(event.programme),
      })),
  };
}
