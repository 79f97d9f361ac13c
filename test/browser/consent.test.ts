import * as client from "openid-client";
import { expect, onTestFinished, test } from "vitest";
import { awaitRedirect } from "../../src/login/issuer/redirect.ts";
import { apiPaths } from "../../src/portal/wire/api.ts";
import { addClient } from "../../src/sandbox/operator/clients.ts";
import { openStore } from "../../src/sandbox/store/store.ts";
import { makeCard, random, signerOf } from "../sandbox/support/cards.ts";
import { servicePlatform } from "../sandbox/support/external-service.ts";
import { approveAt } from "../sandbox/support/portal-pages-contract.ts";
import { type RunningSandbox, runSandbox, temporaryFolder } from "../sandbox/support/sandbox.ts";
import { barriersOn } from "./support/barriers.ts";
import { keepScreenshot, press, visit } from "./support/browser.ts";
import { enterPortal } from "./support/portal.ts";

/** A program on this computer that is registered with a sandbox, and what it asks a browser to open. */
async function aProgram(): Promise<{
  readonly sandbox: RunningSandbox;
  readonly configuration: client.Configuration;
  readonly address: string;
  readonly answer: Promise<URL>;
  readonly checks: client.AuthorizationCodeGrantChecks;
}> {
  const database = `${temporaryFolder()}/sandbox.db`;
  const sandbox = await runSandbox({ database });
  const store = await openStore(database, () => sandbox.clock().getTime());
  const registration = { name: "健康アプリ", redirectUris: ["http://127.0.0.1/callback"], scope: "openid portal" };
  const { id } = await addClient(registration, { db: store.db, now: store.now, random });
  await store.close();
  const configuration = await client.discovery(new URL(sandbox.url), id, undefined, client.None(), {
    execute: [client.allowInsecureRequests, client.enableNonRepudiationChecks],
  });
  const [verifier, state] = [client.randomPKCECodeVerifier(), client.randomState()];
  const page = { title: "Back to the terminal", text: "Received" };
  const redirect = await awaitRedirect({ port: 0, state, pages: { language: "en", received: page, foreign: page } });
  onTestFinished(redirect.close);
  const { href: address } = client.buildAuthorizationUrl(configuration, {
    redirect_uri: redirect.redirectUri,
    scope: "openid portal",
    state,
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: "S256",
  });
  const checks = { pkceCodeVerifier: verifier, expectedState: state };
  return { sandbox, configuration, address, answer: redirect.answer, checks };
}

test.for([
  ["ja-JP", "light", "許可する", "外部サービスへの同意"],
  ["en-GB", "dark", "Allow", "An external service asks for your consent"],
] as const)(
  "Chromium takes a service's request through the login and the consent, back to the service, in %s",
  async ([locale, colorScheme, allow, title]) => {
    const { sandbox, configuration, address, answer, checks } = await aProgram();
    const page = await visit({ locale, colorScheme, viewport: { width: 320, height: 640 }, javaScriptEnabled: true });
    await page.goto(address);
    expect(await page.locator("h1").textContent()).toBe(title);
    expect(await page.locator("main").textContent()).toContain("健康アプリ");
    expect(await page.getByRole("button", { name: allow, exact: true }).count()).toBe(0);
    expect(await barriersOn(page)).toEqual([]);
    await keepScreenshot(page, `consent-login-${locale}-${colorScheme}`);
    await page.click('main a[href*="/login/qr"]');
    await page.setChecked("#reload", false);
    await page.click("main button");
    await approveAt(sandbox, (await page.locator("main .id").textContent()) ?? "");
    await page.click("a.button");
    await page.waitForURL(/\/interaction\//);
    expect(await barriersOn(page)).toEqual([]);
    const fits = await page.evaluate("document.documentElement.scrollWidth <= innerWidth");
    expect(fits).toBe(true);
    await keepScreenshot(page, `consent-${locale}-${colorScheme}`);
    await page.getByRole("button", { name: allow, exact: true }).focus();
    await page.keyboard.press("Enter");
    await page.waitForURL(/^http:\/\/127\.0\.0\.1:\d+\/callback\?/);
    expect(await page.locator("h1").textContent()).toBe("Back to the terminal");
    const tokens = await client.authorizationCodeGrant(configuration, await answer, checks);
    const subject = tokens.claims()?.sub ?? "";
    expect(await client.fetchUserInfo(configuration, tokens.access_token, subject)).toEqual({ sub: subject });
    await page.goBack();
    expect(await page.getByRole("button", { name: allow, exact: true }).count()).toBe(0);
  },
);

test.for([
  ["en", "Withdraw: 健康アプリ", "The consent is withdrawn."],
  ["ja", "取り消す: 健康アプリ", "同意を取り消しました。"],
] as const)(
  "a consent is found from my page and withdrawn with the keyboard alone, in %s [row 153]",
  async ([locale, button, told]) => {
    const sandbox = await servicePlatform();
    const card = makeCard();
    const scope = "selfinfo:vaccinations selfinfo:checkups";
    const app = await sandbox.service("健康アプリ", scope);
    const token = await app.consented(card, scope);
    const page = await visit({ locale, viewport: { width: 320, height: 640 }, javaScriptEnabled: true });
    await enterPortal(page, sandbox, signerOf(card));
    await page.locator('main a[href="/mynaportal/consents"]').focus();
    await press(page, "Enter");
    await page.waitForURL(/consents$/);
    expect(await barriersOn(page)).toEqual([]);
    expect(await page.evaluate("document.documentElement.scrollWidth <= innerWidth")).toBe(true);
    await page.locator(".skip").focus();
    await press(page, "Enter");
    await press(page, "Tab");
    expect(await page.locator(":focus").getAttribute("role")).toBe("region");
    await press(page, "Tab");
    expect(await page.locator(":focus").getAttribute("aria-label")).toBe(button);
    await press(page, "Enter");
    await page.waitForURL(/notice=ended/);
    expect(await page.locator("[role=status]").textContent()).toContain(told);
    expect(await barriersOn(page)).toEqual([]);
    expect(await app.get(apiPaths.checkups, token)).toMatchObject({ status: 401 });
  },
);
