import { MynakitError } from "../errors.ts";
import type { Platform } from "./platform.ts";

const defaultTimeout = 10_000;
const maxAnswerBytes = 1024 * 1024;

/** Codes of undici (Node's fetch) that mean that the other side was too slow. */
const slowCodes = /^(UND_ERR_(CONNECT|HEADERS|BODY)_TIMEOUT|ETIMEDOUT)$/;
/** Codes of OpenSSL and Node that mean that the other side is not who it should be, or does not speak TLS. */
const tlsCodes = /^(ERR_TLS_|ERR_SSL_|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|HOSTNAME_MISMATCH|EPROTO)/;

/**
 * The platform's `fetch`, bounded in time and size, that follows no redirect (a token must not travel on) and fails in
 * mynakit's words. The answer is in memory when it resolves.
 * @throws {MynakitError} ERR_NETWORK_TIMEOUT, ERR_NETWORK_TLS, ERR_NETWORK_UNREACHABLE, ERR_PLATFORM_ANSWER (too large);
 *   the reason of `platform.signal` when that aborts
 */
export function guardedFetch(platform: Pick<Platform, "url" | "fetch" | "timeout" | "signal">): typeof fetch {
  const { url, timeout = defaultTimeout } = platform;
  return async (input, init) => {
    const late = AbortSignal.timeout(timeout);
    const signals = [late, init?.signal, platform.signal].filter((signal) => signal instanceof AbortSignal);
    try {
      const response = await platform.fetch(input, { ...init, redirect: "manual", signal: AbortSignal.any(signals) });
      return await inMemory(response, url);
    } catch (error) {
      if (late.aborted)
        throw new MynakitError("ERR_NETWORK_TIMEOUT", { url, seconds: timeout / 1000 }, { cause: error });
      if (platform.signal?.aborted || error instanceof MynakitError) throw error;
      throw networkError(error, url, timeout);
    }
  };
}

async function inMemory(response: Response, url: string): Promise<Response> {
  if (!response.body) return response;
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > maxAnswerBytes) throw new MynakitError("ERR_PLATFORM_ANSWER", { url, problem: "too large" });
    chunks.push(chunk);
  }
  return new Response(Buffer.concat(chunks), { status: response.status, headers: response.headers });
}

function networkError(error: unknown, url: string, timeout: number): MynakitError {
  const reason = codeOf(error);
  if (slowCodes.test(reason))
    return new MynakitError("ERR_NETWORK_TIMEOUT", { url, seconds: timeout / 1000 }, { cause: error });
  const code = tlsCodes.test(reason) ? "ERR_NETWORK_TLS" : "ERR_NETWORK_UNREACHABLE";
  return new MynakitError(code, { url, reason }, { cause: error });
}

/** The code nearest to the failure's root: fetch wraps it once, trying several addresses wraps it again. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const inner = error instanceof AggregateError ? error.errors[0] : error.cause;
  if (inner !== undefined) return codeOf(inner);
  const { code } = error as NodeJS.ErrnoException;
  return typeof code === "string" ? code : error.message;
}
