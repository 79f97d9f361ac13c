import { cardLogin } from "../../../src/login/card-login.ts";
import type { Platform } from "../../../src/login/platform.ts";
import type { Session } from "../../../src/login/session.ts";
import { now, random, signerOf, type TestCard } from "./cards.ts";
import type { ClockedPlatform } from "./sandbox.ts";

/** Logs a card in, in both scopes, by the platform's clock where it tells one. */
export async function logIn(
  platform: Platform | ClockedPlatform,
  card: TestCard,
  clock: () => Date = "clock" in platform ? platform.clock : () => now,
): Promise<Session> {
  const scope = ["portal", "mykey"] as const;
  const { session } = await cardLogin({ platform, sign: signerOf(card), scope, clock, random });
  return session;
}
