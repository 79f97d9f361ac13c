import { requestJson } from "./http.ts";
import type { Platform } from "./platform.ts";
import { challengePath } from "./wire.ts";

/** Where a nonce is asked for, and with what. */
export interface NonceOrder {
  readonly path: string;
  readonly body?: object;
}

/** A nonce for one use: any, or one that is bound to what the order says. @throws {MynakitError} ERR_NETWORK_*, ERR_PLATFORM_* */
export const fetchNonce = (platform: Platform, order: NonceOrder = { path: challengePath }): Promise<string> =>
  requestJson(platform, { ...order, method: "POST", parse: (answer) => answer.text("nonce") });
