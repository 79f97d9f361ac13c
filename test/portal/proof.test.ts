import fc from "fast-check";
import { decodeProtectedHeader } from "jose";
import * as client from "openid-client";
import { expect, test } from "vitest";
import { AccessToken } from "../../src/login/access-token.ts";
import { newProofKey } from "../../src/login/proof-key.ts";
import { jwtBearerGrant, type RefusalBody } from "../../src/login/wire.ts";
import { whoami } from "../../src/portal/client.ts";
import type { LogEntry } from "../../src/sandbox/http/listener.ts";
import { operations } from "../../src/sandbox/http/openapi/document.ts";
import { assertionOf, makeCard, random } from "../sandbox/support/cards.ts";
import { logIn } from "../sandbox/support/login.ts";
import { askNonce, exchange, type RunningSandbox, runSandbox } from "../sandbox/support/sandbox.ts";

const mePath = "/portal/v1/me";

/** A session, and what sends requests of it with the headers that the test wants. */
async function loggedIn(options: Parameters<typeof runSandbox>[0] = {}) {
  const sandbox = await runSandbox(options);
  const { accessToken } = await logIn(sandbox.platform, makeCard());
  const value = accessToken.reveal();
  const url = `${sandbox.url}${mePath}`;
  const key = accessToken.key ?? newProofKey({ clock: sandbox.clock, random });
  const send = async (headers: Record<string, string>) => {
    const response = await fetch(url, { headers });
    const { reason, error } = (await response.json()) as Partial<RefusalBody>;
    return { status: response.status, reason, error, challenge: response.headers.get("www-authenticate") };
  };
  const bound = (dpop: string) => ({ authorization: `DPoP ${value}`, dpop });
  const proof = (request: Partial<{ method: string; url: string; accessToken: string }> = {}) =>
    key.proof({ method: "GET", url, accessToken: value, ...request });
  return { sandbox, accessToken, value, url, key, send, bound, proof };
}

const foreignKey = ({ clock }: RunningSandbox) => newProofKey({ clock, random });

test("every login of ours gets a token that is bound to a key of its own", async () => {
  const { platform, clock } = await runSandbox();
  const card = makeCard();
  const keys = [await logIn(platform, card, clock), await logIn(platform, card, clock)].map(({ accessToken }) =>
    accessToken.key?.reveal(),
  );
  expect(keys[0]).toMatchObject({ kty: "EC", crv: "P-256" });
  expect(keys[0]).not.toEqual(keys[1]);
});

test("a token without the key is worth nothing: not as a bearer token, not with a thief's own key", async () => {
  const entries: LogEntry[] = [];
  const { sandbox, value, accessToken, send, bound, url } = await loggedIn({ log: (entry) => entries.push(entry) });
  const thief = foreignKey(sandbox);
  expect(await send({ authorization: `Bearer ${value}` })).toEqual({
    status: 401,
    error: "invalid_token",
    reason: "proof-missing",
    challenge: 'DPoP algs="ES256", error="invalid_token"',
  });
  expect(await send({ authorization: `DPoP ${value}` })).toMatchObject({ status: 401, reason: "proof-missing" });
  const theirs = thief.proof({ method: "GET", url, accessToken: value });
  expect(await send(bound(theirs))).toMatchObject({ status: 401, reason: "proof-foreign" });
  const stolen = new AccessToken(value, thief);
  await expect(whoami(sandbox.platform, stolen)).rejects.toMatchObject({
    code: "ERR_PLATFORM_REFUSED",
    details: { reason: "proof-foreign" },
  });
  await expect(whoami(sandbox.platform, accessToken)).resolves.toMatchObject({ sandbox: true });
  const refusals = entries.flatMap((entry) => (entry.kind === "refusal" ? [[entry.reason, entry.route]] : []));
  expect(refusals).toEqual([
    ["proof-missing", mePath],
    ["proof-missing", mePath],
    ["proof-foreign", mePath],
    ["proof-foreign", mePath],
  ]);
  expect(JSON.stringify(entries)).not.toContain(value);
});

/** Whatever shows a session: its path, with something in the place of its parameters. */
const entrances = operations.filter(({ access }) => !["nothing", "service"].includes(access));

test.each(entrances)("$method $path opens to no token without its key", async ({ method, path, access }) => {
  const { sandbox, value } = await loggedIn();
  const url = `${sandbox.url}${path.replace(/\{.*?\}/g, "x")}`;
  const theirs = foreignKey(sandbox).proof({ method, url, accessToken: value });
  for (const [credentials, reason] of [
    [{ authorization: `Bearer ${value}` }, "proof-missing"],
    [{ authorization: `DPoP ${value}` }, "proof-missing"],
    [{ authorization: `DPoP ${value}`, dpop: theirs }, "proof-foreign"],
  ] as const) {
    const headers = { ...credentials, "content-type": "application/json", "idempotency-key": "theft" };
    const response = await fetch(url, { method, headers, ...(method === "POST" && { body: "{}" }) });
    // The authorization server's own endpoint has words of its own.
    if (access === "openid") expect(response.ok).toBe(false);
    else expect([response.status, await response.json()]).toEqual([401, expect.objectContaining({ reason })]);
  }
});

test("a proof is good once", async () => {
  const { send, bound, proof } = await loggedIn();
  const once = proof();
  const outcomes = await Promise.all(Array.from({ length: 8 }, () => send(bound(once))));
  expect(outcomes.map(({ status }) => status).toSorted()).toEqual([200, ...Array(7).fill(401)]);
  expect(await send(bound(once))).toMatchObject({ reason: "proof-replayed", error: "invalid_dpop_proof" });
});

test("a proof is for one method, one address and one token", async () => {
  const { sandbox, send, bound, proof } = await loggedIn();
  const others = [
    proof({ method: "POST" }),
    proof({ url: `${sandbox.url}/portal/v1/sessions` }),
    proof({ url: `http://127.0.0.1:1${mePath}` }),
    proof({ accessToken: "another" }),
  ];
  for (const other of others) expect(await send(bound(other))).toMatchObject({ status: 401, reason: "proof-mismatch" });
});

test("a proof is good for two minutes, and not for clocks that are ahead", async () => {
  const { sandbox, send, bound, proof } = await loggedIn();
  const [early, late] = [proof(), proof()];
  sandbox.advance(119_000);
  expect(await send(bound(early))).toMatchObject({ status: 200 });
  sandbox.advance(2000);
  expect(await send(bound(late))).toMatchObject({ status: 401, reason: "proof-time" });
  sandbox.advance(-300_000);
  expect(await send(bound(late))).toMatchObject({ status: 401, reason: "proof-time" });
});

test("what is no proof is refused as such, whatever it is", async () => {
  const { send, bound, proof } = await loggedIn();
  const good = proof();
  const [head = "", claims = ""] = good.split(".");
  const none = Buffer.from(JSON.stringify({ ...decodeProtectedHeader(good), alg: "none" })).toString("base64url");
  for (const bad of [`${none}.${claims}.`, `${head}.${claims}.`, `${good}, ${good}`, "x", "a".repeat(5000)]) {
    expect(await send(bound(bad))).toMatchObject({ status: 401, reason: "proof-malformed" });
  }
  // The last character of a signature has bits that stand for nothing: with one of them set, it is the same signature.
  const respelt = `${good.slice(0, -1)}${String.fromCharCode(good.charCodeAt(good.length - 1) + 1)}`;
  expect(await send(bound(respelt))).toMatchObject({ status: 401 });
  await fc.assert(
    fc.asyncProperty(fc.nat(good.length - 1), fc.integer({ min: 1, max: 25 }), async (at, shift) => {
      const changed = String.fromCharCode(97 + ((good.charCodeAt(at) + shift) % 26));
      if (changed === good[at]) return;
      const { status } = await send(bound(good.slice(0, at) + changed + good.slice(at + 1)));
      expect(status).toBe(401);
    }),
    { numRuns: 60 },
  );
  expect(await send(bound(good))).toMatchObject({ status: 200 });
});

test("the token endpoint answers a bad proof as RFC 9449 says, and issues nothing", async () => {
  const { url, clock } = await runSandbox();
  const proof = newProofKey({ clock, random }).proof({ method: "POST", url: `${url}/elsewhere` });
  const assertion = assertionOf(makeCard(), url, await askNonce(url));
  const ask = (headers: Record<string, string>) =>
    fetch(`${url}/token`, {
      method: "POST",
      headers,
      body: new URLSearchParams({ grant_type: jwtBearerGrant, client_id: "mynakit", assertion, scope: "portal" }),
    });
  const refused = await ask({ dpop: proof });
  expect([refused.status, await refused.json()]).toMatchObject([
    400,
    { error: "invalid_dpop_proof", reason: "proof-mismatch" },
  ]);
  const taken = await ask({});
  expect([taken.status, await taken.json()]).toMatchObject([200, { token_type: "Bearer" }]);
});

test("a client that proves no key gets a bearer token", async () => {
  const { url } = await runSandbox();
  const { answer } = await exchange(url, assertionOf(makeCard(), url, await askNonce(url)));
  const response = await fetch(`${url}${mePath}`, { headers: { authorization: `Bearer ${answer.access_token}` } });
  expect(response.status).toBe(200);
});

test("another client's DPoP is understood: openid-client logs in and asks for userinfo and resources with it", async () => {
  const { url } = await runSandbox({ clock: () => new Date() });
  const configuration = await client.discovery(new URL(url), "mynakit", undefined, client.None(), {
    execute: [client.allowInsecureRequests],
  });
  const DPoP = client.getDPoPHandle(configuration, await client.randomDPoPKeyPair("ES256"));
  const card = makeCard({ notAfter: new Date("2029-01-01") });
  const iat = Math.floor(Date.now() / 1000);
  const claims = { iat, exp: iat + 60 };
  const assertion = assertionOf(card, url, await askNonce(url), { claims });
  const parameters = { assertion, scope: "openid portal" };
  const tokens = await client.genericGrantRequest(configuration, jwtBearerGrant, parameters, { DPoP });
  expect(tokens.token_type).toBe("dpop");
  const subject = tokens.claims()?.sub ?? "";
  const userinfo = await client.fetchUserInfo(configuration, tokens.access_token, subject, { DPoP });
  expect(userinfo).toEqual({ sub: subject });
  const me = new URL(`${url}${mePath}`);
  const answer = await client.fetchProtectedResource(configuration, tokens.access_token, me, "GET", null, undefined, {
    DPoP,
  });
  expect(await answer.json()).toMatchObject({ subject });
  await expect(client.fetchUserInfo(configuration, tokens.access_token, subject)).rejects.toThrow();
});
