import { requestJson } from "./http.ts";
import { type Platform, platformUrl } from "./platform.ts";
import { platformPath } from "./wire.ts";

/**
 * A platform elsewhere. Asks it what it is: nothing is asked of a person or a card on behalf of something that is no
 * platform.
 * @throws {MynakitError} ERR_USAGE_PLATFORM, ERR_NETWORK_*, ERR_PLATFORM_ANSWER
 */
export async function remotePlatform(
  given: string,
  parts: Pick<Platform, "fetch" | "timeout" | "signal">,
): Promise<Platform> {
  const platform = { ...parts, url: platformUrl(given), sandbox: true, close: async () => {} };
  const sandbox = await requestJson(platform, {
    method: "GET",
    path: platformPath,
    parse: (answer) => answer.flag("sandbox"),
  });
  return { ...platform, sandbox };
}
