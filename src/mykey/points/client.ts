import type { AccessToken } from "../../login/access-token.ts";
import { requestJson } from "../../login/http.ts";
import type { Platform } from "../../login/platform.ts";
import { getFrom, postOnce } from "../../login/request.ts";
import type { Members } from "../../login/shape.ts";
import type { ProgrammeNumber } from "./programmes.ts";
import {
  type ApplicationRequest,
  type AppliedFor,
  operatorTermNames,
  operatorTerms,
  type PointsApplication,
  type PointsHistory,
  type PointsStatus,
  type ProgrammesHere,
  pointsPaths,
  pointsSteps,
  reportKinds,
} from "./wire.ts";

/** What the operator of the platform has set of the programmes. Needs no login. @throws {MynakitError} ERR_NETWORK_*, ERR_PLATFORM_* */
export function programmesHere(platform: Platform): Promise<ProgrammesHere> {
  return requestJson(platform, {
    method: "GET",
    path: pointsPaths.programmes,
    parse: (answer) => ({
      sandbox: answer.flag("sandbox"),
      today: answer.text("today"),
      statements: answer.list("statements").map((statement) => {
        const term = statement.oneOf("term", operatorTermNames);
        const read = { day: statement.text, number: statement.number, percent: statement.number, flag: statement.flag }[
          operatorTerms[term]
        ];
        return { programme: programmeIn(statement), term, value: read("value"), known: statement.text("known") };
      }),
    }),
  });
}

/** How far the person has come. @throws {MynakitError} ERR_NETWORK_*, ERR_PLATFORM_*, ERR_CERT_* */
export function pointsStatus(platform: Platform, accessToken: AccessToken): Promise<PointsStatus> {
  return getFrom(platform, accessToken, pointsPaths.status, (answer) => {
    const reservation = answer.object("reservation");
    return {
      sandbox: answer.flag("sandbox"),
      mykeyId: answer.nullable("mykeyId", answer.text),
      reservation: {
        state: reservation.oneOf("state", ["reserved", "none"]),
        at: reservation.nullable("at", reservation.date),
      },
      programme: answer.nullable("programme", () => programmeIn(answer)),
      next: answer.oneOf("next", pointsSteps),
      applications: answer.list("applications").map(applicationIn),
    };
  });
}

/**
 * Applies (申込) for one cashless service, which cannot be changed afterwards.
 * @param idempotencyKey random, the same when the same order is repeated
 * @throws {MynakitError} ERR_PLATFORM_REFUSED with reason `programme-closed`, `reservation-missing`, `service-unknown`,
 *   `service-account-refused`, `service-of-another`, `service-account-taken`, `application-final`, `programme-spent` or
 *   `no-mykey-id`; ERR_CERT_EXPIRED, ERR_NETWORK_*, ERR_PLATFORM_*
 */
export function applyForPoints(
  platform: Platform,
  accessToken: AccessToken,
  body: ApplicationRequest,
  idempotencyKey: string,
): Promise<AppliedFor> {
  return postOnce(platform, accessToken, {
    path: pointsPaths.applications,
    idempotencyKey,
    body,
    parse: (answer) => ({
      sandbox: answer.flag("sandbox"),
      created: answer.flag("created"),
      ...applicationIn(answer),
    }),
  });
}

/** What was applied for and granted. @throws {MynakitError} ERR_NETWORK_*, ERR_PLATFORM_* */
export function pointsHistory(platform: Platform, accessToken: AccessToken): Promise<PointsHistory> {
  return getFrom(platform, accessToken, pointsPaths.history, (answer) => ({
    sandbox: answer.flag("sandbox"),
    events: answer.list("events").map((event) => ({
      at: event.date("at"),
      kind: event.oneOf("kind", ["application", ...reportKinds]),
      programme: programmeIn(event),
      service: event.text("service"),
      yen: event.number("yen"),
      points: event.number("points"),
      void: event.flag("void"),
    })),
  }));
}

function applicationIn(answer: Members): PointsApplication {
  return {
    programme: programmeIn(answer),
    service: answer.text("service"),
    serviceId: answer.text("serviceId"),
    appliedAt: answer.date("appliedAt"),
    countedYen: answer.number("countedYen"),
    points: answer.number("points"),
    mostPoints: answer.number("mostPoints"),
    void: answer.flag("void"),
  };
}

function programmeIn(answer: Members): ProgrammeNumber {
  const number = answer.number("programme");
  if (number === 1 || number === 2) return number;
  throw new SyntaxError("programme is neither 1 nor 2");
}
