import { createHash } from "node:crypto";
import { calculateJwkThumbprint, EmbeddedJWK, errors, type JWTPayload, jwtVerify } from "jose";
import { Refusal } from "../refusal.ts";
import type { ChangeParts } from "../store/change.ts";
import { isCanonical } from "./jws.ts";

/** How long a proof is good for, and how far the clock of who made it may be off, in seconds. */
const proofLife = 60;
const clockTolerance = 60;
const maxLength = 4 * 1024;
const maxIdLength = 256;

/** A request that brings a proof that its sender has a key (DPoP, RFC 9449). */
export interface ProvenRequest {
  /** The header DPoP. */
  readonly proof: string;
  readonly method: string;
  /** Without query and fragment. */
  readonly url: string;
  /** The access token that goes along, where one does. */
  readonly accessToken?: string;
}

/**
 * Believes a proof or says why not (RFC 9449, 4.3), and makes that it is the only use of it.
 * @returns the thumbprint of the key (RFC 7638, SHA-256, base64url)
 * @throws {Refusal} proof-malformed, proof-time, proof-mismatch, proof-replayed
 */
export async function verifyProof({ db, now }: ChangeParts, request: ProvenRequest): Promise<string> {
  const { payload, thumbprint } = await signedBy(request.proof);
  const { iat, jti } = payload;
  const seconds = now() / 1000;
  if (typeof iat !== "number" || typeof jti !== "string" || jti === "" || jti.length > maxIdLength) {
    throw new Refusal("proof-malformed", "the proof has no iat or no jti");
  }
  if (iat > seconds + clockTolerance || iat < seconds - proofLife - clockTolerance) {
    throw new Refusal("proof-time", `iat is not within the last ${proofLife} s`);
  }
  checkTarget(payload, request);
  const first = await db
    .insertInto("assertion_jti")
    .values({ issuer: `proof ${thumbprint}`, jti, expires_at: now() + (proofLife + 2 * clockTolerance) * 1000 })
    .onConflict((conflict) => conflict.doNothing())
    .returning("jti")
    .executeTakeFirst();
  if (!first) throw new Refusal("proof-replayed", "this proof was used before");
  return thumbprint;
}

async function signedBy(proof: string): Promise<{ payload: JWTPayload; thumbprint: string }> {
  try {
    if (proof.length > maxLength) throw new errors.JWSInvalid("too long");
    if (!isCanonical(proof)) throw new errors.JWSInvalid("not Base64url in its one spelling");
    const options = { algorithms: ["ES256"], typ: "dpop+jwt", currentDate: new Date(0) };
    const { payload, protectedHeader } = await jwtVerify(proof, EmbeddedJWK, options);
    const { jwk } = protectedHeader;
    if (!jwk) throw new errors.JWSInvalid("no key");
    return { payload, thumbprint: await calculateJwkThumbprint(jwk) };
  } catch (cause) {
    const problem = cause instanceof Error ? cause.message : String(cause);
    throw new Refusal("proof-malformed", `the header DPoP holds no signed proof: ${problem}`);
  }
}

function checkTarget({ htm, htu, ath }: JWTPayload, { method, url, accessToken }: ProvenRequest): void {
  if (htm !== method) throw new Refusal("proof-mismatch", `htm is not ${method}`);
  if (typeof htu !== "string" || htu.split(/[?#]/, 1)[0] !== url) {
    throw new Refusal("proof-mismatch", `htu is not ${url}`);
  }
  if (accessToken === undefined) return;
  if (ath !== createHash("sha256").update(accessToken).digest("base64url")) {
    throw new Refusal("proof-mismatch", "ath is not the hash of the access token");
  }
}
