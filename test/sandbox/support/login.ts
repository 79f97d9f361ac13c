import { cardLogin } from "../../../src/login/card-login.ts";
import type { Platform } from "../../../src/login/platform.ts";
import type { Session } from "../../../src/login/session.ts";
import { now, random, signerOf, type TestCard } from "./cards.ts";

/** Logs a card in, in both scopes. */
export async function logIn(platform: Platform, card: TestCard, clock: () => Date = () => now): Promise<Session> {
  const scope = ["portal", "mykey"] as const;
  const { session } = await cardLogin({ platform, sign: signerOf(card), scope, clock, random });
  return session;
}
