import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { applicant } from "../sandbox/support/applicant.ts";
import { runSandbox } from "../sandbox/support/sandbox.ts";
import { barriersOn } from "./support/barriers.ts";
import { keepScreenshot, visit } from "./support/browser.ts";
import { enterPortal, waitForApproval } from "./support/portal.ts";
import { arrive, resident } from "./support/resident.ts";

const desktop = { width: 1280, height: 800 };
/** The narrowest window; what 1280 pixels are at a zoom of 400 %, too (WCAG 2.2, 1.4.10). */
const narrow = { width: 320, height: 640 };

interface Looked {
  readonly name: string;
  readonly path: string;
  /** What is done there before it is looked at. */
  act?(page: Page): Promise<unknown>;
}

const strangers: readonly Looked[] = [
  { name: "top", path: "" },
  { name: "login", path: "/login" },
  { name: "login-errors", path: "/login", act: (page) => page.click("main button") },
  { name: "card", path: "/card" },
  { name: "ticket-unknown", path: "/card?ticket=x" },
  { name: "support", path: "/support" },
  { name: "not-found", path: "/nothing" },
];
const members: readonly Looked[] = [
  { name: "account", path: "/account" },
  { name: "points", path: "/points" },
  { name: "history", path: "/history" },
  { name: "settings", path: "/profile" },
  {
    name: "settings-errors",
    path: "/profile",
    async act(page) {
      await page.check("#notify");
      await page.click("main button");
    },
  },
  { name: "password", path: "/password" },
];

const portalStrangers: readonly Looked[] = [
  { name: "top", path: "/mynaportal" },
  { name: "login", path: "/mynaportal/login?notice=ended" },
  { name: "login-reader", path: "/mynaportal/login/reader" },
  { name: "login-qr", path: "/mynaportal/login/qr" },
  { name: "login-phone", path: "/mynaportal/login/phone" },
  { name: "code", path: "/device" },
  { name: "code-unknown", path: "/device?user_code=BCDF-GHJK" },
  { name: "not-found", path: "/mynaportal/nothing" },
];
const portalMembers: readonly Looked[] = [
  { name: "unregistered", path: "/mynaportal/home" },
  { name: "register-first", path: "/mynaportal/notices" },
  { name: "profile-errors", path: "/mynaportal/profile", act: (page) => page.click("main button") },
  {
    name: "profile",
    path: "/mynaportal/profile",
    async act(page) {
      await page.fill("#nickname", "たろう");
      await page.click("main button");
    },
  },
  { name: "home", path: "/mynaportal/home" },
  { name: "notices", path: "/mynaportal/notices" },
  { name: "notice", path: "/mynaportal/notices/1" },
  { name: "exchanges", path: "/mynaportal/exchanges" },
  { name: "applications", path: "/mynaportal/applications" },
  { name: "sessions", path: "/mynaportal/sessions" },
  { name: "consents", path: "/mynaportal/consents" },
];

const looks = [
  { language: "ja", colorScheme: "light", viewport: desktop, window: "desktop" },
  { language: "ja", colorScheme: "dark", viewport: narrow, window: "mobile" },
  { language: "en", colorScheme: "light", viewport: narrow, window: "mobile" },
  { language: "en", colorScheme: "dark", viewport: desktop, window: "desktop" },
] as const;

/** Looks at a page as it is shown: it has no barrier, and fits into its window. */
const looking =
  (page: Page, { language, colorScheme, viewport, window }: (typeof looks)[number], site: string) =>
  async (name: string) => {
    expect(await page.getAttribute("html", "lang"), name).toBe(language);
    expect(await page.locator("h1").count(), name).toBe(1);
    expect(await page.locator(".sandbox").isVisible(), name).toBe(true);
    expect(await barriersOn(page), name).toEqual([]);
    const width = await page.evaluate("document.documentElement.scrollWidth");
    expect(width, `${name} needs a wider window`).toBeLessThanOrEqual(viewport.width);
    await keepScreenshot(page, `${site}-${name}-${language}-${colorScheme}-${window}`);
  };

test.each(looks)("every page is free of barriers in $language, $colorScheme, $window", async (look) => {
  const { language, colorScheme, viewport } = look;
  const person = await resident();
  await person.givePoints();
  const page = await visit({ locale: language, colorScheme, viewport, javaScriptEnabled: true });
  const shown = looking(page, look, "mypage");
  const lookAt = async ({ name, path, act }: Looked) => {
    await page.goto(person.page(path));
    await act?.(page);
    await shown(name);
  };
  for (const looked of strangers) await lookAt(looked);
  const address = await person.oneTimeAddress();
  await lookAt({ name: "arrival", path: address.slice(person.page("").length) });
  await arrive(page, address);
  for (const looked of members) await lookAt(looked);
});

test.each(looks)("every page of Mynaportal is, in $language, $colorScheme, $window", async (look) => {
  const { language, colorScheme, viewport } = look;
  const sandbox = await runSandbox();
  const { apply, signer } = await applicant(sandbox);
  await apply();
  const page = await visit({ locale: language, colorScheme, viewport, javaScriptEnabled: true });
  const shown = looking(page, look, "portal");
  const lookAt = async ({ name, path, act }: Looked) => {
    await page.goto(sandbox.url + path);
    await act?.(page);
    await shown(name);
  };
  for (const looked of portalStrangers) await lookAt(looked);
  for (const way of ["reader", "qr", "phone"]) {
    const code = await waitForApproval(page, sandbox.url, way, way === "qr");
    await shown(`waiting-${way}`);
    await lookAt({ name: "approval", path: `/device?user_code=${code}` });
  }
  await page.click("main button");
  await shown("denied-here");
  await lookAt({ name: "denied", path: "/mynaportal/waiting" });
  await enterPortal(page, sandbox, signer);
  await shown("arrived");
  for (const looked of portalMembers) await lookAt(looked);
});

test("the search for barriers finds one", async () => {
  const page = await visit({ javaScriptEnabled: true });
  await page.setContent("<html lang='en'><title>x</title><main><h1>x</h1><input><p style='color:#aaa'>pale</p></main>");
  const found = await barriersOn(page);
  expect(found.map((barrier) => barrier.split(":")[0])).toEqual(expect.arrayContaining(["label", "color-contrast"]));
});
