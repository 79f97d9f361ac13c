import { type AccessToken, storedToken, tokenIn } from "../access-token.ts";
import type { ProofParts } from "../proof-key.ts";
import { forgetStored, readStored, writeStored } from "../stored-sessions.ts";

/** A login at an OpenID Connect provider. A refresh token is not part of it: nothing is renewed without a person. */
export interface IssuerSession {
  readonly accessToken: AccessToken;
  readonly expiresAt: Date;
  /** The person, under the provider's identifier. */
  readonly subject: string;
  /** What was granted, separated by spaces. */
  readonly scope: string;
  /** The client that it was granted to. */
  readonly clientId: string;
}

/** A platform's session has the URL itself for its name. */
const nameOf = (issuer: string): string => `issuer ${issuer}`;

/** The stored session with a provider, expired or not. @throws {MynakitError} ERR_IO_READ, ERR_IO_STATE_CORRUPT */
export const loadIssuerSession = (home: string, issuer: string, parts: ProofParts): IssuerSession | undefined =>
  readStored(home, nameOf(issuer), (stored) => ({
    accessToken: tokenIn(stored, parts),
    expiresAt: new Date(stored.date("expiresAt")),
    subject: stored.text("subject"),
    scope: stored.text("scope"),
    clientId: stored.text("clientId"),
  }));

/** @throws {MynakitError} ERR_IO_READ, ERR_IO_WRITE, ERR_IO_STATE_CORRUPT */
export function saveIssuerSession(home: string, issuer: string, session: IssuerSession): void {
  const { accessToken, expiresAt, ...others } = session;
  const stored = { ...storedToken(accessToken), expiresAt: expiresAt.toISOString(), ...others };
  writeStored(home, nameOf(issuer), stored);
}

/** @throws {MynakitError} ERR_IO_READ, ERR_IO_WRITE, ERR_IO_STATE_CORRUPT */
export const deleteIssuerSession = (home: string, issuer: string): void => forgetStored(home, nameOf(issuer));
