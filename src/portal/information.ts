import type { AccessToken } from "../login/access-token.ts";
import type { Platform } from "../login/platform.ts";
import { getFrom, postOnce, type Repeatable } from "../login/request.ts";
import type { Members } from "../login/shape.ts";
import {
  type InformationAnswer,
  type InformationQuestion,
  type InformationRecord,
  type InformationRequest,
  informationItems,
  informationPaths,
  informationTopics,
  informationUnits,
} from "./wire/information.ts";

/**
 * What the person has asked for, the newest first.
 * @throws {MynakitError} ERR_PLATFORM_REFUSED with reason `not-registered`, ERR_NETWORK_*, ERR_PLATFORM_*
 */
export const fetchRequests = (platform: Platform, accessToken: AccessToken): Promise<InformationRequest[]> =>
  getFrom(platform, accessToken, informationPaths.information, (answer) => answer.list("requests").map(requestIn));

/**
 * Asks for a topic, or sees whether the answer is there.
 * @throws {MynakitError} ERR_PLATFORM_REFUSED with reason `not-registered`, ERR_NETWORK_*, ERR_PLATFORM_*
 */
export const askForInformation = (
  platform: Platform,
  accessToken: AccessToken,
  { topic, from, until, idempotencyKey }: InformationQuestion & Repeatable,
): Promise<InformationAnswer> =>
  postOnce(platform, accessToken, {
    path: informationPaths.requests,
    idempotencyKey,
    body: { topic, from, until } satisfies InformationQuestion,
    parse: (answer) => ({
      sandbox: answer.flag("sandbox"),
      synthetic: answer.flag("synthetic"),
      request: requestIn(answer.object("request")),
      records: answer.nullable("records", () => answer.list("records").map(recordIn)),
    }),
  });

const requestIn = (request: Members): InformationRequest => ({
  number: request.number("number"),
  topic: request.oneOf("topic", informationTopics),
  from: request.nullable("from", request.text),
  until: request.nullable("until", request.text),
  state: request.oneOf("state", ["requested", "answered"]),
  requestedAt: request.date("requestedAt"),
  answeredAt: request.date("answeredAt"),
});

const recordIn = (record: Members): InformationRecord => ({
  day: record.text("day"),
  member: record.text("member"),
  item: record.oneOf("item", informationItems),
  amount: record.nullable("amount", record.number),
  unit: record.nullable("unit", () => record.oneOf("unit", informationUnits)),
  text: record.nullable("text", record.text),
});
