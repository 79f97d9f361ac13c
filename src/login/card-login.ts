import type { PinReport } from "../errors.ts";
import { MynakitError } from "../errors.ts";
import { signedAssertion, signingInput } from "./assertion.ts";
import { fetchNonce, type NonceOrder } from "./nonce.ts";
import { discoverServer } from "./oidc.ts";
import { type Platform, platformClock } from "./platform.ts";
import { newProofKey } from "./proof-key.ts";
import { type Session, sessionOf } from "./session.ts";
import type { Scope } from "./wire.ts";

/**
 * Has a card sign. `message` is asked for the bytes when the certificate is known and the PIN entered, while nobody
 * holds the card: it asks the platform for a nonce.
 * @returns RSASSA-PKCS1-v1_5 with SHA-256 over the message, and what happened to the PIN
 */
export type CardSigner = (
  message: (certificate: Uint8Array) => Promise<Uint8Array>,
) => Promise<{ readonly signature: Uint8Array; readonly pin: PinReport }>;

/** What a card needs to sign an assertion. */
export interface SigningOptions {
  readonly platform: Platform;
  readonly sign: CardSigner;
  readonly clock: () => Date;
  /** The time that the assertion bears, asked for when the certificate is known. */
  readonly signingTime?: () => Date;
  random(length: number): Uint8Array;
}

export interface CardLoginOptions extends SigningOptions {
  readonly scope: readonly Exclude<Scope, "openid">[];
  /** What this device calls itself, for the list of sessions. */
  readonly deviceName?: string;
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
  const itsClock = platformClock(platform, clock);
  const key = newProofKey({ clock: itsClock, random });
  const server = await discoverServer(platform, key);
  const { assertion, pin } = await cardAssertion(options, { audience: server.issuer });
  return reportingSigned(pin, async () => {
    const answer = await server.exchange(assertion, ["openid", ...options.scope].join(" "), options.deviceName);
    return { session: sessionOf(answer, { ...options, clock: itsClock, key }), pin };
  });
}

/** Work after the card has signed: its errors say what happened to the PIN. */
export async function reportingSigned<T>(pin: PinReport, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof MynakitError ? error.withPin(pin) : error;
  }
}

interface AssertionOrder {
  /** Whom the assertion is addressed to. */
  readonly audience: string;
  /** Undefined: any nonce will do. */
  readonly challenge?: NonceOrder;
}

/** Has the card sign an assertion over a fresh nonce. @throws {MynakitError} what `sign` throws, ERR_NETWORK_*, ERR_PLATFORM_* */
export async function cardAssertion(
  options: SigningOptions,
  order: AssertionOrder,
): Promise<{ assertion: string; pin: PinReport }> {
  let unsigned: string | undefined;
  const { signature, pin } = await options.sign(async (certificate) => {
    unsigned = await unsignedAssertion(certificate, order, options);
    return new Uint8Array(Buffer.from(unsigned));
  });
  if (unsigned === undefined) throw new TypeError("the card signed before it was told what");
  return { assertion: signedAssertion(unsigned, signature), pin };
}

async function unsignedAssertion(
  certificate: Uint8Array,
  { audience, challenge }: AssertionOrder,
  { platform, clock, signingTime = clock, random }: SigningOptions,
): Promise<string> {
  const nonce = await fetchNonce(platform, challenge);
  const jti = Buffer.from(random(jtiBytes)).toString("base64url");
  return signingInput(certificate, { audience, nonce, jti, now: signingTime() });
}
