import * as v from "valibot";
import type { ProgrammeNumber } from "../../../../mykey/points/programmes.ts";
import {
  type ApplicationRequest,
  type AppliedFor,
  type Granted,
  operatorTermNames,
  type PointsHistory,
  type PointsStatus,
  type ProgrammesHere,
  pointsSteps,
  type ReportRequest,
  reportKinds,
} from "../../../../mykey/points/wire.ts";
import { type Component, component, flag, moment, mykeyId, sandbox, text, whole } from "../component.ts";

const programme = v.pipe(v.picklist([1, 2] satisfies ProgrammeNumber[]), v.description("Of Mynapoint."));
const points = whole("A point is worth a yen.");
const application = {
  programme,
  service: text("The cashless service."),
  serviceId: text("The person's own identifier there (決済サービスID)."),
  appliedAt: moment("Of the application."),
  countedYen: whole("Charges and purchases that counted so far."),
  points,
  mostPoints: whole("The most that there can be."),
  void: flag("True: the reservation behind it was given up, and the points are lost."),
};
const applied = {
  programme: 1,
  service: "examplepay",
  serviceId: "taro-1",
  appliedAt: "2020-09-01T03:00:00Z",
  countedYen: 20_000,
  points: 5000,
  mostPoints: 5000,
  void: false,
} as const;

export const pointsComponents = {
  ProgrammesHere: component<ProgrammesHere>()(
    v.strictObject({
      sandbox,
      today: text("The day in Japan, by the platform's clock."),
      statements: v.array(
        v.strictObject({
          programme,
          term: v.pipe(v.picklist(operatorTermNames), v.description("What the operator set.")),
          value: v.union([v.string(), v.number(), v.boolean()]),
          known: text("The day on which it was set."),
        }),
      ),
    }),
    {
      sandbox: true,
      today: "2027-04-01",
      statements: [{ programme: 1, term: "premium-percent", value: 50, known: "2027-04-01" }],
    },
  ),
  PointsStatus: component<PointsStatus>()(
    v.strictObject({
      sandbox,
      mykeyId: v.nullable(mykeyId),
      reservation: v.strictObject({
        state: v.picklist(["reserved", "none"]),
        at: v.nullable(moment("Of the reservation.")),
      }),
      programme: v.nullable(programme),
      next: v.pipe(v.picklist(pointsSteps), v.description("What comes next.")),
      applications: v.array(v.strictObject(application)),
    }),
    {
      sandbox: true,
      mykeyId: "ABCDEFGH",
      reservation: { state: "reserved", at: "2020-07-01T03:00:00Z" },
      programme: 1,
      next: "complete",
      applications: [applied],
    },
  ),
  ApplicationRequest: component<ApplicationRequest>()(
    v.object({
      service: application.service,
      serviceId: application.serviceId,
      securityCode: text("What the service told its user to prove it with."),
    }),
    { service: "examplepay", serviceId: "taro-1", securityCode: "K7PQ2RTX" },
  ),
  AppliedFor: component<AppliedFor>()(
    v.strictObject({ sandbox, created: flag("False: the same was applied for before."), ...application }),
    { sandbox: true, created: true, ...applied, countedYen: 0, points: 0 },
  ),
  ReportRequest: component<ReportRequest>()(
    v.object({
      serviceId: application.serviceId,
      kind: v.picklist(reportKinds),
      yen: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(999_999_999)),
    }),
    { serviceId: "taro-1", kind: "charge", yen: 20_000 },
  ),
  Granted: component<Granted>()(
    v.strictObject({
      sandbox,
      programme,
      points: whole("For this report."),
      totalPoints: whole("In all."),
      mostPoints: application.mostPoints,
    }),
    { sandbox: true, programme: 1, points: 5000, totalPoints: 5000, mostPoints: 5000 },
  ),
  PointsHistory: component<PointsHistory>()(
    v.strictObject({
      sandbox,
      events: v.pipe(
        v.array(
          v.strictObject({
            at: moment("Of the event."),
            kind: v.picklist(["application", ...reportKinds]),
            programme,
            service: application.service,
            yen: whole("Zero for an application."),
            points,
            void: application.void,
          }),
        ),
        v.description("The oldest first."),
      ),
    }),
    {
      sandbox: true,
      events: [
        {
          at: "2020-09-02T03:00:00Z",
          kind: "charge",
          programme: 1,
          service: "examplepay",
          yen: 20_000,
          points: 5000,
          void: false,
        },
      ],
    },
  ),
} as const satisfies Record<string, Component>;
