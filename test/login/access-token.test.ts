import { inspect } from "node:util";
import { decodeJwt, decodeProtectedHeader } from "jose";
import { expect, test } from "vitest";
import { AccessToken } from "../../src/login/access-token.ts";
import { newProofKey } from "../../src/login/proof-key.ts";
import { random } from "../sandbox/support/cards.ts";

test("a token that is bound to a key shows neither, and goes along with a proof for this request", () => {
  const key = newProofKey({ clock: () => new Date(0), random });
  const token = new AccessToken("geheim", key);
  const { d = "" } = key.reveal();
  const seen = [inspect({ token, key }, { showHidden: true, depth: 9 }), JSON.stringify({ token, key }), `${key}`];
  expect(seen.filter((text) => text.includes(d) || text.includes("geheim"))).toEqual([]);
  const { authorization, dpop = "" } = token.headersFor({ method: "GET", url: "https://portal.example/me?x=1" });
  expect(authorization).toBe("DPoP geheim");
  expect(decodeJwt(dpop)).toMatchObject({ htm: "GET", htu: "https://portal.example/me", iat: 0 });
  expect(decodeProtectedHeader(dpop)).toMatchObject({ typ: "dpop+jwt", alg: "ES256", jwk: { kty: "EC" } });
  expect(decodeProtectedHeader(dpop)).not.toHaveProperty("jwk.d");
});

test("an access token shows itself to nobody who does not ask for it by name", () => {
  const token = new AccessToken("geheim");
  const seen = [
    `${token}`,
    String(token),
    JSON.stringify({ token }),
    inspect({ token }),
    inspect(token, { showHidden: true }),
  ];
  expect(seen.filter((text) => text.includes("geheim"))).toEqual([]);
  expect(token.reveal()).toBe("geheim");
});
