import type { AccessToken } from "./access-token.ts";
import { type JsonRequest, requestJson } from "./http.ts";
import type { Platform } from "./platform.ts";
import { idempotencyKeyHeader } from "./wire.ts";

/** A request that may be repeated. */
export interface Repeatable {
  /** Random, the same when the same order is repeated: then the platform repeats its answer. */
  readonly idempotencyKey: string;
}

type Parse<T> = JsonRequest<T>["parse"];

/** Asks for something of the session's account. @throws {MynakitError} ERR_NETWORK_*, ERR_PLATFORM_* */
export const getFrom = <T>(platform: Platform, accessToken: AccessToken, path: string, parse: Parse<T>): Promise<T> =>
  requestJson(platform, { method: "GET", path, accessToken, parse });

interface Change<T> extends Repeatable {
  readonly path: string;
  readonly body?: unknown;
  readonly parse: Parse<T>;
}

/** Changes something of it. @throws {MynakitError} ERR_NETWORK_*, ERR_PLATFORM_* */
export const postOnce = <T>(
  platform: Platform,
  accessToken: AccessToken,
  { idempotencyKey, ...request }: Change<T>,
): Promise<T> =>
  requestJson(platform, {
    ...request,
    method: "POST",
    accessToken,
    headers: { [idempotencyKeyHeader]: idempotencyKey },
  });
