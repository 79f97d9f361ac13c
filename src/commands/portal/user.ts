import type { Platform } from "../../login/platform.ts";
import type { PortalUser, UserChange } from "../../portal/wire/user.ts";
import type { Input } from "../command.ts";
import { shownPlatform } from "../login.ts";
import type { DataOf } from "../results.ts";

/** What the options of `portal register` and `portal profile` change; `--email none` takes the address away. */
export function changeAsked({ nickname, email, notify }: Input["options"]): UserChange {
  return {
    ...(nickname !== undefined && { nickname: String(nickname) }),
    ...(email !== undefined && { email: email === "none" ? null : String(email) }),
    ...(notify !== undefined && { notify: notify === "on" }),
  };
}

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
