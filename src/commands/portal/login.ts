import { noPinTouched } from "../../errors.ts";
import { deviceLogin } from "../../login/device/login.ts";
import type { Platform } from "../../login/platform.ts";
import { type Session, saveSession } from "../../login/session.ts";
import { embeddedUrl } from "../../login/wire.ts";
import type { Run } from "../command.ts";
import type { Context } from "../context.ts";
import { afterLogin, type Login, logIn, shownPlatform } from "../login.ts";
import type { DataOf } from "../results.ts";

const scope = ["portal"] as const;

/** Logs in to Mynaportal with the card, here or elsewhere; the session lies in the home folder for `whoami` and `logout`. */
export const run: Run<DataOf<"portal login">> = async (context, { options }) => {
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
    async show({ userCode, address, completeAddress }) {
      const { encode } = await import("uqr");
      const { data: modules } = encode(completeAddress, { border: 2 });
      const elsewhere = platform.url === embeddedUrl ? "" : ` --platform ${platform.url}`;
      const command = `mynakit portal approve ${userCode}${elsewhere}`;
      context.progress({ step: "device-code", userCode, address, command, modules });
    },
    waiting: (secondsLeft) => context.progress({ step: "awaiting-approval", secondsLeft }),
  });
}
