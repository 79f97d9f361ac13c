import * as client from "openid-client";
import { describe, expect, test } from "vitest";
import { jwtBearerGrant } from "../../../src/login/wire.ts";
import { listSessions } from "../../../src/portal/client.ts";
import { fetchConsents, withdrawConsent } from "../../../src/portal/consents.ts";
import { registerUser } from "../../../src/portal/user.ts";
import { apiPaths } from "../../../src/portal/wire/api.ts";
import { isRedirectUri, type RegisteredClient } from "../../../src/sandbox/authorization/clients.ts";
import { addClient, removeClient } from "../../../src/sandbox/operator/clients.ts";
import { verifyAudit } from "../../../src/sandbox/store/audit-verify.ts";
import { openStore } from "../../../src/sandbox/store/store.ts";
import { wordsIn } from "../../../src/sandbox/web/words.ts";
import { assertionOf, makeCard, random, signerOf } from "./cards.ts";
import { logIn } from "./login.ts";
import { approveAt } from "./portal-pages-contract.ts";
import { askNonce, type RunningSandbox, runSandbox } from "./sandbox.ts";
import { type Shown, type WebBrowser, webBrowser } from "./web-browser.ts";

const redirectUri = "https://app.example/callback";
const second = 1000;

/** What an engineer without our client has: a registration, and `openid-client`. */
async function discover(url: string, id: string): Promise<client.Configuration> {
  const execute = [client.allowInsecureRequests, client.enableNonRepudiationChecks];
  return client.discovery(new URL(url), id, undefined, client.None(), { execute });
}

/** A request as `openid-client` makes it. */
async function authorization(configuration: client.Configuration, more: Readonly<Record<string, string>> = {}) {
  const verifier = client.randomPKCECodeVerifier();
  const [state, nonce] = [client.randomState(), client.randomNonce()];
  const url = client.buildAuthorizationUrl(configuration, {
    redirect_uri: redirectUri,
    scope: "openid portal",
    state,
    nonce,
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: "S256",
    ...more,
  });
  return { url, checks: { pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce } };
}

const codeOf = ({ html }: Shown): string => /<span class="id">([A-Z]{4}-[A-Z]{4})</.exec(html)?.[1] ?? "";

/** Opens a request in a browser, and logs in there for it with a card. @returns the page that asks for the consent */
async function logInFor(sandbox: RunningSandbox, browser: WebBrowser, url: URL, card = makeCard()): Promise<Shown> {
  const asked = await browser.open(url.pathname + url.search);
  await browser.open(`/mynaportal/login/qr?next=${asked.path}`);
  const waiting = await browser.send("/mynaportal/waiting");
  await approveAt(sandbox, codeOf(waiting), signerOf(card));
  return browser.open(waiting.path);
}

/** Where a browser is sent in the end. */
const answerIn = (page: Shown): URL => new URL(page.headers.get("location") ?? "none:");

/** A person's yes, whole. @returns where the browser is sent with the code */
async function allowed(sandbox: RunningSandbox, url: URL, card = makeCard()): Promise<URL> {
  const browser = webBrowser(sandbox.url);
  const { path } = await logInFor(sandbox, browser, url, card);
  return answerIn(await browser.send(path, { decision: "allow" }));
}

const grantRefused = { error: "invalid_grant" };

/**
 * What logins by authorization code must keep to, whatever database they are in.
 * @param freshDatabase names an empty database: a path or a URL
 */
export function codeFlowContract(freshDatabase: () => Promise<string>): void {
  async function run(order: Partial<Pick<RegisteredClient, "redirectUris" | "scope">> = {}) {
    const database = await freshDatabase();
    const sandbox = await runSandbox({ database });
    const operator = async <T>(work: (parts: Parameters<typeof addClient>[1]) => Promise<T>): Promise<T> => {
      const store = await openStore(database, () => sandbox.clock().getTime());
      try {
        return await work({ db: store.db, now: store.now, random });
      } finally {
        await store.close();
      }
    };
    const registration = { name: "健康アプリ", redirectUris: [redirectUri], scope: "openid portal", ...order };
    const registered = await operator((parts) => addClient(registration, parts));
    return { sandbox, operator, registered, configuration: await discover(sandbox.url, registered.id) };
  }

  describe("an authorization code with PKCE", () => {
    test("is what a client of anybody's logs in with: a card, a consent, a session that can be ended", async () => {
      const { sandbox, registered, configuration, operator } = await run();
      expect(configuration.serverMetadata()).toMatchObject({
        authorization_endpoint: `${sandbox.url}/auth`,
        code_challenge_methods_supported: ["S256"],
        response_types_supported: ["code"],
        authorization_response_iss_parameter_supported: true,
      });
      const { url, checks } = await authorization(configuration);
      const browser = webBrowser(sandbox.url);
      const first = await browser.open(url.pathname + url.search);
      expect([first.status, first.title]).toEqual([200, "An external service asks for your consent"]);
      for (const words of [
        "健康アプリ",
        registered.id,
        "app.example",
        wordsIn.en.portal.names.scopes.portal,
        "First log in with your card",
      ]) {
        expect(first.html).toContain(words);
      }
      expect(first.html).not.toContain('value="allow"');
      const card = makeCard();
      const page = await logInFor(sandbox, browser, url, card);
      expect([page.title, page.html.includes('value="allow"')]).toEqual([
        "An external service asks for your consent",
        true,
      ]);
      expect(page.headers.get("content-security-policy")).toContain("form-action 'self' https://app.example;");
      const answer = answerIn(await browser.send(page.path, { decision: "allow" }));
      expect(`${answer.origin}${answer.pathname}`).toBe(redirectUri);
      expect(answer.searchParams.get("iss")).toBe(sandbox.url);
      const tokens = await client.authorizationCodeGrant(configuration, answer, checks);
      expect(tokens).toMatchObject({ token_type: "bearer", scope: "openid portal", sandbox: true, expires_in: 900 });
      expect(tokens.refresh_token).toBeUndefined();
      const subject = tokens.claims()?.sub ?? "";
      expect(tokens.claims()).toMatchObject({ aud: registered.id, amr: ["hwk", "pin"] });
      expect(await client.fetchUserInfo(configuration, tokens.access_token, subject)).toEqual({ sub: subject });

      const { accessToken } = await logIn(sandbox.platform, card);
      const listed = await listSessions(sandbox.platform, accessToken);
      expect(listed.map(({ way, client: by }) => [way, by])).toContainEqual(["code", registered.id]);
      const me = await fetch(`${sandbox.url}/portal/v1/me`, {
        headers: { authorization: `Bearer ${tokens.access_token}` },
      });
      expect(await me.json()).toMatchObject({ subject });
      await client.tokenRevocation(configuration, tokens.access_token);
      await expect(client.fetchUserInfo(configuration, tokens.access_token, subject)).rejects.toThrow();
      expect(await operator(({ db }) => verifyAudit(db))).toMatchObject({ problem: null });
    });

    test("is bound to the key that was named with it, and so is what it is exchanged for", async () => {
      const { sandbox, configuration } = await run();
      const [mine, other] = [
        client.getDPoPHandle(configuration, await client.randomDPoPKeyPair("ES256")),
        client.getDPoPHandle(configuration, await client.randomDPoPKeyPair("ES256")),
      ];
      const exchange = async (DPoP?: client.DPoPHandle) => {
        const request = await authorization(configuration, { dpop_jkt: await mine.calculateThumbprint() });
        const answer = await allowed(sandbox, request.url);
        return client.authorizationCodeGrant(configuration, answer, request.checks, {}, DPoP ? { DPoP } : {});
      };
      for (const thief of [other, undefined]) await expect(exchange(thief)).rejects.toMatchObject(grantRefused);
      const tokens = await exchange(mine);
      expect(tokens.token_type).toBe("dpop");
      const subject = tokens.claims()?.sub ?? "";
      const user = await client.fetchUserInfo(configuration, tokens.access_token, subject, { DPoP: mine });
      expect(user.sub).toBe(subject);
      await expect(client.fetchUserInfo(configuration, tokens.access_token, subject)).rejects.toThrow();
    });

    test("takes a card each time: nobody is let in for being logged in, with or without a question", async () => {
      const { sandbox, configuration } = await run();
      const browser = webBrowser(sandbox.url);
      const request = await authorization(configuration);
      const { path } = await logInFor(sandbox, browser, request.url);
      await client.authorizationCodeGrant(
        configuration,
        answerIn(await browser.send(path, { decision: "allow" })),
        request.checks,
      );
      const silent = await authorization(configuration, { prompt: "none" });
      const refused = answerIn(await browser.open(silent.url.pathname + silent.url.search));
      expect(refused.searchParams.get("error")).toBe("login_required");
      sandbox.advance(second);
      const again = await authorization(configuration);
      const page = await browser.open(again.url.pathname + again.url.search);
      expect([page.status, page.html.includes('value="allow"')]).toEqual([200, false]);
      const pushed = await browser.send(page.path, { decision: "allow" });
      expect([pushed.path, pushed.headers.get("location")]).toEqual([page.path, null]);
    });

    test("is not given where the person says no, before or after the login", async () => {
      const { sandbox, configuration } = await run();
      const early = webBrowser(sandbox.url);
      const first = await authorization(configuration);
      const page = await early.open(first.url.pathname + first.url.search);
      const no = answerIn(await early.send(page.path, { decision: "deny" }));
      expect(Object.fromEntries(no.searchParams)).toMatchObject({ error: "access_denied", iss: sandbox.url });
      await expect(client.authorizationCodeGrant(configuration, no, first.checks)).rejects.toMatchObject({
        error: "access_denied",
      });
      const late = webBrowser(sandbox.url);
      const { path } = await logInFor(sandbox, late, (await authorization(configuration)).url);
      expect(answerIn(await late.send(path, { decision: "deny" })).searchParams.get("error")).toBe("access_denied");
      expect((await late.open(path)).status).toBe(410);
    });

    test("lets an external service read what the person consented to, until that is withdrawn, and no more", async () => {
      const { sandbox, configuration, registered } = await run({
        scope: "openid selfinfo:vaccinations selfinfo:checkups",
      });
      const request = await authorization(configuration, { scope: "openid selfinfo:vaccinations" });
      const card = makeCard();
      const { accessToken } = await logIn(sandbox.platform, card);
      const asked = async () => (await logInFor(sandbox, webBrowser(sandbox.url), request.url, card)).html;
      expect(await asked()).toContain(wordsIn.en.consent.notRegistered);
      const entry = { nickname: "たろう", email: null, notify: false };
      await registerUser(sandbox.platform, accessToken, { entry, idempotencyKey: "register" });
      expect(await asked()).not.toContain(wordsIn.en.consent.notRegistered);
      const answer = await allowed(sandbox, request.url, card);
      const { access_token: token } = await client.authorizationCodeGrant(configuration, answer, request.checks);
      const read = async (path: string) =>
        (await fetch(`${sandbox.url}${path}`, { headers: { authorization: `Bearer ${token}` } })).status;
      expect([await read(apiPaths.vaccinations), await read(apiPaths.checkups)]).toEqual([200, 403]);
      const [consent] = await fetchConsents(sandbox.platform, accessToken);
      expect(consent).toMatchObject({
        client: registered.id,
        service: "健康アプリ",
        scopes: ["selfinfo:vaccinations"],
      });
      const order = { consent: consent?.id ?? "", idempotencyKey: "withdraw" };
      await withdrawConsent(sandbox.platform, accessToken, order);
      expect(await read(apiPaths.vaccinations)).toBeGreaterThanOrEqual(401);
    });

    test("ends with its client: what that had is worth nothing any more", async () => {
      const { sandbox, configuration, operator, registered } = await run();
      const request = await authorization(configuration);
      const answer = await allowed(sandbox, request.url);
      const tokens = await client.authorizationCodeGrant(configuration, answer, request.checks);
      const me = async () =>
        (await fetch(`${sandbox.url}/portal/v1/me`, { headers: { authorization: `Bearer ${tokens.access_token}` } }))
          .status;
      expect(await me()).toBe(200);
      expect(await operator((parts) => removeClient(registered.id, parts))).toBe(1);
      expect(await me()).toBe(401);
      const { url } = await authorization(configuration);
      const page = await webBrowser(sandbox.url).open(url.pathname + url.search);
      expect([page.status, page.headers.get("location")]).toEqual([400, null]);
    });
  });

  test("every kind of redirect URI that can be registered can be used, on this computer with any port", async () => {
    const uris = [
      "https://app.example/cb",
      "http://127.0.0.1/cb",
      "http://[::1]/cb",
      "http://localhost/cb",
      "com.example.app:/cb",
    ];
    expect(uris.every(isRedirectUri)).toBe(true);
    const { sandbox, configuration } = await run({ redirectUris: uris });
    for (const uri of [...uris, "http://127.0.0.1:49152/cb", "http://[::1]:49152/cb"]) {
      const { url } = await authorization(configuration, { redirect_uri: uri });
      const browser = webBrowser(sandbox.url);
      const page = await browser.open(url.pathname + url.search);
      const answer = await browser.send(page.path, { decision: "deny" });
      expect([uri, answer.status, answer.headers.get("location")?.startsWith(`${uri}?`)]).toEqual([uri, 303, true]);
    }
  });

  describe("attacks on the authorization code", () => {
    test("a redirect URI that is not registered leads nowhere", async () => {
      const { sandbox, configuration } = await run();
      for (const uri of [
        "https://evil.example/callback",
        `${redirectUri}/../evil`,
        `${redirectUri}?next=https://evil.example`,
        "https://app.example.evil.example/callback",
        "http://app.example/callback",
        "javascript:alert(1)",
        "",
      ]) {
        const { url } = await authorization(configuration, { redirect_uri: uri });
        const page = await webBrowser(sandbox.url).open(url.pathname + url.search);
        expect([uri, page.status, page.headers.get("location")]).toEqual([uri, 400, null]);
      }
      for (const [language, title] of [
        ["ja", "サービスからの要求を受け付けられません"],
        ["en", "The service&#39;s request cannot be accepted"],
      ] as const) {
        const accept = { accept: "text/html", "accept-language": language };
        const { url } = await authorization(configuration, { redirect_uri: "https://evil.example" });
        const page = await webBrowser(sandbox.url).open(url.pathname + url.search, accept);
        expect(page.html).toContain(`<h1>${title}</h1>`);
        expect(page.html).not.toContain("evil.example");
        expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
      }
      const browser = webBrowser(sandbox.url);
      for (const next of ["https://evil.example/", "//evil.example/", "/interaction/../x?y", "/\\evil.example"]) {
        await browser.open(`/mynaportal/login/qr?next=${encodeURIComponent(next)}`);
        const waiting = await browser.send("/mynaportal/waiting");
        await approveAt(sandbox, codeOf(waiting));
        expect((await browser.open(waiting.path)).path).toBe("/mynaportal/home");
      }
    });

    test.each([
      ["no challenge", { code_challenge: "", code_challenge_method: "" }],
      ["a plain one", { code_challenge_method: "plain" }],
      ["one of an unknown kind", { code_challenge_method: "S512" }],
      ["one without its kind", { code_challenge_method: "" }],
    ])("a request with %s is refused", async (_name, changed) => {
      const { sandbox, configuration } = await run();
      const { url } = await authorization(configuration, changed);
      for (const [name, value] of Object.entries(changed)) if (value === "") url.searchParams.delete(name);
      const answer = answerIn(await webBrowser(sandbox.url).open(url.pathname + url.search));
      expect(answer.searchParams.get("error")).toBe("invalid_request");
      expect(answer.searchParams.has("code")).toBe(false);
    });

    test("a scope that the client was not registered with is refused", async () => {
      const { sandbox, configuration } = await run({ scope: "openid" });
      const { url } = await authorization(configuration);
      const answer = answerIn(await webBrowser(sandbox.url).open(url.pathname + url.search));
      expect(answer.searchParams.get("error")).toBe("invalid_scope");
    });

    test("a stolen code is worth nothing without the verifier, to another client, or after a minute", async () => {
      const { sandbox, configuration, operator } = await run();
      const request = await authorization(configuration);
      const answer = await allowed(sandbox, request.url);
      const other = { ...request.checks, pkceCodeVerifier: client.randomPKCECodeVerifier() };
      await expect(client.authorizationCodeGrant(configuration, answer, other)).rejects.toMatchObject(grantRefused);
      const thief = await operator((parts) =>
        addClient({ name: "Thief", redirectUris: [redirectUri], scope: "openid portal" }, parts),
      );
      const stranger = await discover(sandbox.url, thief.id);
      await expect(client.authorizationCodeGrant(stranger, answer, request.checks)).rejects.toMatchObject(grantRefused);
      sandbox.advance(61 * second);
      await expect(client.authorizationCodeGrant(configuration, answer, request.checks)).rejects.toMatchObject(
        grantRefused,
      );
    });

    test("a code that comes twice ends what it was exchanged for", async () => {
      const { sandbox, configuration } = await run();
      const request = await authorization(configuration);
      const answer = await allowed(sandbox, request.url);
      const { access_token: token } = await client.authorizationCodeGrant(configuration, answer, request.checks);
      await expect(client.authorizationCodeGrant(configuration, answer, request.checks)).rejects.toMatchObject(
        grantRefused,
      );
      const me = await fetch(`${sandbox.url}/portal/v1/me`, { headers: { authorization: `Bearer ${token}` } });
      expect(me.status).toBe(401);
    });

    test("a code that comes many times at once is exchanged once at most", async () => {
      const { sandbox, configuration } = await run();
      const request = await authorization(configuration);
      const answer = await allowed(sandbox, request.url);
      const exchange = () => client.authorizationCodeGrant(configuration, answer, request.checks);
      const answers = await Promise.allSettled(Array.from({ length: 6 }, exchange));
      expect(answers.filter(({ status }) => status === "fulfilled").length).toBeLessThanOrEqual(1);
    });

    test("an answer in another issuer's name is not taken for ours", async () => {
      const { sandbox, configuration } = await run();
      const request = await authorization(configuration);
      const answer = await allowed(sandbox, request.url);
      for (const iss of ["https://evil.example", ""]) {
        const mixed = new URL(answer);
        if (iss === "") mixed.searchParams.delete("iss");
        else mixed.searchParams.set("iss", iss);
        await expect(client.authorizationCodeGrant(configuration, mixed, request.checks)).rejects.toThrow();
      }
    });

    test("a consent of another site, of another browser, or by a link is none", async () => {
      const { sandbox, configuration } = await run();
      const browser = webBrowser(sandbox.url);
      const { path } = await logInFor(sandbox, browser, (await authorization(configuration)).url);
      const forged = await browser.send(path, { decision: "allow" }, { origin: "https://evil.example" });
      expect([forged.status, forged.headers.get("location")]).toEqual([403, null]);
      await browser.open(path);
      const crossSite = await browser.send(path, { decision: "allow" }, { "sec-fetch-site": "cross-site" });
      expect([crossSite.status, crossSite.headers.get("location")]).toEqual([403, null]);
      await browser.open(path);
      const guessed = await browser.send(path, { decision: "allow", token: "A".repeat(43) });
      expect([guessed.status, guessed.headers.get("location")]).toEqual([403, null]);
      const link = await browser.open(`${path}?decision=allow`);
      expect([link.status, link.headers.get("location")]).toEqual([200, null]);
      const stranger = webBrowser(sandbox.url);
      expect((await stranger.open(path)).status).toBe(410);
      const framed = link.headers.get("content-security-policy") ?? "";
      expect([framed.includes("frame-ancestors 'none'"), link.headers.get("x-frame-options")]).toEqual([true, "DENY"]);
      expect(answerIn(await browser.send(path, { decision: "allow" })).searchParams.has("code")).toBe(true);
    });
  });

  describe("openid-client, with nothing of ours but a card's signature", () => {
    test("runs discovery and the JWT bearer grant", async () => {
      const { sandbox } = await run();
      const configuration = await discover(sandbox.url, "mynakit");
      const { issuer } = configuration.serverMetadata();
      const assertion = assertionOf(makeCard(), issuer, await askNonce(issuer));
      const tokens = await client.genericGrantRequest(configuration, jwtBearerGrant, { assertion, scope: "openid" });
      const subject = tokens.claims()?.sub ?? "";
      expect(await client.fetchUserInfo(configuration, tokens.access_token, subject)).toEqual({ sub: subject });
    });

    test.each(["mynakit", "a registered client"])("runs the device flow as %s", async (as) => {
      const { sandbox, registered } = await run({ redirectUris: [] });
      const configuration = await discover(sandbox.url, as === "mynakit" ? as : registered.id);
      const asked = await client.initiateDeviceAuthorization(configuration, { scope: "openid portal" });
      await approveAt(sandbox, asked.user_code);
      const tokens = await client.pollDeviceAuthorizationGrant(configuration, { ...asked, interval: 0 });
      const subject = tokens.claims()?.sub ?? "";
      expect(await client.fetchUserInfo(configuration, tokens.access_token, subject)).toEqual({ sub: subject });
    });
  });
}
