import { MynakitError } from "../errors.ts";
import { type Members, members } from "./shape.ts";
import type { RefusalReason } from "./wire.ts";

const kind = "auth";
const maxWords = 300;

/** Reasons that mynakit has an error of its own for. Each may throw a SyntaxError where its details are missing. */
const known: Partial<Record<RefusalReason, (body: Members, url: string) => MynakitError>> = {
  "certificate-expired": (body) => new MynakitError("ERR_CERT_EXPIRED", { kind, notAfter: body.date("not_after") }),
  "certificate-not-yet-valid": (body) =>
    new MynakitError("ERR_CERT_NOT_YET_VALID", { kind, notBefore: body.date("not_before") }),
  "certificate-too-new": (body) =>
    new MynakitError("ERR_CERT_TOO_NEW", { kind, notBefore: body.date("not_before"), earliest: body.date("earliest") }),
  "certificate-revoked": () => new MynakitError("ERR_CERT_REVOKED", { kind }),
  "certificate-untrusted": (body) =>
    new MynakitError("ERR_CERT_UNTRUSTED", { kind, issuer: words(body.text("issuer")) }),
  "certificate-malformed": (body) =>
    new MynakitError("ERR_CERT_MALFORMED", { kind, problem: words(body.text("error_description")) }),
  "session-expired": (_body, platform) => new MynakitError("ERR_PLATFORM_SESSION", { platform }),
  "session-missing": (_body, platform) => new MynakitError("ERR_PLATFORM_SESSION", { platform }),
};

/**
 * The error that a platform's refusal is.
 * @param answer the parsed body: `reason`, or only `error` (RFC 6749, 5.2), says why
 */
export function refusalError(answer: unknown, status: number, url: string): MynakitError {
  try {
    const body = members(answer);
    const error = body.text("error");
    const reason = body.has("reason") ? body.text("reason") : error;
    const make = known[reason as RefusalReason];
    if (make) return make(body, url);
    if (status === 401 && !reason.startsWith("proof-"))
      return new MynakitError("ERR_PLATFORM_SESSION", { platform: url });
    const description = body.has("error_description") ? body.text("error_description") : error;
    const earliest = body.has("earliest") ? { earliest: body.date("earliest") } : {};
    return new MynakitError("ERR_PLATFORM_REFUSED", {
      reason: words(reason),
      description: words(description),
      ...earliest,
    });
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    return new MynakitError("ERR_PLATFORM_ANSWER", { url, problem: `HTTP ${status}, ${cause.message}` }, { cause });
  }
}

/** A stranger's words, fit for a terminal: one line, not endless, nothing that the terminal would obey. */
function words(text: string): string {
  return text.replace(/\p{C}+/gu, " ").slice(0, maxWords);
}

/** A failure of the OAuth library as a cause that may be shown: the answers that it carries can hold tokens. */
export function withoutAnswer(error: unknown): Error {
  if (!(error instanceof Error)) return new Error(typeof error);
  const { code } = error as { readonly code?: unknown };
  const inner = error.cause instanceof Error ? { cause: withoutAnswer(error.cause) } : {};
  return Object.assign(new Error(error.message, inner), { name: error.name, ...(code === undefined ? {} : { code }) });
}
