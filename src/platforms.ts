import type { Clock, Host } from "./host.ts";
import { type Platform, platformUrl } from "./login/platform.ts";
import { embeddedUrl } from "./login/wire.ts";

export interface PlatformParts extends Pick<Host, "random" | "fetch"> {
  readonly home: string;
  readonly signal: AbortSignal;
  /** The clock of the embedded platform. */
  readonly clock: Clock;
  /** The process's own. */
  readonly now: Clock;
}

/** The address of the platform that `--platform` names. @throws {MynakitError} ERR_USAGE_PLATFORM */
export const platformAddress = (given: string): string => (given === "embedded" ? embeddedUrl : platformUrl(given));

/**
 * The platform that `--platform` names: the one inside this process, or one elsewhere.
 * @throws {MynakitError} ERR_USAGE_PLATFORM, ERR_IO_*, ERR_NETWORK_*, ERR_PLATFORM_ANSWER
 */
export async function openPlatform(given: string, parts: PlatformParts): Promise<Platform> {
  if (given === "embedded") {
    const { embeddedPlatform } = await import("./sandbox/embedded.ts");
    return embeddedPlatform(parts);
  }
  const { remotePlatform } = await import("./login/remote.ts");
  const { fetch, signal, now: clock } = parts;
  return remotePlatform(given, { fetch, signal, clock });
}
