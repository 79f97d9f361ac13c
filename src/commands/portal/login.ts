import { noPinTouched } from "../../errors.ts";
import { deviceLogin } from "../../login/device/login.ts";
import type { Platform } from "../../login/platform.ts";
import { type Session, saveSession } from "../../login/session.ts";
import { requireStorable } from "../../login/stored-sessions.ts";
import { embeddedUrl } from "../../login/wire.ts";
import type { Run } from "../command.ts";
import type { Context } from "../context.ts";
import { afterLogin, type Login, logIn, shownPlatform } from "../login.ts";
import type { DataOf } from "../results.ts";
import { issuerIn } from "./issuer.ts";
import { showDeviceCode } from "./show-device-code.ts";

const scope = ["portal"] as const;

/** Logs in to Mynaportal with the card, here or elsewhere, or at another OpenID Connect provider; the session lies in the home folder for `whoami` and `logout`. */
export const run: Run<DataOf<"portal login">> = async (context, input) => {
  const issuer = issuerIn(context, input);
  requireStorable(context.home);
  if (issuer !== undefined) {
    const { loginAtIssuer } = await import("./issuer-login.ts");
    return loginAtIssuer(context, issuer, input);
  }
  const { options } = input;
  const platform = await context.parts.platform();
  const elsewhere = options.qr === true;
  const login: Login = elsewhere
    ? { session: await approvedElsewhere(context, platform), pin: noPinTouched }
    : await logIn(context, { platform, scope, purpose: "login" });
  const { session, pin } = login;
  await afterLogin(login, () => saveSession(context.home, platform.url, session));
  return {
    data: {
      method: elsewhere ? "qr" : "reader",
      session: { subject: session.subject, expiresAt: session.expiresAt.toISOString() },
      platform: shownPlatform(platform),
      issuer: null,
      ...pin,
    },
  };
};

function approvedElsewhere(context: Context, platform: Platform): Promise<Session> {
  const { random, hostname: deviceName, sleep, interrupted } = context.host;
  return deviceLogin({
    platform,
    scope,
    deviceName,
    random,
    clock: context.clock({ embeddedPlatform: platform.url === embeddedUrl }),
    sleep: (milliseconds) => sleep(milliseconds, interrupted),
    show: showDeviceCode(context, platform.url),
    waiting: (secondsLeft) => context.progress({ step: "awaiting-approval", secondsLeft }),
  });
}
