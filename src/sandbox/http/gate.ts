import type { IncomingMessage } from "node:http";
import { Refusal } from "../refusal.ts";
import { networkOf } from "./client-address.ts";
import type { Limits } from "./limits.ts";
import { rateLimit } from "./rate-limit.ts";

/** Seconds after which a server that stops has a successor, or a proxy has found another one. */
const restart = 5;

/** Why a request is not even looked at; undefined: it is. */
export type Gate = (request: IncomingMessage, address: string | null) => Refusal | undefined;

/**
 * @param now milliseconds by the machine's clock, whatever time it is on the platform
 * @param stopping true from the moment on at which the server is asked to stop
 */
export function createGate(limits: Limits, now: () => number, stopping: () => boolean): Gate {
  const secondsToWait = rateLimit(limits, now);
  return ({ url = "", rawHeaders }, address) => {
    if (stopping()) return new Refusal("unavailable", "the platform is being stopped", { retryAfter: restart });
    if (url.length > limits.urlLength) return new Refusal("url-too-long", `above ${limits.urlLength} characters`);
    if (rawHeaders.length / 2 > limits.headers) {
      return new Refusal("headers-too-large", `more than ${limits.headers} header fields`);
    }
    const retryAfter = address === null ? 0 : secondsToWait(networkOf(address));
    if (retryAfter === 0) return undefined;
    return new Refusal("rate-limited", `more than ${limits.requestsPerSecond} requests a second`, { retryAfter });
  };
}
