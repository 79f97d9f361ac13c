import type { Programme, ProgrammeNumber } from "../../mykey/points/programmes.ts";
import type { PointsApplication } from "../../mykey/points/wire.ts";
import { rfc3339 } from "../refusal.ts";
import type { Db, Tables } from "../store/schema.ts";
import { mostPointsOf } from "./rule.ts";

/** The quota of which every application in a programme takes one. */
export const applicationQuota = (programme: ProgrammeNumber): string => `application-${programme}`;

/** The MyKey ID that a person has now, with a reservation or without. */
export async function currentIdOf(db: Db, person: string): Promise<string | undefined> {
  const row = await db
    .selectFrom("mykey")
    .select("id")
    .where("person", "=", person)
    .where("ended_at", "is", null)
    .executeTakeFirst();
  return row?.id;
}

/** Since when a person's reservation has been standing; undefined: there is none. */
export async function reservationOf(db: Db, person: string): Promise<number | undefined> {
  const row = await db
    .selectFrom("reservation")
    .select("reserved_at")
    .where("person", "=", person)
    .where("state", "=", "reserved")
    .executeTakeFirst();
  return row?.reserved_at;
}

/** What a person has applied for in a programme. */
export function applicationOf(db: Db, person: string, programme: ProgrammeNumber) {
  return db
    .selectFrom("points_application")
    .selectAll()
    .where("person", "=", person)
    .where("programme", "=", programme)
    .executeTakeFirst();
}

/**
 * An application as the wire shows it.
 * @param reserved since when the person's reservation stands; one that was given up took its points along
 */
export function shownApplication(
  row: Tables["points_application"],
  reserved: number | undefined,
  programme: Programme,
): PointsApplication {
  return {
    programme: row.programme,
    service: row.service,
    serviceId: row.service_id,
    appliedAt: rfc3339(row.applied_at),
    countedYen: row.counted_yen,
    points: row.points,
    mostPoints: mostPointsOf(programme),
    void: row.reserved_at !== reserved,
  };
}
