import { showMykeyId } from "../../mykey/client.ts";
import type { Run } from "../command.ts";
import { afterLogin, logIn } from "../login.ts";
import type { DataOf } from "../results.ts";
import { shownMykeyId } from "./shown.ts";

/** Shows the MyKey ID of the person of the card. */
export const run: Run<DataOf<"mykey show">> = async (context) => {
  const platform = await context.parts.platform();
  const login = await logIn(context, { platform, scope: ["mykey"], purpose: "mykey-show" });
  return afterLogin(login, async () => {
    const issued = await showMykeyId(platform, login.session.accessToken);
    return { data: shownMykeyId(issued, platform, login) };
  });
};
