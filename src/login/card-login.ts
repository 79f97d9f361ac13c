import type { PinReport } from "../errors.ts";
import { MynakitError } from "../errors.ts";
import { signedAssertion, signingInput } from "./assertion.ts";
import { requestJson } from "./http.ts";
import { type AuthorizationServer, discoverServer } from "./oidc.ts";
import { type Platform, platformClock } from "./platform.ts";
import { newProofKey } from "./proof-key.ts";
import { type Session, sessionOf } from "./session.ts";
import { challengePath, type Scope } from "./wire.ts";

/**
 * Has a card sign. `message` is asked for the bytes when the certificate is known and the PIN entered, while nobody
 * holds the card: it asks the platform for a nonce.
 * @returns RSASSA-PKCS1-v1_5 with SHA-256 over the message, and what happened to the PIN
 */
export type CardSigner = (
  message: (certificate: Uint8Array) => Promise<Uint8Array>,
) => Promise<{ readonly signature: Uint8Array; readonly pin: PinReport }>;

export interface CardLoginOptions {
  readonly platform: Platform;
  readonly sign: CardSigner;
  readonly scope: readonly Exclude<Scope, "openid">[];
  /** What this device calls itself, for the list of sessions. */
  readonly deviceName?: string;
  readonly clock: () => Date;
  /** The time that the assertion bears, asked for when the certificate is known. */
  readonly signingTime?: () => Date;
  random(length: number): Uint8Array;
}

const jtiBytes = 16;

/**
 * Logs in with a card: finds the platform's endpoints before anything is asked of a person, has the card sign an
 * assertion over a fresh nonce, and exchanges it for an access token (RFC 7523).
 * @throws {MynakitError} ERR_NETWORK_*, ERR_PLATFORM_*, ERR_CERT_* as the platform sees the certificate, and what `sign`
 *   throws; after the signature each says what happened to the PIN
 */
export async function cardLogin(options: CardLoginOptions): Promise<{ session: Session; pin: PinReport }> {
  const { platform, clock, random } = options;
  const key = newProofKey({ clock: platformClock(platform, clock), random });
  const server = await discoverServer(platform, key);
  let unsigned: string | undefined;
  const { signature, pin } = await options.sign(async (certificate) => {
    unsigned = await unsignedAssertion(certificate, server, options);
    return new Uint8Array(Buffer.from(unsigned));
  });
  if (unsigned === undefined) throw new TypeError("the card signed before it was told what");
  try {
    const assertion = signedAssertion(unsigned, signature);
    const answer = await server.exchange(assertion, ["openid", ...options.scope].join(" "), options.deviceName);
    return { session: sessionOf(answer, { ...options, key }), pin };
  } catch (error) {
    throw error instanceof MynakitError ? error.withPin(pin) : error;
  }
}

async function unsignedAssertion(
  certificate: Uint8Array,
  server: AuthorizationServer,
  { platform, clock, signingTime = clock, random }: CardLoginOptions,
): Promise<string> {
  const nonce = await requestJson(platform, {
    method: "POST",
    path: challengePath,
    parse: (answer) => answer.text("nonce"),
  });
  const jti = Buffer.from(random(jtiBytes)).toString("base64url");
  return signingInput(certificate, { audience: server.issuer, nonce, jti, now: signingTime() });
}
