import { describe, expect, test } from "vitest";
import {
  assertionOf,
  type CardOrder,
  type Forgery,
  hoursBefore,
  impostor,
  makeCard,
  makeForeignAuthority,
  now,
} from "./support/cards.ts";
import { askNonce, exchange, runSandbox } from "./support/sandbox.ts";

const seconds = (date: Date) => date.getTime() / 1000;
const tomorrow = new Date(now.getTime() + 24 * 60 * 60 * 1000);

describe("a card login in order", () => {
  test("gives an access token and says what was checked", async () => {
    const { url } = await runSandbox();
    const { status, answer } = await exchange(url, assertionOf(makeCard(), url, await askNonce(url)), "openid portal");
    expect(status).toBe(200);
    expect(answer).toMatchObject({
      token_type: "Bearer",
      expires_in: 900,
      scope: "openid portal",
      revocation: "good",
      sandbox: true,
    });
    expect(answer.access_token).toMatch(/^[\w-]{43}$/);
  });

  test("accepts a production certificate of an authority that it was told to trust, and says that nobody asked about revocation", async () => {
    const { issuer, anchor } = makeForeignAuthority();
    const { url } = await runSandbox({ anchors: [anchor] });
    const card = makeCard({ issuer, policy: "1.2.392.200149.8.5.1.3.30" });
    const { answer } = await exchange(url, assertionOf(card, url, await askNonce(url)));
    expect(answer).toMatchObject({ revocation: "not-checked" });
  });
});

describe("a certificate is refused", () => {
  const cases: readonly [name: string, order: CardOrder, expected: object][] = [
    [
      "expired",
      { notBefore: hoursBefore(50), notAfter: hoursBefore(1) },
      { reason: "certificate-expired", not_after: "2026-11-22T02:00:00Z" },
    ],
    [
      "not valid yet",
      { notBefore: tomorrow },
      { reason: "certificate-not-yet-valid", not_before: "2026-11-23T03:00:00Z" },
    ],
    ["of another issuer with the same name", { issuer: impostor }, { reason: "certificate-untrusted" }],
    [
      "of an unknown issuer",
      { issuer: makeForeignAuthority().issuer },
      { reason: "certificate-untrusted", issuer: "O=Elsewhere,C=JP" },
    ],
    ["for signing", { usage: [0, 1], policy: "1.2.392.200149.8.5.1.0.20" }, { reason: "certificate-wrong-profile" }],
    ["with the key usage of signing alone", { usage: [0, 1] }, { reason: "certificate-wrong-profile" }],
    [
      "with the policy of signing alone",
      { policy: "1.2.392.200149.8.5.1.3.20" },
      { reason: "certificate-wrong-profile" },
    ],
    ["of an authority itself", { authority: true }, { reason: "certificate-wrong-profile" }],
  ];
  test.each(cases)("%s", async (_name, order, expected) => {
    const { url } = await runSandbox();
    const { status, answer } = await exchange(url, assertionOf(makeCard(order), url, await askNonce(url)));
    expect(status).toBe(400);
    expect(answer).toMatchObject({ error: "invalid_grant", sandbox: true, ...expected });
  });

  test("whose issuer has expired", async () => {
    const { issuer, anchor } = makeForeignAuthority(hoursBefore(1));
    const { url } = await runSandbox({ anchors: [anchor] });
    const { answer } = await exchange(url, assertionOf(makeCard({ issuer }), url, await askNonce(url)));
    expect(answer).toMatchObject({ reason: "certificate-untrusted" });
  });
});

describe("an assertion is refused", () => {
  const other = makeCard();
  const x5cOf = (bytes: Uint8Array) => [Buffer.from(bytes).toString("base64")];
  const cases: readonly [name: string, forgery: Forgery, reason: string][] = [
    ["for another platform", { claims: { aud: "https://elsewhere.example" } }, "assertion-audience"],
    ["expired", { claims: { iat: seconds(hoursBefore(1)), exp: seconds(hoursBefore(1)) + 60 } }, "assertion-expired"],
    ["of the future", { claims: { iat: seconds(tomorrow), exp: seconds(tomorrow) + 60 } }, "assertion-time"],
    ["that would live too long", { claims: { exp: seconds(now) + 3600 } }, "assertion-time"],
    ["in another name", { claims: { sub: "somebody" } }, "assertion-issuer"],
    ["by another issuer", { claims: { iss: "somebody", sub: "somebody" } }, "assertion-issuer"],
    ["without nonce", { claims: { nonce: undefined } }, "assertion-malformed"],
    ["with a nonce that nobody gave out", { claims: { nonce: "made-up" } }, "nonce-unknown"],
    ["with times that are no numbers", { claims: { exp: "soon" } }, "assertion-malformed"],
    ["unsigned", { header: { alg: "none" } }, "assertion-malformed"],
    ["with a symmetric algorithm", { header: { alg: "HS256" } }, "assertion-malformed"],
    ["with critical extensions", { header: { crit: ["b64"], b64: false } }, "assertion-malformed"],
    ["without certificate", { header: { x5c: [] } }, "assertion-malformed"],
    [
      "with two certificates",
      { header: { x5c: [...x5cOf(other.certificate), ...x5cOf(other.certificate)] } },
      "assertion-malformed",
    ],
    [
      "with another card's certificate of the same key",
      { header: { x5c: x5cOf(other.certificate) } },
      "assertion-issuer",
    ],
    [
      "with garbage for a certificate",
      { header: { x5c: x5cOf(Uint8Array.of(0x30, 0x03, 1, 2, 3)) } },
      "certificate-malformed",
    ],
  ];
  test.each(cases)("%s", async (_name, forgery, reason) => {
    const { url } = await runSandbox();
    const assertion = assertionOf(makeCard(), url, await askNonce(url), forgery);
    const { status, answer } = await exchange(url, assertion);
    expect({ status, ...answer }).toMatchObject({ status: 400, error: "invalid_grant", reason });
  });

  test("whose claims were altered after signing", async () => {
    const { url } = await runSandbox();
    const [header, , signature] = assertionOf(makeCard(), url, await askNonce(url)).split(".");
    const claims = assertionOf(makeCard(), url, await askNonce(url)).split(".")[1];
    const { answer } = await exchange(url, [header, claims, signature].join("."));
    expect(answer).toMatchObject({ reason: "assertion-signature" });
  });

  test("that was used before", async () => {
    const { url } = await runSandbox();
    const assertion = assertionOf(makeCard(), url, await askNonce(url));
    expect((await exchange(url, assertion)).status).toBe(200);
    expect((await exchange(url, assertion)).answer).toMatchObject({ reason: "nonce-unknown" });
  });

  test("whose identifier was used before, under a fresh nonce", async () => {
    const { url } = await runSandbox();
    const card = makeCard();
    const again = async () => assertionOf(card, url, await askNonce(url), { claims: { jti: "the-same" } });
    expect((await exchange(url, await again())).status).toBe(200);
    expect((await exchange(url, await again())).answer).toMatchObject({ reason: "assertion-replayed" });
  });

  test("with a nonce that is too old", async () => {
    const { url, advance } = await runSandbox();
    const nonce = await askNonce(url);
    advance(121_000);
    const iat = seconds(now) + 121;
    const { answer } = await exchange(url, assertionOf(makeCard(), url, nonce, { claims: { iat, exp: iat + 60 } }));
    expect(answer).toMatchObject({ reason: "nonce-unknown" });
  });

  test.each(["", "a", "a.b", "a.b.c", "e30.e30.e30", `${"a".repeat(20_000)}.b.c`])(
    "that is no assertion: %.20s",
    async (text) => {
      const { url } = await runSandbox();
      const { status, answer } = await exchange(url, text);
      expect(status).toBe(400);
      expect(answer.reason).toMatch(/^(assertion|request)-malformed$/);
    },
  );

  test.each(["", "everything", "portal everything"])("for a scope that is not there: %j", async (scope) => {
    const { url } = await runSandbox();
    const { answer } = await exchange(url, assertionOf(makeCard(), url, await askNonce(url)), scope);
    expect(answer).toMatchObject({ error: "invalid_scope", reason: "scope-unknown" });
  });
});

test("of twenty uses of one nonce at once, one gets through", async () => {
  const { url } = await runSandbox();
  const nonce = await askNonce(url);
  const cards = Array.from({ length: 20 }, () => makeCard());
  const results = await Promise.all(cards.map((card) => exchange(url, assertionOf(card, url, nonce))));
  expect(results.filter(({ status }) => status === 200)).toHaveLength(1);
});
