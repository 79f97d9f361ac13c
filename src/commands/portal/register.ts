import { MynakitError } from "../../errors.ts";
import { registerUser } from "../../portal/user.ts";
import type { Run } from "../command.ts";
import type { DataOf } from "../results.ts";
import { portalService } from "./service.ts";
import { changeAsked, noAddress, shownUser } from "./user.ts";

/** Registers whoever is logged in with Mynaportal (利用者登録). */
export const run: Run<DataOf<"portal register">> = async (context, { options }) => {
  const { nickname, ...others } = changeAsked(options);
  if (nickname === undefined) throw new MynakitError("ERR_USAGE_OPTION", { option: "--nickname", problem: "missing" });
  if (others.notify && !others.email) throw noAddress();
  const { platform, accessToken, newKey } = await portalService(context);
  const order = { entry: { nickname, ...others }, idempotencyKey: newKey() };
  return { data: shownUser(await registerUser(platform, accessToken, order), platform) };
};
