import { mkdirSync } from "node:fs";
import path from "node:path";
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { test as plainTest } from "vitest";

/** Debian's; a browser has its own sandbox, which it cannot have as root. */
const launch = {
  executablePath: "/usr/bin/chromium",
  args: ["--disable-gpu", "--disable-quic", ...(process.getuid?.() === 0 ? ["--no-sandbox"] : [])],
};

const screenshots = path.join(import.meta.dirname, "../../../artifacts/screenshots");

/** What a person brings: a language, a window, eyes. */
export type Visitor = Pick<BrowserContextOptions, "locale" | "viewport" | "colorScheme" | "javaScriptEnabled">;

interface Browsing {
  readonly browser: Browser;
  /** A new browser profile of its own. There are no scripts on the pages, so none can run: unless they are the test's. */
  newVisitor(visitor?: Visitor): Promise<BrowserContext>;
  /** The first page of one. */
  open(url: string, visitor?: Visitor): Promise<Page>;
}

/** One Chromium for a file of tests. */
export const test = plainTest.extend<Browsing>({
  browser: [
    // biome-ignore lint/correctness/noEmptyPattern: the form that vitest reads
    async ({}, use) => {
      const browser = await chromium.launch(launch);
      await use(browser);
      await browser.close();
    },
    { scope: "file" },
  ],
  async newVisitor({ browser }, use) {
    const contexts: BrowserContext[] = [];
    await use(async (visitor = {}) => {
      const context = await browser.newContext({ javaScriptEnabled: false, locale: "en-GB", ...visitor });
      contexts.push(context);
      return context;
    });
    await Promise.all(contexts.map((context) => context.close()));
  },
  async open({ newVisitor }, use) {
    await use(async (url, visitor) => {
      const page = await (await newVisitor(visitor)).newPage();
      await page.goto(url);
      return page;
    });
  },
});

/** Keeps a picture of the whole page in `artifacts/screenshots`. */
export async function keepScreenshot(page: Page, name: string): Promise<void> {
  mkdirSync(screenshots, { recursive: true });
  await page.screenshot({ path: path.join(screenshots, `${name}.png`), fullPage: true });
}
