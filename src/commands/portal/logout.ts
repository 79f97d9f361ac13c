import { MynakitError } from "../../errors.ts";
import type { Platform } from "../../login/platform.ts";
import { deleteSession, loadSession, type Session } from "../../login/session.ts";
import { platformAddress } from "../../platforms.ts";
import { logout } from "../../portal/client.ts";
import type { Run } from "../command.ts";
import type { Context } from "../context.ts";
import type { DataOf } from "../results.ts";

/** Ends the session at the platform and here; here in any case. */
export const run: Run<DataOf<"portal logout">> = async (context) => {
  const url = platformAddress(context.options.platform);
  const session = await loadSession(context.home, url);
  const platform = await ending(session, context);
  await deleteSession(context.home, url);
  return {
    data: { loggedOut: session !== undefined, platform: { url, sandbox: platform?.sandbox ?? null } },
    ...(platform || !session ? {} : { warnings: [{ code: "WARN_LOGOUT_OFFLINE", details: { url } } as const] }),
  };
};

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
