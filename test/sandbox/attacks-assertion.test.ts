import { createHmac, randomBytes } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { jwtBearerGrant } from "../../src/login/wire.ts";
import {
  assertionOf,
  type CardOrder,
  type Forgery,
  hoursBefore,
  impostor,
  makeCard,
  makeForeignAuthority,
  now,
  type TestCard,
} from "./support/cards.ts";
import { answerOf, type Fortress, runFortress } from "./support/fortress.ts";
import { askNonce } from "./support/sandbox.ts";

const seconds = now.getTime() / 1000;
const tomorrow = new Date(now.getTime() + 24 * 60 * 60 * 1000);
const x5c = ({ certificate }: TestCard) => [Buffer.from(certificate).toString("base64")];
const base64url = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

async function send(url: string, assertion: string) {
  const body = new URLSearchParams({ grant_type: jwtBearerGrant, client_id: "mynakit", assertion, scope: "portal" });
  return answerOf(await fetch(`${url}/token`, { method: "POST", body }));
}

type Attack = readonly [name: string, reason: string, assertion: (fortress: Fortress) => Promise<string>];

const forged =
  (forgery: Forgery, card = makeCard()) =>
  async ({ url }: Fortress) =>
    assertionOf(card, url, await askNonce(url), forgery);

const cardThat = (order: CardOrder) => forged({}, makeCard(order));

const deep = (depth: number) => `${'{"a":'.repeat(depth)}1${"}".repeat(depth)}`;

/** A JWS made of any header and payload text, with a real card's signature over them. */
const signedText = (header: string, payload: string, card = makeCard()) => {
  const input = `${Buffer.from(header).toString("base64url")}.${Buffer.from(payload).toString("base64url")}`;
  return `${input}.${Buffer.from(card.sign(input)).toString("base64url")}`;
};

const attacks: readonly Attack[] = [
  ["expired", "assertion-expired", forged({ claims: { iat: seconds - 200, exp: seconds - 100 } })],
  ["from the future", "assertion-time", forged({ claims: { iat: seconds + 3600, exp: seconds + 3660 } })],
  ["with a life without end", "assertion-time", forged({ claims: { exp: Number.MAX_SAFE_INTEGER } })],
  ["for another platform", "assertion-audience", forged({ claims: { aud: "https://elsewhere.example" } })],
  [
    "for this platform under another spelling",
    "assertion-audience",
    async (fortress) => forged({ claims: { aud: `${fortress.url}/` } })(fortress),
  ],
  [
    "for several platforms",
    "assertion-malformed",
    async (fortress) => forged({ claims: { aud: [fortress.url, "https://elsewhere.example"] } })(fortress),
  ],
  [
    "with a nonce that nobody gave out",
    "nonce-unknown",
    forged({ claims: { nonce: randomBytes(24).toString("base64url") } }),
  ],
  [
    "with another platform's nonce",
    "nonce-unknown",
    async ({ url }) => {
      const other = await runFortress();
      return assertionOf(makeCard(), url, await askNonce(other.url));
    },
  ],
  [
    "by the key for signing documents",
    "certificate-wrong-profile",
    cardThat({ usage: [0, 1], policy: "1.2.392.200149.8.5.1.0.20" }),
  ],
  ["by an unknown authority's card", "certificate-untrusted", cardThat({ issuer: makeForeignAuthority().issuer })],
  ["by a card of the right name but the wrong key", "certificate-untrusted", cardThat({ issuer: impostor })],
  ["by a certificate that is an authority itself", "certificate-wrong-profile", cardThat({ authority: true })],
  ["by an expired card", "certificate-expired", cardThat({ notBefore: hoursBefore(99), notAfter: hoursBefore(1) })],
  ["by a card that is not valid yet", "certificate-not-yet-valid", cardThat({ notBefore: tomorrow })],
  [
    "with the algorithm none",
    "assertion-malformed",
    async ({ url }) => {
      const [, payload] = assertionOf(makeCard(), url, await askNonce(url)).split(".");
      return `${base64url({ alg: "none", x5c: x5c(makeCard()) })}.${payload}.`;
    },
  ],
  [
    "with HS256 and the certificate as key",
    "assertion-malformed",
    async ({ url }) => {
      const card = makeCard();
      const [, payload] = assertionOf(card, url, await askNonce(url)).split(".");
      const input = `${base64url({ alg: "HS256", x5c: x5c(card) })}.${payload}`;
      return `${input}.${createHmac("sha256", card.certificate).update(input).digest("base64url")}`;
    },
  ],
  [
    "with a key in the header",
    "assertion-signature",
    async ({ url }) => {
      const card = makeCard();
      const [, payload] = assertionOf(card, url, await askNonce(url)).split(".");
      const input = `${base64url({ alg: "RS256", x5c: x5c(card), jwk: { kty: "oct", k: "AA" }, jku: `${url}/jwks` })}.${payload}`;
      return `${input}.${randomBytes(256).toString("base64url")}`;
    },
  ],
  ["with another person's certificate", "assertion-issuer", forged({ header: { x5c: x5c(makeCard()) } })],
  [
    "in another person's name",
    "assertion-issuer",
    async ({ url }) => {
      const [thief, victim] = [makeCard(), makeCard()];
      const [, payload] = assertionOf(victim, url, await askNonce(url)).split(".");
      const input = `${base64url({ alg: "RS256", x5c: x5c(thief) })}.${payload}`;
      return `${input}.${Buffer.from(thief.sign(input)).toString("base64url")}`;
    },
  ],
  [
    "with claims nested 2000 deep",
    "assertion-malformed",
    async () => signedText(JSON.stringify({ alg: "RS256", x5c: x5c(makeCard()) }), deep(2000)),
  ],
  ["with a header nested 2000 deep", "assertion-malformed", async () => signedText(deep(2000), "{}")],
  ["with huge claims", "assertion-malformed", forged({ claims: { pad: "x".repeat(30_000) } })],
  ["with a claim that is huge", "assertion-malformed", forged({ claims: { jti: "x".repeat(2000) } })],
  [
    "with claims of the prototype",
    "assertion-malformed",
    async () =>
      signedText(JSON.stringify({ alg: "RS256", x5c: x5c(makeCard()) }), '{"__proto__":{"iss":"x","sub":"x"}}'),
  ],
  ["with a NUL in its nonce", "assertion-malformed", forged({ claims: { nonce: "a\0b" } })],
  ["with half a surrogate in its identifier", "assertion-malformed", forged({ claims: { jti: "\ud800" } })],
  ["with SQL for a nonce", "nonce-unknown", forged({ claims: { nonce: "' OR used = 0 --" } })],
];

describe("an assertion", () => {
  test.each(attacks)("%s is refused: %s", async (_name, reason, make) => {
    const fortress = await runFortress();
    const assertion = await make(fortress);
    await fortress.refuses({ status: 400, reason }, () => send(fortress.url, assertion));
    expect(JSON.stringify(fortress.entries)).not.toContain(assertion.slice(-20));
  });

  test("that was used before is refused, whatever nonce it is shown with", async () => {
    const fortress = await runFortress();
    const { url } = fortress;
    const card = makeCard();
    const first = assertionOf(card, url, await askNonce(url), { claims: { jti: "once" } });
    expect(await send(url, first)).toMatchObject({ status: 200 });
    await fortress.refuses({ status: 400, reason: "nonce-unknown" }, () => send(url, first));
    const again = assertionOf(card, url, await askNonce(url), { claims: { jti: "once" } });
    await fortress.refuses({ status: 400, reason: "assertion-replayed" }, () => send(url, again));
  });

  test("for another sandbox opens neither, and its nonce is not lost by being shown here", async () => {
    const [here, there] = [await runFortress(), await runFortress()];
    const assertion = assertionOf(makeCard(), there.url, await askNonce(there.url));
    await here.refuses({ status: 400, reason: "assertion-audience" }, () => send(here.url, assertion));
    expect(await send(there.url, assertion)).toMatchObject({ status: 200 });
  });

  test("with any bit turned over is refused, and the one it was made from still works", async () => {
    const { url, state } = await runFortress();
    const assertion = assertionOf(makeCard(), url, await askNonce(url));
    const parts = assertion.split(".").map((part) => Buffer.from(part, "base64url"));
    const before = await state();
    const bits = parts.flatMap((part, index) => Array.from({ length: part.length * 8 }, (_, bit) => ({ index, bit })));
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...bits), async ({ index, bit }) => {
        const changed = parts.map((part, at) =>
          at === index ? part.map((byte, place) => (place === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte)) : part,
        );
        const { status, reason } = await send(
          url,
          changed.map((part) => Buffer.from(part).toString("base64url")).join("."),
        );
        expect({ status, reason }).toEqual({
          status: 400,
          reason: expect.stringMatching(/^(assertion|certificate)-(malformed|signature|untrusted|issuer)$/),
        });
      }),
      { numRuns: 400 },
    );
    expect(await state()).toEqual(before);
    expect(await send(url, assertion)).toMatchObject({ status: 200 });
  });

  test("written in another alphabet of Base64, with padding, spaces or parts too many, is refused", async () => {
    const { url } = await runFortress();
    const assertion = assertionOf(makeCard(), url, await askNonce(url));
    const last = assertion.at(-1) ?? "";
    const idleBit = String.fromCharCode(last.charCodeAt(0) + 1);
    const spellings = [
      assertion.slice(0, -1) + idleBit,
      `${assertion}=`,
      `${assertion}.`,
      ` ${assertion}`,
      `${assertion}\n`,
      assertion.replace(".", ".\n"),
      `${assertion}.x.y`,
    ];
    for (const spelling of spellings) {
      expect(await send(url, spelling), spelling.slice(-6)).toMatchObject({
        status: 400,
        reason: "assertion-malformed",
      });
    }
  });
});

describe("the token endpoint", () => {
  const cases: readonly [name: string, fields: readonly (readonly [string, string])[], expected: object][] = [
    ["two assertions", [["assertion", "second"]], { status: 400, reason: "invalid_request" }],
    ["two grant types", [["grant_type", "password"]], { status: 400, reason: "invalid_request" }],
    ["two scopes", [["scope", "mykey"]], { status: 400, reason: "invalid_request" }],
    ["two clients", [["client_id", "other"]], { status: 400, reason: "invalid_request" }],
  ];
  test.each(cases)("refuses %s", async (_name, more, expected) => {
    const fortress = await runFortress();
    const { url } = fortress;
    const assertion = assertionOf(makeCard(), url, await askNonce(url));
    const body = new URLSearchParams({ grant_type: jwtBearerGrant, client_id: "mynakit", assertion, scope: "portal" });
    for (const [name, value] of more) body.append(name, value);
    const attack = async () => answerOf(await fetch(`${url}/token`, { method: "POST", body }));
    await fortress.refuses(expected as { status: number; reason: string }, attack);
  });

  test.each([
    "portal\u0000mykey",
    "portal\tmykey",
    "PORTAL",
    "portal,mykey",
    "offline_access",
    "openid portal admin",
    "*",
    "__proto__",
  ])("gives no scope for %j", async (scope) => {
    const { url } = await runFortress();
    const assertion = assertionOf(makeCard(), url, await askNonce(url));
    const body = new URLSearchParams({ grant_type: jwtBearerGrant, client_id: "mynakit", assertion, scope });
    const { status, error } = await answerOf(await fetch(`${url}/token`, { method: "POST", body }));
    expect({ status, error }).toEqual({ status: 400, error: "invalid_scope" });
  });

  test("gives a scope that is named twice once", async () => {
    const { url } = await runFortress();
    const assertion = assertionOf(makeCard(), url, await askNonce(url));
    const body = new URLSearchParams({
      grant_type: jwtBearerGrant,
      client_id: "mynakit",
      assertion,
      scope: "portal portal",
    });
    expect(await answerOf(await fetch(`${url}/token`, { method: "POST", body }))).toMatchObject({ scope: "portal" });
  });

  test("takes parameters from the body alone, and from a form alone", async () => {
    const { url, state } = await runFortress();
    const assertion = assertionOf(makeCard(), url, await askNonce(url));
    const fields = { grant_type: jwtBearerGrant, client_id: "mynakit", assertion, scope: "portal" };
    const before = await state();
    const { scope, ...others } = fields;
    const query = await fetch(`${url}/token?scope=${scope}`, { method: "POST", body: new URLSearchParams(others) });
    const json = await fetch(`${url}/token`, {
      method: "POST",
      body: JSON.stringify(fields),
      headers: { "content-type": "application/json" },
    });
    const get = await fetch(`${url}/token?scope=${scope}`);
    expect([query.status, json.status, get.status]).toEqual([400, 400, 404]);
    expect(await state()).toEqual(before);
  });
});

test("of 64 uses of one nonce at once by 64 cards, one logs in, and one person is known afterwards", async () => {
  const { url, state } = await runFortress();
  const nonce = await askNonce(url);
  const results = await Promise.all(Array.from({ length: 64 }, () => send(url, assertionOf(makeCard(), url, nonce))));
  expect(results.filter(({ status }) => status === 200)).toHaveLength(1);
  expect(results.filter(({ reason }) => reason === "nonce-unknown")).toHaveLength(63);
  expect((await state()).person).toHaveLength(1);
});
