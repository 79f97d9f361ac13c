import { MynakitError } from "../../errors.ts";
import type { Platform } from "../../login/platform.ts";
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
  const session = await loadSession(context.home, url, proofParts(context, url));
  if (!session) throw new MynakitError("ERR_PLATFORM_SESSION", { platform: url });
  return { session, platform: await context.parts.platform() };
}

/** What the proofs of a stored session say. @param url the platform's */
export const proofParts = (context: Context, url: string): ProofParts => ({
  clock: context.clock({ embeddedPlatform: url === embeddedUrl }),
  random: context.host.random,
});
