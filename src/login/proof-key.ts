import { createHash, createPrivateKey, type JsonWebKey, type KeyObject, sign } from "node:crypto";
import { Concealed } from "../concealed.ts";
import { newKey } from "../new-key.ts";
import type { Members } from "./shape.ts";

/** What a proof says beside its key: when it was made, and a number used once. */
export interface ProofParts {
  readonly clock: () => Date;
  random(length: number): Uint8Array;
}

/** The request that a proof is for. */
export interface ProvenRequest {
  readonly method: string;
  readonly url: string;
  /** The token that goes along, where one does. */
  readonly accessToken?: string;
}

const jtiBytes = 16;

/**
 * The key that a session is bound to (DPoP, RFC 9449): an access token is worth nothing to whoever lacks it. It cannot
 * be printed. Only what stores it calls `reveal()`.
 */
export class ProofKey extends Concealed {
  readonly #key: KeyObject;
  readonly #parts: ProofParts;

  /** @param key a private key on the curve P-256 */
  constructor(key: KeyObject, parts: ProofParts) {
    super("[proof key]");
    this.#key = key;
    this.#parts = parts;
  }

  /** The proof for one request: a JWT signed with ES256 (RFC 9449, 4.2). */
  proof({ method, url, accessToken }: ProvenRequest): string {
    const { kty, crv, x, y } = this.reveal();
    const header = { typ: "dpop+jwt", alg: "ES256", jwk: { kty, crv, x, y } };
    const { origin, pathname } = new URL(url);
    const claims = {
      jti: Buffer.from(this.#parts.random(jtiBytes)).toString("base64url"),
      htm: method,
      htu: `${origin}${pathname}`,
      iat: Math.floor(this.#parts.clock().getTime() / 1000),
      ...(accessToken === undefined ? {} : { ath: createHash("sha256").update(accessToken).digest("base64url") }),
    };
    const input = [header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString("base64url")).join(".");
    const signature = sign("sha256", Buffer.from(input), { key: this.#key, dsaEncoding: "ieee-p1363" });
    return `${input}.${signature.toString("base64url")}`;
  }

  /** The private key (RFC 7517). */
  reveal(): JsonWebKey {
    return this.#key.export({ format: "jwk" });
  }
}

/** A new key, for one session. */
export const newProofKey = (parts: ProofParts): ProofKey => new ProofKey(newKey(), parts);

/** A key as `reveal()` gave it. @throws {SyntaxError} where it is none */
export function storedProofKey(jwk: Members, parts: ProofParts): ProofKey {
  const key = { kty: "EC", crv: "P-256", x: jwk.text("x"), y: jwk.text("y"), d: jwk.text("d") };
  try {
    return new ProofKey(createPrivateKey({ key, format: "jwk" }), parts);
  } catch (cause) {
    throw new SyntaxError("the session's key is none", { cause });
  }
}
