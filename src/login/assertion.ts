import { createHash } from "node:crypto";
import { type AssertionClaims, type AssertionHeader, assertionLife } from "./wire.ts";

export interface AssertionContent {
  /** The platform's issuer identifier. */
  readonly audience: string;
  readonly nonce: string;
  readonly jti: string;
  readonly now: Date;
}

/**
 * What the card signs: header and claims of the assertion as a JWS signing input (RFC 7515, 5.1).
 * @param certificate DER
 */
export function signingInput(certificate: Uint8Array, { audience, nonce, jti, now }: AssertionContent): string {
  const thumbprint = createHash("sha256").update(certificate).digest("base64url");
  const iat = Math.floor(now.getTime() / 1000);
  const header: AssertionHeader = { alg: "RS256", x5c: [Buffer.from(certificate).toString("base64")] };
  const claims: AssertionClaims = {
    iss: thumbprint,
    sub: thumbprint,
    aud: audience,
    iat,
    exp: iat + assertionLife,
    jti,
    nonce,
  };
  return `${encoded(header)}.${encoded(claims)}`;
}

/** The compact JWS (RFC 7515, 7.1). */
export function signedAssertion(input: string, signature: Uint8Array): string {
  return `${input}.${Buffer.from(signature).toString("base64url")}`;
}

function encoded(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString("base64url");
}
