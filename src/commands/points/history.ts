import { pointsHistory } from "../../mykey/points/client.ts";
import type { Run } from "../command.ts";
import { afterLogin, logIn, shownPlatform } from "../login.ts";
import type { DataOf } from "../results.ts";

/** What the person of the card applied for, and each grant of points. */
export const run: Run<DataOf<"points history">> = async (context) => {
  const platform = await context.parts.platform();
  const login = await logIn(context, { platform, scope: ["mykey"], purpose: "points-history" });
  return afterLogin(login, async () => {
    const { events } = await pointsHistory(platform, login.session.accessToken);
    return { data: { events: [...events], platform: shownPlatform(platform), ...login.pin } };
  });
};
