import { deleteSession } from "../../login/session.ts";
import { endSessions, listSessions } from "../../portal/client.ts";
import type { Run } from "../command.ts";
import { shownPlatform } from "../login.ts";
import type { DataOf } from "../results.ts";
import { portalService } from "./service.ts";

/** Lists the person's sessions at the platform, or ends one of them. Needs no card. */
export const run: Run<DataOf<"portal sessions">> = async (context, { options }) => {
  const { platform, accessToken, newKey } = await portalService(context);
  const sessions = await listSessions(platform, accessToken);
  if (options.end === undefined) return { data: { sessions, ended: [], platform: shownPlatform(platform) } };
  const order = { session: String(options.end).toLowerCase(), idempotencyKey: newKey() };
  const ended = await endSessions(platform, accessToken, order);
  const left = sessions.filter(({ id }) => !ended.includes(id));
  if (!left.some(({ current }) => current)) await deleteSession(context.home, platform.url);
  return { data: { sessions: left, ended, platform: shownPlatform(platform) } };
};
