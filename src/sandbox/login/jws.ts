import type { KeyObject } from "node:crypto";
import { compactVerify, errors } from "jose";
import type { AssertionClaims } from "../../login/wire.ts";
import { Refusal } from "../refusal.ts";
import { isStorable } from "../store/text.ts";

const base64 = /^[A-Za-z0-9+/]+={0,2}$/;
/** A JPKI certificate has about 1400 bytes. */
const maxLength = 16 * 1024;
const maxTextClaim = 256;

/**
 * The claims of a compact JWS (RFC 7515, 7.1), signed RS256 by the one certificate in its `x5c`.
 * @param keyOf the key of the certificate, once that is believed; what it throws comes out
 * @throws {Refusal} assertion-malformed, assertion-signature
 */
export async function verifiedClaims(
  text: string,
  keyOf: (certificateDer: Uint8Array) => Promise<KeyObject>,
): Promise<AssertionClaims> {
  if (text.length > maxLength) throw malformed("too long");
  if (!isCanonical(text)) throw malformed("not Base64url in its one spelling");
  try {
    const { payload } = await compactVerify(text, ({ x5c }) => keyOf(certificateIn(x5c)), { algorithms: ["RS256"] });
    return claimsIn(jsonOf(payload));
  } catch (error) {
    if (error instanceof errors.JWSSignatureVerificationFailed) {
      throw new Refusal("assertion-signature", "the signature is not by the certificate's key");
    }
    throw error instanceof errors.JOSEError ? malformed(error.message) : error;
  }
}

/** Decoders pass over what is not Base64url, and over bits that stand for nothing: one compact JWS had many spellings. */
export const isCanonical = (text: string): boolean =>
  text.split(".").every((part) => Buffer.from(part, "base64url").toString("base64url") === part);

function malformed(problem: string): Refusal {
  return new Refusal("assertion-malformed", problem);
}

/** The card's certificate alone: who issued it is for the platform to know. */
function certificateIn(x5c: unknown): Uint8Array {
  const [encoded, ...others]: unknown[] = Array.isArray(x5c) ? x5c : [];
  if (others.length > 0) throw malformed("x5c holds more than one certificate");
  if (typeof encoded !== "string" || !base64.test(encoded)) throw malformed("x5c does not hold a certificate");
  return new Uint8Array(Buffer.from(encoded, "base64"));
}

function jsonOf(payload: Uint8Array): Record<string, unknown> {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(payload).toString("utf8"));
    if (typeof parsed === "object" && parsed !== null) return parsed as Record<string, unknown>;
  } catch {
    throw malformed("the claims are not JSON");
  }
  throw malformed("the claims are not a JSON object");
}

function claimsIn(claims: Record<string, unknown>): AssertionClaims {
  const text = (name: string): string => {
    const value = claims[name];
    if (typeof value !== "string" || value === "" || value.length > maxTextClaim || !isStorable(value)) {
      throw malformed(`claim ${name}`);
    }
    return value;
  };
  const seconds = (name: string): number => {
    const value = claims[name];
    if (typeof value !== "number" || !Number.isSafeInteger(value)) throw malformed(`claim ${name}`);
    return value;
  };
  return {
    iss: text("iss"),
    sub: text("sub"),
    aud: text("aud"),
    iat: seconds("iat"),
    exp: seconds("exp"),
    jti: text("jti"),
    nonce: text("nonce"),
  };
}
