import type { AccessToken } from "../../login/access-token.ts";
import type { Platform } from "../../login/platform.ts";
import type { Context } from "../context.ts";
import { newIdempotencyKey } from "../idempotency-key.ts";
import { standingSession } from "./session.ts";

/** Mynaportal, as whoever is logged in reaches it. */
export interface PortalService {
  readonly platform: Platform;
  readonly accessToken: AccessToken;
  /** Random: names one request to the platform. */
  newKey(): string;
}

/** The same, of the stored session. @throws {MynakitError} as `standingSession` */
export async function portalService(context: Context): Promise<PortalService> {
  const { platform, session } = await standingSession(context);
  return { platform, accessToken: session.accessToken, newKey: () => newIdempotencyKey(context.host) };
}
