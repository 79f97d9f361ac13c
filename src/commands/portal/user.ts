import { MynakitError } from "../../errors.ts";
import type { Platform } from "../../login/platform.ts";
import { isNickname, longestNickname, type PortalUser, type UserChange } from "../../portal/wire/user.ts";
import type { Input } from "../command.ts";
import { requireEmail } from "../email.ts";
import { shownPlatform } from "../login.ts";
import type { DataOf } from "../results.ts";

/**
 * What the options of `portal register` and `portal profile` change; `--email none` takes the address away.
 * @throws {MynakitError} ERR_USAGE_OPTION
 */
export function changeAsked({ nickname, email, notify }: Input["options"]): UserChange {
  if (nickname !== undefined && !isNickname(String(nickname))) {
    const allowed = String(longestNickname);
    throw new MynakitError("ERR_USAGE_OPTION", { option: "--nickname", problem: "nickname", allowed });
  }
  if (email !== undefined && email !== "none") requireEmail(email);
  if (notify === "on" && email === "none") throw noAddress();
  return {
    ...(nickname !== undefined && { nickname: String(nickname) }),
    ...(email !== undefined && { email: email === "none" ? null : String(email) }),
    ...(notify !== undefined && { notify: notify === "on" }),
  };
}

export const noAddress = () => new MynakitError("ERR_USAGE_OPTION", { option: "--notify", problem: "no-address" });

export const shownUser = (
  { nickname, email, notify, registeredAt, registrations }: PortalUser,
  platform: Platform,
): DataOf<"portal profile"> => ({
  nickname,
  email,
  notify,
  registeredAt,
  registrations,
  platform: shownPlatform(platform),
});
