import { MynakitError } from "../../errors.ts";
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
  const told = session === undefined || (await tellPlatform(context, session));
  await deleteSession(context.home, url);
  return {
    data: { loggedOut: session !== undefined, platform: { url } },
    ...(told ? {} : { warnings: [{ code: "WARN_LOGOUT_OFFLINE", details: { url } } as const] }),
  };
};

async function tellPlatform(context: Context, session: Session): Promise<boolean> {
  try {
    await logout(await context.parts.platform(), session.accessToken);
    return true;
  } catch (error) {
    if (error instanceof MynakitError && /^ERR_(NETWORK|PLATFORM)_/.test(error.code)) return false;
    throw error;
  }
}
