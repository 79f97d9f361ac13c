import type { AccessToken } from "../../login/access-token.ts";
import type { Platform } from "../../login/platform.ts";
import { getFrom, postOnce, type Repeatable } from "../../login/request.ts";
import type { Members } from "../../login/shape.ts";
import {
  applicationStates,
  type FollowedApplication,
  proceduresPaths,
  type Received,
  type Submission,
  type WithdrawalRequest,
} from "./wire.ts";

/**
 * Hands an application in. The same one again is answered as before.
 * @throws {MynakitError} ERR_PLATFORM_REFUSED (procedure-*, form-refused, attachment-refused, signature-refused,
 *   signer-revoked, nonce-unknown, application-*), ERR_PLATFORM_SESSION, ERR_NETWORK_*
 */
export const submitApplication = (
  platform: Platform,
  accessToken: AccessToken,
  { idempotencyKey, ...body }: Submission & Repeatable,
): Promise<Received> =>
  postOnce(platform, accessToken, {
    path: proceduresPaths.applications,
    idempotencyKey,
    body: body satisfies Submission,
    parse: (answer) => ({
      sandbox: answer.flag("sandbox"),
      ...applicationIn(answer),
      receipt: answer.text("receipt"),
    }),
  });

/** The person's applications, the newest first. @throws {MynakitError} ERR_PLATFORM_SESSION, ERR_NETWORK_* */
export const listApplications = (platform: Platform, accessToken: AccessToken): Promise<FollowedApplication[]> =>
  getFrom(platform, accessToken, proceduresPaths.applications, (answer) =>
    answer.list("applications").map(applicationIn),
  );

/** Withdraws one. @throws {MynakitError} ERR_PLATFORM_REFUSED (application-*), ERR_PLATFORM_SESSION, ERR_NETWORK_* */
export const withdrawApplication = (
  platform: Platform,
  accessToken: AccessToken,
  { application, idempotencyKey }: WithdrawalRequest & Repeatable,
): Promise<FollowedApplication> =>
  postOnce(platform, accessToken, {
    path: proceduresPaths.withdrawals,
    idempotencyKey,
    body: { application } satisfies WithdrawalRequest,
    parse: applicationIn,
  });

const applicationIn = (answer: Members): FollowedApplication => ({
  id: answer.text("id"),
  procedure: answer.text("procedure"),
  state: answer.oneOf("state", applicationStates),
  corrects: answer.nullable("corrects", answer.text),
  events: answer.list("events").map((event) => ({
    at: event.date("at"),
    state: event.oneOf("state", applicationStates),
    reason: event.nullable("reason", event.text),
  })),
});
