import type { Clock } from "../host.ts";
import { requestJson } from "./http.ts";
import { type Platform, platformUrl } from "./platform.ts";
import type { Members } from "./shape.ts";
import { platformPath } from "./wire.ts";

/**
 * A platform elsewhere. Asks it what it is: nothing is asked of a person or a card on behalf of something that is no
 * platform.
 * @throws {MynakitError} ERR_USAGE_PLATFORM, ERR_NETWORK_*, ERR_PLATFORM_ANSWER
 */
export async function remotePlatform(
  given: string,
  { clock, ...parts }: Pick<Platform, "fetch" | "timeout" | "signal"> & { readonly clock: Clock },
): Promise<Platform> {
  const platform = { ...parts, url: platformUrl(given), sandbox: true, close: async () => {} };
  return { ...platform, ...(await describePlatform(platform, clock)) };
}

export type PlatformFacts = Pick<Platform, "sandbox" | "ahead" | "closing">;

const closingIn = (closing: Members) => ({
  from: closing.date("from"),
  until: closing.nullable("until", closing.date),
});

/**
 * What a platform says of itself.
 * @throws {MynakitError} ERR_NETWORK_*, ERR_PLATFORM_ANSWER, ERR_PLATFORM_REFUSED where it is closed
 */
export const describePlatform = (platform: Platform, clock: Clock): Promise<PlatformFacts> =>
  requestJson(platform, {
    method: "GET",
    path: platformPath,
    parse: (answer) => ({
      sandbox: answer.flag("sandbox"),
      ...(answer.has("now") && { ahead: Date.parse(answer.date("now")) - clock().getTime() }),
      ...(answer.has("closing") && { closing: closingIn(answer.object("closing")) }),
    }),
  });
