import { MynakitError } from "../errors.ts";
import type { RefusalBody, RefusalReason } from "../login/wire.ts";
import { isAway } from "./store/failure.ts";

interface Details extends Partial<Pick<RefusalBody, "not_before" | "not_after" | "earliest" | "issuer">> {
  /** Seconds, where no moment on the platform's clock can be said. */
  readonly retryAfter?: number;
}

/** What each refusal is to HTTP and to OAuth (RFC 6749, 5.2; RFC 6750, 3.1); without an entry: 400 invalid_request. */
const kinds: Partial<Record<RefusalReason, readonly [status: number, error: string]>> = {
  "request-too-large": [413, "invalid_request"],
  "request-too-slow": [408, "invalid_request"],
  "url-too-long": [414, "invalid_request"],
  "headers-too-large": [431, "invalid_request"],
  "rate-limited": [429, "too_many_requests"],
  unavailable: [503, "temporarily_unavailable"],
  "not-found": [404, "not_found"],
  "no-mykey-id": [404, "not_found"],
  "server-error": [500, "server_error"],
  "session-missing": [401, "invalid_token"],
  "session-expired": [401, "invalid_token"],
  "session-unknown": [404, "not_found"],
  "proof-missing": [401, "invalid_token"],
  "proof-foreign": [401, "invalid_token"],
  "proof-malformed": [401, "invalid_dpop_proof"],
  "proof-time": [401, "invalid_dpop_proof"],
  "proof-mismatch": [401, "invalid_dpop_proof"],
  "proof-replayed": [401, "invalid_dpop_proof"],
  "scope-missing": [403, "insufficient_scope"],
  "scope-unknown": [400, "invalid_scope"],
  "certificate-too-new": [403, "access_denied"],
  "certificate-replaced": [403, "access_denied"],
  "account-suspended": [403, "access_denied"],
  "capacity-reached": [409, "conflict"],
  "platform-closed": [503, "temporarily_unavailable"],
  "clock-backwards": [409, "conflict"],
  "programme-closed": [409, "conflict"],
  "procedure-unknown": [404, "not_found"],
  "procedure-closed": [409, "conflict"],
  "application-unknown": [404, "not_found"],
  "application-decided": [409, "conflict"],
  "programme-spent": [409, "conflict"],
  "reservation-missing": [409, "conflict"],
  "service-unknown": [404, "not_found"],
  "service-exists": [409, "conflict"],
  "service-account-exists": [409, "conflict"],
  "service-account-refused": [403, "access_denied"],
  "service-account-taken": [409, "conflict"],
  "service-of-another": [403, "access_denied"],
  "application-final": [409, "conflict"],
  "application-missing": [404, "not_found"],
  "mykey-id-taken": [409, "conflict"],
  "mykey-id-unknown": [404, "not_found"],
  "proposals-exhausted": [429, "too_many_requests"],
  "card-required": [403, "access_denied"],
  "login-refused": [400, "invalid_grant"],
  throttled: [429, "too_many_requests"],
  "confirmation-mismatch": [409, "conflict"],
  "proposal-unknown": [404, "not_found"],
  "proposal-expired": [410, "gone"],
  "client-unknown": [400, "invalid_client"],
  "authorization-pending": [400, "authorization_pending"],
  "slow-down": [400, "slow_down"],
  "user-code-unknown": [404, "not_found"],
  "device-login-unknown": [400, "invalid_grant"],
  "device-login-foreign": [400, "invalid_grant"],
  "device-login-denied": [400, "access_denied"],
  "device-login-cancelled": [400, "access_denied"],
  "device-login-used": [400, "invalid_grant"],
  "device-login-expired": [400, "expired_token"],
  "idempotency-key-reused": [422, "invalid_request"],
  "not-registered": [409, "conflict"],
  "already-registered": [409, "conflict"],
  "notice-unknown": [404, "not_found"],
  "already-linked": [409, "conflict"],
  "not-linked": [409, "conflict"],
  "demand-unknown": [404, "not_found"],
  "already-paid": [409, "conflict"],
  "consent-unknown": [404, "not_found"],
};

/** The platform says no, and why. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly status: number;
  readonly body: RefusalBody;
  /** Seconds. */
  readonly retryAfter: number | undefined;

  constructor(reason: RefusalReason, description: string, { retryAfter, ...details }: Details = {}) {
    super(description);
    const [status, error] = kinds[reason] ?? [
      400,
      /^(assertion|nonce|certificate)-/.test(reason) ? "invalid_grant" : "invalid_request",
    ];
    this.status = status;
    this.body = { error, error_description: description, reason, sandbox: true, ...details };
    this.retryAfter = retryAfter;
  }

  /** What the token endpoint says to it: of a bad proof it speaks with 400 (RFC 9449, 5), all others with 401. */
  get tokenStatus(): number {
    return this.body.error === "invalid_dpop_proof" ? 400 : this.status;
  }
}

/** Seconds after which a database may be back. */
const recovery = 5;

/** The answer to whatever was thrown; what a failure was is for the log alone. */
export function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  if (!isAway(error)) return new Refusal("server-error", "the platform failed");
  return new Refusal("unavailable", "the database does not answer", { retryAfter: recovery });
}

/** A refusal as whoever runs mynakit beside its store is told it. */
export function refused(refusal: Refusal): MynakitError<"ERR_PLATFORM_REFUSED"> {
  const { reason, error_description: description, earliest } = refusal.body;
  const details = { reason, description, ...(earliest === undefined ? {} : { earliest }) };
  return new MynakitError("ERR_PLATFORM_REFUSED", details, { cause: refusal });
}

/**
 * The header fields that go with a refusal (RFC 6750, 3; RFC 9449, 7.1; RFC 9110, 10.2.3).
 * @param now milliseconds since the epoch
 */
export function headersOf({ status, body, retryAfter }: Refusal, now: number): Record<string, string> {
  if (status === 401) {
    const scheme = body.reason.startsWith("proof-") ? 'DPoP algs="ES256",' : "Bearer";
    return { "WWW-Authenticate": `${scheme} error="${body.error}"` };
  }
  if (retryAfter !== undefined) return { "Retry-After": String(retryAfter) };
  if (![429, 503].includes(status) || body.earliest === undefined) return {};
  return { "Retry-After": String(Math.max(0, Math.ceil((Date.parse(body.earliest) - now) / 1000))) };
}

/** A moment as RFC 3339, to the second. */
export function rfc3339(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.\d+Z$/, "Z");
}
