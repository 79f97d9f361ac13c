import type { AccessToken } from "../../login/access-token.ts";
import type { Platform } from "../../login/platform.ts";
import { fetchRules } from "../../mykey/client.ts";
import { requireWaited } from "../../mykey/waiting.ts";
import type { Context, Purpose } from "../context.ts";
import { afterLogin, type Login, logIn } from "../login.ts";

const idempotencyKeyBytes = 16;

/** A MyKey account that its holder has logged in to. */
export interface Account {
  readonly platform: Platform;
  readonly accessToken: AccessToken;
  readonly login: Login;
  /** Random: names one request to the platform. */
  newKey(): string;
}

export interface AccountOrder {
  readonly purpose: Purpose;
  /** The option that confirms, where it is not given: refuses before a PIN is asked for, where nobody can be asked. */
  readonly confirmedBy?: string | undefined;
  /** Told how far it has come. */
  readonly told?: (step: "environment" | "card" | "device" | "pin") => void;
  /** False: a certificate that is too new for the account will do. */
  readonly waits?: boolean;
}

/**
 * Logs in to the account with the card and works with it. What the platform would refuse for the certificate's sake
 * is refused before a PIN is asked for.
 * @throws {MynakitError} what `logIn` throws, ERR_CERT_TOO_NEW, ERR_USAGE_INPUT_NEEDED
 */
export async function onAccount<T>(
  context: Context,
  { purpose, confirmedBy, waits = true, told = () => {} }: AccountOrder,
  work: (account: Account) => Promise<T>,
): Promise<T> {
  const platform = await context.parts.platform();
  const rules = waits ? await fetchRules(platform) : undefined;
  told("environment");
  const login = await logIn(context, {
    platform,
    scope: ["mykey"],
    purpose,
    async check({ notBefore }, clock) {
      if (rules) requireWaited(notBefore, rules, clock());
      told("card");
      told("device");
      if (confirmedBy) await context.requireConfirmable(confirmedBy);
    },
  });
  told("pin");
  const { accessToken } = login.session;
  const newKey = () => Buffer.from(context.host.random(idempotencyKeyBytes)).toString("hex");
  return afterLogin(login, () => work({ platform, accessToken, login, newKey }));
}
