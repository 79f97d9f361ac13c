import { MynakitError } from "../../errors.ts";
import type { Platform } from "../../login/platform.ts";
import { deleteSession, loadSession, type Session } from "../../login/session.ts";
import { platformAddress } from "../../platforms.ts";
import { endSessions, logout } from "../../portal/client.ts";
import type { Run } from "../command.ts";
import type { Context } from "../context.ts";
import { shownPlatform } from "../login.ts";
import type { DataOf } from "../results.ts";
import { issuerIn } from "./issuer.ts";
import { portalService } from "./service.ts";
import { proofParts } from "./session.ts";

/** Ends the session at the platform and here, here in any case; with `--all` every session of the person. */
export const run: Run<DataOf<"portal logout">> = async (context, input) => {
  const issuer = issuerIn(context, input);
  const all = input.options.all === true;
  if (issuer !== undefined) {
    if (all) {
      throw new MynakitError("ERR_USAGE_OPTION", { option: "--all", problem: "excludes", allowed: "--all, --issuer" });
    }
    const { logoutAtIssuer } = await import("./issuer-session.ts");
    return logoutAtIssuer(context, issuer);
  }
  if (all) return { data: await endAll(context) };
  const url = platformAddress(context.options.platform);
  const session = await loadSession(context.home, url, proofParts(context, url));
  const platform = await ending(session, context);
  await deleteSession(context.home, url);
  return {
    data: {
      loggedOut: session !== undefined,
      ended: session && platform ? 1 : 0,
      platform: { url, sandbox: platform?.sandbox ?? null },
    },
    ...(platform || !session ? {} : { warnings: [{ code: "WARN_LOGOUT_OFFLINE", details: { url } } as const] }),
  };
};

/** The sessions on other devices can only be ended by the platform: where it does not, nothing was done. */
async function endAll(context: Context): Promise<DataOf<"portal logout">> {
  const { platform, accessToken, newKey } = await portalService(context);
  const ended = await endSessions(platform, accessToken, { session: "all", idempotencyKey: newKey() });
  await deleteSession(context.home, platform.url);
  return { loggedOut: true, ended: ended.length, platform: shownPlatform(platform) };
}

/** The platform, told that the session has ended; undefined where it cannot be reached. */
async function ending(session: Session | undefined, context: Context): Promise<Platform | undefined> {
  try {
    const platform = await context.parts.platform();
    if (session) await logout(platform, session.accessToken);
    return platform;
  } catch (error) {
    if (error instanceof MynakitError && /^ERR_(NETWORK|PLATFORM)_/.test(error.code)) return undefined;
    throw error;
  }
}
