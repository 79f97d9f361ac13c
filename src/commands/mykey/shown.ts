import type { Platform } from "../../login/platform.ts";
import type { IssuedMykeyId } from "../../mykey/wire.ts";
import { type Login, shownPlatform } from "../login.ts";
import type { DataOf } from "../results.ts";

/** A MyKey ID as results show it. */
export function shownMykeyId(issued: IssuedMykeyId, platform: Platform, { pin }: Login): DataOf<"mykey show"> {
  const { mykeyId, furigana, state, reservation, issuedAt } = issued;
  return { mykeyId, furigana, state, reservation, issuedAt, platform: shownPlatform(platform), ...pin };
}
