import type { LoginPassword } from "./login-password.ts";
import { discoverServer } from "./oidc.ts";
import type { Platform } from "./platform.ts";
import { type Session, sessionOf } from "./session.ts";

export interface PasswordLoginOptions {
  readonly platform: Platform;
  readonly mykeyId: string;
  readonly password: LoginPassword;
  readonly clock: () => Date;
}

/**
 * Logs in to the MyKey account with MyKey ID and password, without a card.
 * @throws {MynakitError} ERR_PLATFORM_REFUSED with reason `login-refused`, `throttled` or `account-suspended`,
 *   ERR_NETWORK_*, ERR_PLATFORM_*
 */
export async function passwordLogin({ platform, mykeyId, password, clock }: PasswordLoginOptions): Promise<Session> {
  const server = await discoverServer(platform);
  const scope = ["mykey"] as const;
  const answer = await server.exchangePassword(
    { mykeyId, password: password.reveal() },
    ["openid", ...scope].join(" "),
  );
  return sessionOf(answer, { scope, clock });
}
