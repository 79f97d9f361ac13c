import { Concealed } from "../concealed.ts";
import { type ProofKey, type ProofParts, type ProvenRequest, storedProofKey } from "./proof-key.ts";
import type { Members } from "./shape.ts";

/** An OAuth access token. It cannot be printed. Only what sends or stores it calls `reveal()`. */
export class AccessToken extends Concealed {
  /** What the token is bound to; a token without it is good for whoever holds it (RFC 6750). */
  readonly key: ProofKey | undefined;
  readonly #value: string;

  constructor(value: string, key?: ProofKey) {
    super("[access token]");
    this.#value = value;
    this.key = key;
  }

  /** The token as the platform knows it. */
  reveal(): string {
    return this.#value;
  }

  /** The headers that let one request speak for the session (RFC 9449, 7.1; RFC 6750, 2.1). */
  headersFor(request: ProvenRequest): Readonly<Record<string, string>> {
    if (!this.key) return { authorization: `Bearer ${this.#value}` };
    return {
      authorization: `DPoP ${this.#value}`,
      dpop: this.key.proof({ ...request, accessToken: this.#value }),
    };
  }
}

/** A token as a session's file holds it, with its key. */
export const storedToken = (token: AccessToken): object => ({
  accessToken: token.reveal(),
  ...(token.key ? { key: token.key.reveal() } : {}),
});

/** A token as `storedToken` gave it. @throws {SyntaxError} where it is none */
export function tokenIn(session: Members, parts: ProofParts): AccessToken {
  const key = session.has("key") ? storedProofKey(session.object("key"), parts) : undefined;
  return new AccessToken(session.text("accessToken"), key);
}
