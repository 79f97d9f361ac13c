import { type KeyObject, verify } from "node:crypto";
import type { AssertionClaims } from "../../login/wire.ts";
import { Refusal } from "../refusal.ts";

/** An assertion taken apart; nothing in it is believed yet. */
export interface Assertion {
  readonly certificateDer: Uint8Array;
  readonly claims: AssertionClaims;
  readonly signingInput: string;
  readonly signature: Uint8Array;
}

const base64url = /^[A-Za-z0-9_-]+$/;
const base64 = /^[A-Za-z0-9+/]+={0,2}$/;
/** A JPKI certificate has about 1400 bytes. */
const maxLength = 16 * 1024;
const maxTextClaim = 256;

/**
 * Takes a compact JWS apart (RFC 7515, 7.1).
 * @throws {Refusal} assertion-malformed
 */
export function parseAssertion(text: string): Assertion {
  const parts = text.split(".");
  const [header, payload, signature] = parts;
  if (text.length > maxLength || parts.length !== 3 || !header || !payload || !signature) {
    throw malformed("not a compact JWS");
  }
  return {
    certificateDer: certificateIn(jsonOf(header)),
    claims: claimsIn(jsonOf(payload)),
    signingInput: `${header}.${payload}`,
    signature: bytesOf(signature),
  };
}

/** @throws {Refusal} assertion-signature */
export function checkSignature({ signingInput, signature }: Assertion, publicKey: KeyObject): void {
  if (!verify("sha256", Buffer.from(signingInput), publicKey, signature)) {
    throw new Refusal("assertion-signature", "the signature is not by the certificate's key");
  }
}

function malformed(problem: string): Refusal {
  return new Refusal("assertion-malformed", problem);
}

function bytesOf(part: string): Buffer {
  if (!base64url.test(part)) throw malformed("a part is not Base64url");
  return Buffer.from(part, "base64url");
}

function jsonOf(part: string): Record<string, unknown> {
  const text = bytesOf(part).toString("utf8");
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed === "object" && parsed !== null) return parsed as Record<string, unknown>;
  } catch {
    throw malformed("a part is not JSON");
  }
  throw malformed("a part is not a JSON object");
}

/** No other algorithm, no critical extension (RFC 7515, 4.1.11), and the card's certificate alone. */
function certificateIn({ alg, crit, x5c }: Record<string, unknown>): Uint8Array {
  if (alg !== "RS256") throw malformed("the algorithm is not RS256");
  if (crit !== undefined) throw malformed("critical extensions are not understood");
  if (!Array.isArray(x5c) || x5c.length !== 1) throw malformed("x5c does not hold one certificate");
  const [encoded] = x5c as unknown[];
  if (typeof encoded !== "string" || !base64.test(encoded)) throw malformed("x5c is not Base64");
  return new Uint8Array(Buffer.from(encoded, "base64"));
}

function claimsIn(claims: Record<string, unknown>): AssertionClaims {
  const text = (name: string): string => {
    const value = claims[name];
    if (typeof value !== "string" || value === "" || value.length > maxTextClaim) throw malformed(`claim ${name}`);
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
