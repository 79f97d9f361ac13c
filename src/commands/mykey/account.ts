import { noPinTouched } from "../../errors.ts";
import type { JpkiCertificate } from "../../jpki/certificate/parse.ts";
import type { AccessToken } from "../../login/access-token.ts";
import { passwordLogin } from "../../login/password-login.ts";
import type { Platform } from "../../login/platform.ts";
import { embeddedUrl } from "../../login/wire.ts";
import { fetchRules } from "../../mykey/client.ts";
import { requireWaited } from "../../mykey/waiting.ts";
import type { MykeyRules } from "../../mykey/wire.ts";
import type { Input } from "../command.ts";
import type { Context, Purpose } from "../context.ts";
import { newIdempotencyKey } from "../idempotency-key.ts";
import { afterLogin, type Login, logIn } from "../login.ts";

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
  /** Sees what the platform asks for, before the card is touched. */
  readonly checkRules?: (rules: MykeyRules) => void;
  /** Refuses a card, by throwing, before a PIN is asked for. */
  readonly check?: (certificate: JpkiCertificate) => void;
}

/**
 * Logs in to the account with the card, or with `--mykey-id` and its password, and works with it. What the platform would refuse for the certificate's sake
 * is refused before a PIN is asked for.
 * @throws {MynakitError} what `logIn` throws, ERR_CERT_TOO_NEW, ERR_USAGE_INPUT_NEEDED
 */
export async function onAccount<T>(
  context: Context,
  input: Input,
  order: AccountOrder,
  work: (account: Account) => Promise<T>,
): Promise<T> {
  const platform = await context.parts.platform();
  const { mykeyId } = input.options;
  const login =
    mykeyId === undefined
      ? await withCard(context, platform, order)
      : await withPassword(context, platform, String(mykeyId).toUpperCase(), order);
  const { accessToken } = login.session;
  const newKey = () => newIdempotencyKey(context.host);
  return afterLogin(login, () => work({ platform, accessToken, login, newKey }));
}

async function withCard(context: Context, platform: Platform, order: AccountOrder): Promise<Login> {
  const { purpose, confirmedBy, waits = true, told = () => {}, check = () => {} } = order;
  const rules = waits ? await fetchRules(platform) : undefined;
  if (rules) order.checkRules?.(rules);
  const login = await logIn(context, {
    platform,
    scope: ["mykey"],
    purpose,
    readerFound: () => told("environment"),
    async check(certificate, clock) {
      if (rules) requireWaited(certificate.notBefore, rules, clock());
      check(certificate);
      told("card");
      told("device");
      if (confirmedBy) await context.requireConfirmable(confirmedBy);
    },
  });
  told("pin");
  return login;
}

/** No card is touched: the sources that bring a PIN otherwise bring the password. */
async function withPassword(
  context: Context,
  platform: Platform,
  mykeyId: string,
  { confirmedBy }: AccountOrder,
): Promise<Login> {
  if (confirmedBy) await context.requireConfirmable(confirmedBy);
  const password = await context.askPassword();
  const clock = context.clock({ embeddedPlatform: platform.url === embeddedUrl });
  context.progress({ step: "contacting-platform" });
  return {
    session: await passwordLogin({ platform, mykeyId, password, clock, random: context.host.random }),
    pin: noPinTouched,
  };
}
