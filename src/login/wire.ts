/**
 * Card login on the wire, shared by client and server: an OAuth 2.0 JWT bearer assertion (RFC 7523, 2.1) that the
 * card signs as a JWS (RFC 7515) with RS256, its certificate in `x5c`.
 */
export const jwtBearerGrant = "urn:ietf:params:oauth:grant-type:jwt-bearer";

/**
 * Logs in to the MyKey account with MyKey ID and password, as RFC 6749, 4.3 would, under a name of its own: its
 * parameters are `mykey_id`, `password` and `scope`.
 */
export const passwordGrant = "urn:mynakit:params:oauth:grant-type:mykey-password";

/** The platform inside this process: a name that cannot be resolved (RFC 2606, 2), so it never leaves the process. */
export const embeddedUrl = "http://embedded.mynakit.invalid";

/** The public client that every mynakit is; it has no secret. */
export const clientId = "mynakit";

/** What the device that asks for a session calls itself: a parameter of the token endpoint. Nobody checks it. */
export const deviceNameParameter = "device_name";

export type Scope = "openid" | "portal" | "mykey";

/** Where a platform says what it is; relative to its URL. */
export const platformPath = "/platform";
/** Where a nonce is asked for (POST). */
export const challengePath = "/card/challenge";

/** Names the request, so that repeating it repeats only the answer (draft-ietf-httpapi-idempotency-key-header). */
export const idempotencyKeyHeader = "Idempotency-Key";

/** The longest that an assertion may live, in seconds. */
export const assertionLife = 60;

/** JOSE header of the assertion; `x5c` holds the card's certificate alone, in standard Base64 (RFC 7515, 4.1.6). */
export interface AssertionHeader {
  readonly alg: "RS256";
  readonly x5c: readonly [string];
}

/** Claims of the assertion (RFC 7523, 3). Times are seconds since the epoch. */
export interface AssertionClaims {
  /** Base64url SHA-256 of the certificate, as in `x5t#S256`: the card speaks for itself, so `iss` is `sub`. */
  readonly iss: string;
  readonly sub: string;
  /** The platform's issuer identifier. */
  readonly aud: string;
  readonly iat: number;
  readonly exp: number;
  readonly jti: string;
  /** From `POST /card/challenge`; good for one use. */
  readonly nonce: string;
}

/** Answer of `GET /platform`. */
export interface PlatformDescription {
  readonly name: string;
  readonly sandbox: boolean;
  /** Its time. RFC 3339. */
  readonly now: string;
  /** When it will let nobody in, where that is announced. RFC 3339; null: nobody said until when. */
  readonly closing?: { readonly from: string; readonly until: string | null };
}

/** Answer of `POST /card/challenge`. */
export interface Challenge {
  readonly sandbox: boolean;
  readonly nonce: string;
  /** Seconds. */
  readonly expires_in: number;
}

/** `good`: the platform asked the issuer's list. `not-checked`: nobody did. */
export type RevocationState = "good" | "not-checked";

/** Why the platform says no: the `reason` of a refusal. */
export type RefusalReason =
  | "request-malformed"
  | "request-too-large"
  | "request-too-slow"
  | "url-too-long"
  | "headers-too-large"
  | "rate-limited"
  | "unavailable"
  | "not-found"
  | "server-error"
  | "session-missing"
  | "session-expired"
  | "scope-missing"
  | "scope-unknown"
  | "session-unknown"
  | "proof-missing"
  | "proof-malformed"
  | "proof-time"
  | "proof-mismatch"
  | "proof-replayed"
  | "proof-foreign"
  | "assertion-malformed"
  | "assertion-signature"
  | "assertion-issuer"
  | "assertion-audience"
  | "assertion-time"
  | "assertion-expired"
  | "assertion-replayed"
  | "nonce-unknown"
  | "certificate-malformed"
  | "certificate-untrusted"
  | "certificate-expired"
  | "certificate-not-yet-valid"
  | "certificate-wrong-profile"
  | "certificate-revoked"
  | "certificate-too-new"
  | "proposal-unknown"
  | "proposal-expired"
  | "idempotency-key-missing"
  | "idempotency-key-reused"
  | "capacity-reached"
  | "platform-closed"
  | "clock-backwards"
  | "programme-closed"
  | "procedure-unknown"
  | "procedure-closed"
  | "form-refused"
  | "attachment-refused"
  | "signature-refused"
  | "signer-revoked"
  | "application-unknown"
  | "application-decided"
  | "programme-spent"
  | "reservation-missing"
  | "service-unknown"
  | "service-exists"
  | "service-account-exists"
  | "service-account-refused"
  | "service-account-taken"
  | "service-of-another"
  | "application-final"
  | "application-missing"
  | "account-suspended"
  | "certificate-replaced"
  | "mykey-id-malformed"
  | "mykey-id-taken"
  | "mykey-id-unknown"
  | "proposals-exhausted"
  | "confirmation-mismatch"
  | "profile-malformed"
  | "card-required"
  | "password-malformed"
  | "login-refused"
  | "throttled"
  | "no-mykey-id"
  | "client-unknown"
  | "authorization-pending"
  | "slow-down"
  | "user-code-unknown"
  | "device-login-unknown"
  | "device-login-foreign"
  | "device-login-denied"
  | "device-login-cancelled"
  | "device-login-used"
  | "device-login-expired"
  | "not-registered"
  | "already-registered"
  | "registration-malformed"
  | "notice-unknown"
  | "already-linked"
  | "not-linked"
  | "demand-unknown"
  | "already-paid"
  | "consent-unknown";

/** Body of every refusal: RFC 6749, 5.2, and the real reason beside it. Dates are RFC 3339. */
export interface RefusalBody {
  readonly error: string;
  readonly error_description: string;
  readonly reason: RefusalReason;
  readonly sandbox?: boolean;
  readonly not_before?: string;
  readonly not_after?: string;
  /** When it is worth trying again. */
  readonly earliest?: string;
  /** The issuer that the certificate names. */
  readonly issuer?: string;
}
