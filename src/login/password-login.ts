import type { LoginPassword } from "./login-password.ts";
import { discoverServer } from "./oidc.ts";
import { type Platform, platformClock } from "./platform.ts";
import { newProofKey } from "./proof-key.ts";
import { type Session, sessionOf } from "./session.ts";

export interface PasswordLoginOptions {
  readonly platform: Platform;
  readonly mykeyId: string;
  readonly password: LoginPassword;
  readonly clock: () => Date;
  random(length: number): Uint8Array;
}

/**
 * Logs in to the MyKey account with MyKey ID and password, without a card.
 * @throws {MynakitError} ERR_PLATFORM_REFUSED with reason `login-refused`, `throttled` or `account-suspended`,
 *   ERR_NETWORK_*, ERR_PLATFORM_*
 */
export async function passwordLogin(options: PasswordLoginOptions): Promise<Session> {
  const { platform, mykeyId, password, clock, random } = options;
  const itsClock = platformClock(platform, clock);
  const key = newProofKey({ clock: itsClock, random });
  const server = await discoverServer(platform, key);
  const scope = ["mykey"] as const;
  const answer = await server.exchangePassword(
    { mykeyId, password: password.reveal() },
    ["openid", ...scope].join(" "),
  );
  return sessionOf(answer, { scope, clock: itsClock, key });
}
