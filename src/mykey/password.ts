import type { AccessToken } from "../login/access-token.ts";
import type { LoginPassword } from "../login/login-password.ts";
import type { Platform } from "../login/platform.ts";
import { postOnce, type Repeatable } from "../login/request.ts";
import { mykeyPaths, type PasswordRequest, type PasswordSet } from "./wire.ts";

export interface PasswordOrder extends Repeatable {
  readonly password: LoginPassword;
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
  return postOnce(platform, accessToken, {
    path: mykeyPaths.password,
    idempotencyKey,
    body: { password: password.reveal() } satisfies PasswordRequest,
    parse: (answer) => ({ sandbox: answer.flag("sandbox"), changedAt: answer.date("changedAt") }),
  });
}
