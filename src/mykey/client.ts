import type { AccessToken } from "../login/access-token.ts";
import { requestJson } from "../login/http.ts";
import type { Platform } from "../login/platform.ts";
import type { Members } from "../login/shape.ts";
import {
  type IssuedMykeyId,
  type IssueRequest,
  idempotencyKeyHeader,
  type MykeyRules,
  mykeyPaths,
  type ProposalAnswer,
} from "./wire.ts";

/** The rules in force. Needs no login. @throws {MynakitError} ERR_NETWORK_*, ERR_PLATFORM_* */
export function fetchRules(platform: Platform): Promise<MykeyRules> {
  return requestJson(platform, {
    method: "GET",
    path: mykeyPaths.rules,
    parse: (answer) => ({
      sandbox: answer.flag("sandbox"),
      waitingTimeSeconds: answer.number("waitingTimeSeconds"),
      proposalLifeSeconds: answer.number("proposalLifeSeconds"),
      idLength: answer.number("idLength"),
      idAlphabet: answer.text("idAlphabet"),
    }),
  });
}

/**
 * Asks for a MyKey ID to think about; who has one gets that instead (`existing`).
 * @throws {MynakitError} ERR_CERT_TOO_NEW, ERR_NETWORK_*, ERR_PLATFORM_*
 */
export function proposeMykeyId(platform: Platform, accessToken: AccessToken): Promise<ProposalAnswer> {
  return requestJson(platform, {
    method: "POST",
    path: mykeyPaths.proposals,
    accessToken,
    parse: (answer) => {
      const sandbox = answer.flag("sandbox");
      if (answer.has("existing")) return { sandbox, existing: issuedMykeyId(answer.object("existing")) };
      return {
        sandbox,
        proposalId: answer.text("proposalId"),
        mykeyId: mykeyIdIn(answer),
        furigana: answer.text("furigana"),
        expiresAt: answer.date("expiresAt"),
      };
    },
  });
}

export interface IssueOrder extends IssueRequest {
  /** Random, the same when the same order is repeated: then the platform repeats its answer. */
  readonly idempotencyKey: string;
}

/**
 * Has the proposed ID issued, which reserves the points (予約).
 * @throws {MynakitError} ERR_CERT_TOO_NEW, ERR_NETWORK_*, ERR_PLATFORM_*
 */
export function issueMykeyId(
  platform: Platform,
  accessToken: AccessToken,
  { proposalId, idempotencyKey }: IssueOrder,
): Promise<IssuedMykeyId> {
  return requestJson(platform, {
    method: "POST",
    path: mykeyPaths.ids,
    accessToken,
    headers: { [idempotencyKeyHeader]: idempotencyKey },
    body: { proposalId } satisfies IssueRequest,
    parse: issuedMykeyId,
  });
}

/**
 * The MyKey ID of the person who logged in.
 * @throws {MynakitError} ERR_PLATFORM_REFUSED with reason `no-mykey-id`, ERR_NETWORK_*, ERR_PLATFORM_*
 */
export function showMykeyId(platform: Platform, accessToken: AccessToken): Promise<IssuedMykeyId> {
  return requestJson(platform, { method: "GET", path: mykeyPaths.mine, accessToken, parse: issuedMykeyId });
}

function issuedMykeyId(answer: Members): IssuedMykeyId {
  const reservation = answer.object("reservation");
  return {
    sandbox: answer.flag("sandbox"),
    mykeyId: mykeyIdIn(answer),
    furigana: answer.text("furigana"),
    state: answer.oneOf("state", ["active"]),
    issuedAt: answer.date("issuedAt"),
    reservation: { state: reservation.oneOf("state", ["reserved"]), at: reservation.date("at") },
    created: answer.flag("created"),
  };
}

/** The published form: eight letters and digits. */
function mykeyIdIn(answer: Members): string {
  const id = answer.text("mykeyId");
  if (!/^[0-9A-Za-z]{8}$/.test(id)) throw new SyntaxError("mykeyId is not eight letters and digits");
  return id;
}
