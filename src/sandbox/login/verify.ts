import { type AssertionClaims, assertionLife, type RevocationState } from "../../login/wire.ts";
import type { Certificate } from "../certificate/certificate.ts";
import { type Anchor, type CheckedCertificate, checkCertificate } from "../certificate/check.ts";
import type { RevocationLists } from "../certificate/revocation.ts";
import { Refusal } from "../refusal.ts";
import type { Db } from "../store/schema.ts";
import { verifiedClaims } from "./jws.ts";
import { useNonce } from "./nonce.ts";

/** How far the card holder's clock may be off, in seconds. */
const clockTolerance = 60;

export interface VerifiedAssertion extends CheckedCertificate {
  readonly revocation: RevocationState;
}

export interface VerifyParts {
  readonly db: Db;
  readonly anchors: readonly Anchor[];
  /** Published lists; without them, the platform's own is the simulated authority's, and of others nothing is known. */
  readonly lists?: RevocationLists;
  /** The platform's issuer identifier: what `aud` must be. */
  readonly audience: string;
  /** The device's request that the nonce must be bound to, if any. */
  readonly boundTo?: string;
  /** Milliseconds since the epoch. */
  now(): number;
}

/**
 * Believes an assertion or says why not, in this order: form, certificate (chain, validity, profile, revocation),
 * signature, claims, issuer, audience, time, nonce, first use.
 * @throws {Refusal} assertion-*, certificate-*, nonce-unknown
 */
export async function verifyAssertion(text: string, parts: VerifyParts): Promise<VerifiedAssertion> {
  const now = parts.now();
  let checked: VerifiedAssertion | undefined;
  const claims = await verifiedClaims(text, async (certificateDer) => {
    const believed = checkCertificate(certificateDer, parts.anchors, now);
    checked = { ...believed, revocation: await checkRevocation(believed, parts) };
    return believed.certificate.publicKey;
  });
  if (!checked) throw new TypeError("a signature was verified without a key");
  checkClaims(claims, checked.certificate, parts.audience, now / 1000);
  await useNonce(parts.db, claims.nonce, now, parts.boundTo);
  await useOnce(parts.db, claims);
  return checked;
}

/** @throws {Refusal} certificate-revoked */
export async function checkRevocation(
  checked: CheckedCertificate,
  { db, lists, now }: Pick<VerifyParts, "db" | "lists" | "now">,
): Promise<RevocationState> {
  const { certificate, anchor } = checked;
  const known = await db
    .selectFrom("revoked_certificate")
    .select("reason")
    .where("issuer", "=", certificate.issuer)
    .where("serial_number", "=", certificate.serialNumber)
    .executeTakeFirst();
  const listed = lists ? await lists.stateOf(checked, now()) : anchor.simulated ? "good" : "not-checked";
  if (known || listed === "revoked") throw new Refusal("certificate-revoked", "the certificate is revoked");
  return listed;
}

function checkClaims(claims: AssertionClaims, { thumbprint }: Certificate, audience: string, now: number): void {
  if (claims.iss !== thumbprint || claims.sub !== claims.iss) {
    throw new Refusal("assertion-issuer", "iss and sub are not the certificate's thumbprint");
  }
  if (claims.aud !== audience) throw new Refusal("assertion-audience", `aud is not ${audience}`);
  if (claims.exp <= now - clockTolerance) throw new Refusal("assertion-expired", "the assertion has expired");
  if (claims.iat > now + clockTolerance || claims.exp <= claims.iat || claims.exp > claims.iat + assertionLife) {
    throw new Refusal("assertion-time", `iat is not now, or exp is not within ${assertionLife} s of it`);
  }
}

async function useOnce(db: Db, { iss, jti, exp }: AssertionClaims): Promise<void> {
  const first = await db
    .insertInto("assertion_jti")
    .values({ issuer: iss, jti, expires_at: (exp + clockTolerance) * 1000 })
    .onConflict((conflict) => conflict.doNothing())
    .returning("jti")
    .executeTakeFirst();
  if (!first) throw new Refusal("assertion-replayed", "this assertion was used before");
}
