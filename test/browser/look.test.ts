import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { keepScreenshot, visit } from "./support/browser.ts";
import { arrive, resident } from "./support/resident.ts";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

async function barriersOn(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const options = JSON.stringify({ runOnly: { type: "tag", values: tags } });
  const { violations } = (await page.evaluate(`axe.run(document, ${options})`)) as AxeResults;
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

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

test.each([
  { language: "ja", colorScheme: "light", viewport: desktop, window: "desktop" },
  { language: "ja", colorScheme: "dark", viewport: narrow, window: "mobile" },
  { language: "en", colorScheme: "light", viewport: narrow, window: "mobile" },
  { language: "en", colorScheme: "dark", viewport: desktop, window: "desktop" },
] as const)("every page is free of barriers in $language, $colorScheme, $window", async (look) => {
  const { language, colorScheme, viewport, window } = look;
  const person = await resident();
  await person.givePoints();
  const page = await visit({ locale: language, colorScheme, viewport, javaScriptEnabled: true });
  const lookAt = async ({ name, path, act }: Looked) => {
    await page.goto(person.page(path));
    await act?.(page);
    expect(await page.getAttribute("html", "lang"), name).toBe(language);
    expect(await page.locator("h1").count(), name).toBe(1);
    expect(await page.locator(".sandbox").isVisible(), name).toBe(true);
    expect(await barriersOn(page), name).toEqual([]);
    const width = await page.evaluate("document.documentElement.scrollWidth");
    expect(width, `${name} needs a wider window`).toBeLessThanOrEqual(viewport.width);
    await keepScreenshot(page, `mypage-${name}-${language}-${colorScheme}-${window}`);
  };
  for (const looked of strangers) await lookAt(looked);
  const address = await person.oneTimeAddress();
  await lookAt({ name: "arrival", path: address.slice(person.page("").length) });
  await arrive(page, address);
  for (const looked of members) await lookAt(looked);
});

test("the search for barriers finds one", async () => {
  const page = await visit({ javaScriptEnabled: true });
  await page.setContent("<html lang='en'><title>x</title><main><h1>x</h1><input><p style='color:#aaa'>pale</p></main>");
  const found = await barriersOn(page);
  expect(found.map((barrier) => barrier.split(":")[0])).toEqual(expect.arrayContaining(["label", "color-contrast"]));
});
