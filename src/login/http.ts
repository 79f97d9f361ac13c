import { MynakitError } from "../errors.ts";
import type { AccessToken } from "./access-token.ts";
import { guardedFetch } from "./guarded-fetch.ts";
import type { Platform } from "./platform.ts";
import { refusalError } from "./refusal.ts";
import { type Members, members } from "./shape.ts";

export interface JsonRequest<T> {
  readonly method: "GET" | "POST";
  /** Relative to the platform's URL, beginning with a slash. */
  readonly path: string;
  readonly accessToken?: AccessToken;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Takes what it needs from the answer; a SyntaxError says what is missing. */
  readonly parse: (answer: Members) => T;
}

/**
 * One question to the platform and its answer in JSON.
 * @throws {MynakitError} ERR_NETWORK_*, ERR_PLATFORM_*, ERR_CERT_* as the platform refuses
 */
export async function requestJson<T>(platform: Platform, request: JsonRequest<T>): Promise<T> {
  const { method, path, accessToken, body, parse } = request;
  const url = `${platform.url}${path}`;
  const headers = {
    accept: "application/json",
    ...accessToken?.headersFor({ method, url }),
    ...(body === undefined ? {} : { "content-type": "application/json" }),
    ...request.headers,
  };
  const init = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
  const response = await guardedFetch(platform)(url, init);
  const answer = await jsonOf(response, platform.url);
  if (!response.ok) throw refusalError(answer, response.status, platform.url);
  try {
    return parse(members(answer));
  } catch (cause) {
    throw cause instanceof SyntaxError ? unexpected(platform.url, cause.message, cause) : cause;
  }
}

async function jsonOf(response: Response, url: string): Promise<unknown> {
  const type = response.headers.get("content-type")?.split(";")[0]?.trim() ?? "no content type";
  if (!/^application\/(json|[\w.-]+\+json)$/i.test(type)) {
    throw unexpected(url, `HTTP ${response.status}, ${type} instead of JSON`);
  }
  try {
    return await response.json();
  } catch (cause) {
    throw unexpected(url, `HTTP ${response.status}, not JSON`, cause);
  }
}

function unexpected(url: string, problem: string, cause?: unknown): MynakitError {
  return new MynakitError("ERR_PLATFORM_ANSWER", { url, problem }, { cause });
}
