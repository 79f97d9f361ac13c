import { mkdirSync } from "node:fs";
import path from "node:path";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, onTestFinished } from "vitest";

/** Debian's; a browser has its own sandbox, which it cannot have as root. */
const launch = {
  executablePath: "/usr/bin/chromium",
  args: ["--disable-gpu", "--disable-quic", ...(process.getuid?.() === 0 ? ["--no-sandbox"] : [])],
};

const screenshots = path.join(import.meta.dirname, "../../../artifacts/screenshots");

/** One Chromium for a file of tests. */
let browser: Browser;
beforeAll(async () => {
  browser = await chromium.launch(launch);
});
afterAll(() => browser.close());

/** What a person brings: a language, a window, eyes. */
export type Visitor = Pick<BrowserContextOptions, "locale" | "viewport" | "colorScheme" | "javaScriptEnabled">;

/** An empty page of a browser profile of its own, without scripts: the pages have none. */
export async function visit(visitor: Visitor = {}): Promise<Page> {
  const context = await browser.newContext({ javaScriptEnabled: false, locale: "en-GB", ...visitor });
  onTestFinished(() => context.close());
  return context.newPage();
}

/** Presses a key so many times. */
export async function press(page: Page, key: string, times = 1): Promise<void> {
  for (let time = 0; time < times; time++) await page.keyboard.press(key);
}

/** Keeps a picture of the whole page in `artifacts/screenshots`. */
export async function keepScreenshot(page: Page, name: string): Promise<void> {
  mkdirSync(screenshots, { recursive: true });
  await page.screenshot({ path: path.join(screenshots, `${name}.png`), fullPage: true });
}
