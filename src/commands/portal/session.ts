import { MynakitError } from "../../errors.ts";
import { type Platform, platformClock } from "../../login/platform.ts";
import type { ProofParts } from "../../login/proof-key.ts";
import { loadSession, type Session } from "../../login/session.ts";
import { embeddedUrl } from "../../login/wire.ts";
import { platformAddress } from "../../platforms.ts";
import type { Context } from "../context.ts";

/**
 * The session that `portal login` stored, and the platform that it is with.
 * @throws {MynakitError} ERR_PLATFORM_SESSION: there is none; ERR_IO_*, ERR_USAGE_PLATFORM, ERR_NETWORK_*
 */
export async function standingSession(context: Context): Promise<{ session: Session; platform: Platform }> {
  const url = platformAddress(context.options.platform);
  const found: { platform?: Platform } = {};
  const session = await loadSession(context.home, url, proofParts(context, url, found));
  if (!session) throw new MynakitError("ERR_PLATFORM_SESSION", { platform: url });
  const platform = await context.parts.platform();
  found.platform = platform;
  return { session, platform };
}

/**
 * What the proofs of a stored session say: the time is the platform's, once that has told it.
 * @param url the platform's
 */
export function proofParts(context: Context, url: string, found: { readonly platform?: Platform } = {}): ProofParts {
  const clock = context.clock({ embeddedPlatform: url === embeddedUrl });
  return { clock: () => platformClock(found.platform ?? {}, clock)(), random: context.host.random };
}
