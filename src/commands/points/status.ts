import { pointsStatus } from "../../mykey/points/client.ts";
import type { Run } from "../command.ts";
import { afterLogin, logIn, shownPlatform } from "../login.ts";
import type { DataOf } from "../results.ts";

/** How far the person of the card has come: MyKey ID, reservation (予約), application (申込), charge. */
export const run: Run<DataOf<"points status">> = async (context) => {
  const platform = await context.parts.platform();
  const login = await logIn(context, { platform, scope: ["mykey"], purpose: "points-status" });
  return afterLogin(login, async () => {
    const { sandbox: _sandbox, applications, ...status } = await pointsStatus(platform, login.session.accessToken);
    return {
      data: { ...status, applications: [...applications], platform: shownPlatform(platform), ...login.pin },
    };
  });
};
