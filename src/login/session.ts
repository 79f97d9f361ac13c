import { AccessToken, storedToken, tokenIn } from "./access-token.ts";
import type { TokenAnswer } from "./oidc.ts";
import type { ProofKey, ProofParts } from "./proof-key.ts";
import type { Members } from "./shape.ts";
import { forgetStored, readStored, writeStored } from "./stored-sessions.ts";
import type { RevocationState, Scope } from "./wire.ts";

/** A login that stands. */
export interface Session {
  readonly accessToken: AccessToken;
  readonly expiresAt: Date;
  /** The person, under the platform's identifier. */
  readonly subject: string;
  readonly scope: readonly Exclude<Scope, "openid">[];
  /** Whether the platform asked if the certificate was revoked. */
  readonly revocation: RevocationState;
}

/** The session that a token answer begins. @param clock the platform's */
export function sessionOf(
  { accessToken, expiresIn, subject, extra }: TokenAnswer,
  { scope, clock, key }: { readonly scope: Session["scope"]; readonly clock: () => Date; readonly key: ProofKey },
): Session {
  return {
    accessToken: new AccessToken(accessToken, extra.token_type === "dpop" ? key : undefined),
    expiresAt: new Date(clock().getTime() + expiresIn * 1000),
    subject,
    scope,
    revocation: extra.revocation === "good" ? "good" : "not-checked",
  };
}

const scopes = ["portal", "mykey"] as const;

/**
 * The stored session with a platform, expired or not.
 * @param parts of the proofs that its key makes
 * @throws {MynakitError} ERR_IO_READ, ERR_IO_STATE_CORRUPT
 */
export async function loadSession(home: string, platform: string, parts: ProofParts): Promise<Session | undefined> {
  return readStored(home, platform, (stored) => fromJson(stored, parts));
}

/**
 * Stores a session in place of an older one with the same platform (`writeStored`).
 * @throws {MynakitError} ERR_IO_READ, ERR_IO_WRITE, ERR_IO_STATE_CORRUPT
 */
export async function saveSession(home: string, platform: string, session: Session): Promise<void> {
  writeStored(home, platform, toJson(session));
}

/**
 * Forgets the session with a platform, if there is one.
 * @throws {MynakitError} ERR_IO_READ, ERR_IO_WRITE, ERR_IO_STATE_CORRUPT
 */
export async function deleteSession(home: string, platform: string): Promise<void> {
  forgetStored(home, platform);
}

function toJson({ accessToken, expiresAt, subject, scope, revocation }: Session): object {
  return {
    ...storedToken(accessToken),
    expiresAt: expiresAt.toISOString(),
    subject,
    scope: scope.join(" "),
    revocation,
  };
}

function fromJson(session: Members, parts: ProofParts): Session {
  const granted = session.text("scope").split(" ");
  return {
    accessToken: tokenIn(session, parts),
    expiresAt: new Date(session.date("expiresAt")),
    subject: session.text("subject"),
    scope: scopes.filter((scope) => granted.includes(scope)),
    revocation: session.oneOf("revocation", ["good", "not-checked"]),
  };
}
