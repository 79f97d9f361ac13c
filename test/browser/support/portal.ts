import { spawnSync } from "node:child_process";
import path from "node:path";
import type { Page } from "playwright-core";
import type { CardSigner } from "../../../src/login/card-login.ts";
import { approveAt } from "../../sandbox/support/portal-pages-contract.ts";
import { type RunningSandbox, temporaryFolder } from "../../sandbox/support/sandbox.ts";

/** What the QR codes of a page say, as another program reads them from a picture of it. */
export async function qrCodesOn(page: Page): Promise<string[]> {
  const folder = temporaryFolder();
  const file = path.join(folder, "page.png");
  await page.screenshot({ path: file, fullPage: true });
  const { stdout } = spawnSync("zbarimg", ["--quiet", "--raw", file], { encoding: "utf8" });
  return stdout.trim().split("\n");
}

/** Begins a login and waits. @returns the code that the page shows */
export async function waitForApproval(page: Page, url: string, way = "qr", reload = false): Promise<string> {
  await page.goto(`${url}/mynaportal/login/${way}`);
  await page.setChecked("#reload", reload);
  await page.click("main button");
  return (await page.locator("main .id").textContent()) ?? "";
}

/** Logs a browser in by a card elsewhere. */
export async function enterPortal(page: Page, sandbox: RunningSandbox, sign?: CardSigner): Promise<void> {
  await approveAt(sandbox, await waitForApproval(page, sandbox.url), sign);
  await page.click("a.button");
}
