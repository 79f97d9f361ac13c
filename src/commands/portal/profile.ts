import { changeUser, fetchUser } from "../../portal/user.ts";
import type { Run } from "../command.ts";
import type { DataOf } from "../results.ts";
import { portalService } from "./service.ts";
import { changeAsked, shownUser } from "./user.ts";

/** Shows what whoever is logged in has registered, or changes what is named. */
export const run: Run<DataOf<"portal profile">> = async (context, { options }) => {
  const change = changeAsked(options);
  const { platform, accessToken, newKey } = await portalService(context);
  const user =
    Object.keys(change).length === 0
      ? await fetchUser(platform, accessToken)
      : await changeUser(platform, accessToken, { change, idempotencyKey: newKey() });
  return { data: shownUser(user, platform) };
};
