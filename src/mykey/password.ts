import type { AccessToken } from "../login/access-token.ts";
import { requestJson } from "../login/http.ts";
import type { LoginPassword } from "../login/login-password.ts";
import type { Platform } from "../login/platform.ts";
import { idempotencyKeyHeader, mykeyPaths, type PasswordRequest, type PasswordSet } from "./wire.ts";

export interface PasswordOrder {
  readonly password: LoginPassword;
  /** Random, the same when the same order is repeated. */
  readonly idempotencyKey: string;
}

/**
 * Sets the password with which the account can be used without the card.
 * @throws {MynakitError} ERR_PLATFORM_REFUSED with reason `password-malformed`, `card-required` or `no-mykey-id`,
 *   ERR_NETWORK_*, ERR_PLATFORM_*
 */
export function setPassword(
  platform: Platform,
  accessToken: AccessToken,
  { password, idempotencyKey }: PasswordOrder,
): Promise<PasswordSet> {
  return requestJson(platform, {
    method: "POST",
    path: mykeyPaths.password,
    accessToken,
    headers: { [idempotencyKeyHeader]: idempotencyKey },
    body: { password: password.reveal() } satisfies PasswordRequest,
    parse: (answer) => ({ sandbox: answer.flag("sandbox"), changedAt: answer.date("changedAt") }),
  });
}
