import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from "jose";
import * as client from "openid-client";
import { expect, test } from "vitest";
import { jwtBearerGrant } from "../../src/login/wire.ts";
import { assertionOf, makeCard } from "./support/cards.ts";
import { askNonce, runSandbox } from "./support/sandbox.ts";

async function discover(url: string): Promise<client.Configuration> {
  const execute = [client.allowInsecureRequests];
  return client.discovery(new URL(url), "mynakit", undefined, client.None(), { execute });
}

async function logIn(configuration: client.Configuration, scope: string) {
  const { issuer } = configuration.serverMetadata();
  const assertion = assertionOf(makeCard(), issuer, await askNonce(issuer));
  return client.genericGrantRequest(configuration, jwtBearerGrant, { assertion, scope });
}

test("an OpenID Connect client finds all it needs by discovery, and that this is a sandbox", async () => {
  const { url } = await runSandbox();
  const metadata = (await discover(url)).serverMetadata();
  expect(metadata).toMatchObject({
    issuer: url,
    grant_types_supported: expect.arrayContaining([jwtBearerGrant]),
    token_endpoint: `${url}/token`,
    revocation_endpoint: `${url}/token/revocation`,
    sandbox: true,
  });
});

test("it logs in, and the ID token is signed by the published key", async () => {
  const { url } = await runSandbox();
  const configuration = await discover(url);
  const tokens = await logIn(configuration, "openid portal");
  const { jwks_uri: jwksUri = "" } = configuration.serverMetadata();
  const published = (await (await fetch(jwksUri)).json()) as JSONWebKeySet;
  const keys = createLocalJWKSet(published);
  const verified = await jwtVerify(tokens.id_token ?? "", keys, { issuer: url, audience: "mynakit" });
  expect(verified.payload).toMatchObject({ sub: expect.stringMatching(/^[0-9a-f]{32}$/), amr: ["hwk", "pin"] });
  expect(published.keys.map((key) => "d" in key)).toEqual([false]);
});

test("userinfo names the same person, until the token is revoked", async () => {
  const { url } = await runSandbox();
  const configuration = await discover(url);
  const tokens = await logIn(configuration, "openid portal");
  const subject = tokens.claims()?.sub ?? "";
  expect(await client.fetchUserInfo(configuration, tokens.access_token, subject)).toEqual({ sub: subject });
  await client.tokenRevocation(configuration, tokens.access_token);
  await expect(client.fetchUserInfo(configuration, tokens.access_token, subject)).rejects.toThrow();
});

test("without the scope openid there is no ID token", async () => {
  const { url } = await runSandbox();
  expect(await logIn(await discover(url), "portal")).not.toHaveProperty("id_token");
});

test("an unknown client is refused", async () => {
  const { url } = await runSandbox();
  const body = new URLSearchParams({ grant_type: jwtBearerGrant, client_id: "stranger", assertion: "a.b.c" });
  const response = await fetch(`${url}/token`, { method: "POST", body });
  expect(response.status).toBe(401);
  expect(await response.json()).toMatchObject({ error: "invalid_client" });
});

test("the keys stay the same from start to start", async () => {
  const first = await runSandbox();
  const second = await runSandbox({ database: first.database });
  const keys = async (url: string) => (await fetch(`${url}/jwks`)).json();
  expect(await keys(second.url)).toEqual(await keys(first.url));
});
