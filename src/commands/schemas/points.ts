import * as v from "valibot";
import { termNames } from "../../mykey/points/programmes.ts";
import { pointsSteps, reportKinds } from "../../mykey/points/wire.ts";
import { count, pinReport, platform, programmeNumber, time } from "./common.ts";

/** A day in Japan, `2020-07-01`, or a month of which no day was published. */
const pointsDay = v.pipe(v.string(), v.regex(/^\d{4}-\d{2}(-\d{2})?$/));

const pointsApplication = {
  programme: programmeNumber,
  service: v.string(),
  serviceId: v.string(),
  appliedAt: time,
  countedYen: count,
  points: count,
  mostPoints: count,
  /** True where the reservation behind it was given up: the points are lost. */
  void: v.boolean(),
};

const termValue = v.nullable(v.union([v.string(), count, v.boolean()]));

export const pointsSchemas = {
  "points programmes": v.object({
    asOf: pointsDay,
    programmes: v.array(
      v.object({
        programme: programmeNumber,
        /** By what was known on that day. */
        state: v.picklist(["unknown", "announced", "running", "ended"]),
        from: v.nullable(pointsDay),
        until: v.nullable(pointsDay),
        terms: v.array(
          v.object({
            name: v.picklist(termNames),
            /** What had been published by that day, the latest last; empty: unknown then. */
            statements: v.array(
              v.object({
                /** Null: under consideration. */
                value: termValue,
                known: pointsDay,
                /** `by`: at the latest on that day. */
                dating: v.picklist(["on", "by"]),
                source: v.string(),
                otherwise: v.optional(v.object({ value: termValue, source: v.string() })),
              }),
            ),
          }),
        ),
      }),
    ),
  }),
  "points calc": v.object({
    programme: programmeNumber,
    asOf: pointsDay,
    /** Yen. */
    charges: v.array(count),
    premium: v.object({
      percent: count,
      ofYen: count,
      mostPoints: count,
      points: count,
      chargedYen: count,
      /** What of it counts. */
      countedYen: count,
      remainingYen: count,
      remainingPoints: count,
    }),
    lumpSums: v.array(v.object({ name: v.picklist(["health-insurance", "public-account"]), points: count })),
    points: count,
  }),
  "points status": v.object({
    /** The ID and its reservation are two states: who has an early ID may not have reserved. */
    mykeyId: v.nullable(v.string()),
    reservation: v.object({ state: v.picklist(["reserved", "none"]), at: v.nullable(time) }),
    /** That which takes applications now; null: none does. */
    programme: v.nullable(programmeNumber),
    next: v.picklist(pointsSteps),
    applications: v.array(v.object(pointsApplication)),
    platform,
    ...pinReport,
  }),
  "points apply": v.object({ ...pointsApplication, created: v.boolean(), platform, ...pinReport }),
  "points history": v.object({
    events: v.array(
      v.object({
        at: time,
        kind: v.picklist(["application", ...reportKinds]),
        programme: programmeNumber,
        service: v.string(),
        yen: count,
        points: count,
        /** Whether its reservation was given up, which takes the points along. */
        void: v.boolean(),
      }),
    ),
    platform,
    ...pinReport,
  }),
} as const;
