import { saveSession } from "../../login/session.ts";
import type { Run } from "../command.ts";
import { afterLogin, logIn, shownPlatform } from "../login.ts";
import type { DataOf } from "../results.ts";

/** Logs in to Mynaportal with the card; the session lies in the home folder for `whoami` and `logout`. */
export const run: Run<DataOf<"portal login">> = async (context) => {
  const platform = await context.parts.platform();
  const login = await logIn(context, { platform, scope: ["portal"], purpose: "login" });
  const { session, pin } = login;
  await afterLogin(login, () => saveSession(context.home, platform.url, session));
  return {
    data: {
      method: "reader",
      session: { subject: session.subject, expiresAt: session.expiresAt.toISOString() },
      platform: shownPlatform(platform),
      ...pin,
    },
  };
};
