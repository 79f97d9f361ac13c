import { showMykeyId } from "../../mykey/client.ts";
import type { Run } from "../command.ts";
import type { DataOf } from "../results.ts";
import { onAccount } from "./account.ts";
import { shownMykeyId } from "./shown.ts";

/** Shows the MyKey ID of the person of the card. */
export const run: Run<DataOf<"mykey show">> = (context) =>
  onAccount(context, { purpose: "mykey-show" }, async ({ platform, accessToken, login }) => ({
    data: shownMykeyId(await showMykeyId(platform, accessToken), platform, login),
  }));
