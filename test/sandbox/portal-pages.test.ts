import path from "node:path";
import { describe, expect, test } from "vitest";
import type { LogEntry } from "../../src/sandbox/http/listener.ts";
import { setClosed } from "../../src/sandbox/operator/closing.ts";
import { openStore } from "../../src/sandbox/store/store.ts";
import { browserName } from "../../src/sandbox/web/portal/browser-name.ts";
import { now, random } from "./support/cards.ts";
import { portalHomeContract } from "./support/portal-home-contract.ts";
import { begin, portalPagesContract } from "./support/portal-pages-contract.ts";
import { runSandbox, temporaryFolder } from "./support/sandbox.ts";
import { fieldsOf, webBrowser } from "./support/web-browser.ts";

const freshDatabase = async () => path.join(temporaryFolder(), "sandbox.db");
portalPagesContract(freshDatabase);
portalHomeContract(freshDatabase);

test.each([
  [
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Safari/537.36",
    "Chrome, Linux",
  ],
  [
    "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0 Safari/537.36 Edg/150.0",
    "Edge, Windows",
  ],
  [
    "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605 Version/19.0 Mobile Safari/604.1",
    "Safari, iPhone",
  ],
  ["Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox, macOS"],
  ["curl/8.0", null],
  [undefined, null],
])("a browser that says %j is called %j", (agent, name) => {
  expect(browserName(agent)).toBe(name);
});

describe("a form of Mynaportal's pages", () => {
  test.each([
    ["/mynaportal/waiting", "/mynaportal/login/qr"],
    ["/device", "/device"],
  ])("to %s is refused from elsewhere: nothing happens", async (action, page) => {
    const log: LogEntry[] = [];
    const { url } = await runSandbox({ log: (entry) => log.push(entry) });
    const browser = webBrowser(url);
    const fields = fieldsOf((await browser.open(page)).html, action);
    for (const [changed, headers] of [
      [{ token: "x".repeat(43) }, {}],
      [{}, { origin: "http://evil.example" }],
      [{}, { origin: "null" }],
      [{}, { "sec-fetch-site": "cross-site" }],
    ] as const) {
      await browser.open(page);
      const refused = await browser.send(action, { ...fields, ...changed }, headers);
      expect([refused.status, refused.title]).toEqual([403, "This form was not accepted"]);
    }
    expect(browser.cookies.has("mynakit-waiting")).toBe(false);
    const refusals = log.filter(({ kind }) => kind === "refusal");
    expect(refusals).toHaveLength(4);
    expect(refusals).toMatchObject(refusals.map(() => ({ reason: "form-foreign", route: action })));
  });

  test("of another browser's visit denies and cancels nothing", async () => {
    const { url } = await runSandbox();
    const [asking, thief] = [webBrowser(url), webBrowser(url)];
    const waiting = await begin(asking);
    const { token = "" } = fieldsOf((await thief.open("/device")).html, "/device");
    expect((await asking.send("/mynaportal/waiting/cancel", { token })).status).toBe(403);
    expect((await asking.open(waiting.path)).title).toBe("Waiting for the approval");
  });
});

test("every page of Mynaportal forbids scripts, frames and caching, and its code goes to no other site", async () => {
  const { url } = await runSandbox();
  const browser = webBrowser(url);
  const waiting = await begin(browser);
  for (const path of ["/mynaportal", "/mynaportal/login", waiting.path, "/device", "/device?user_code=BCDF-GHJK"]) {
    const { headers } = await browser.open(path);
    expect(headers.get("content-security-policy"), path).toMatch(/^default-src 'none'; .*frame-ancestors 'none'/);
    expect(headers.get("x-frame-options")).toBe("DENY");
    expect(headers.get("referrer-policy")).toBe("strict-origin");
    expect(headers.get("cache-control")).toBe("no-store");
  }
});

test("a page answers HEAD as it does GET, without the page", async () => {
  const { url } = await runSandbox();
  for (const page of ["/mynaportal", "/mynaportal/login", "/device", "/mypage/login"]) {
    const answer = await fetch(url + page, { method: "HEAD" });
    expect([answer.status, answer.headers.get("content-type"), await answer.text()], page).toEqual([
      200,
      "text/html; charset=UTF-8",
      "",
    ]);
  }
});

test("neither log nor store keeps a waiting browser's cookie or code", async () => {
  const log: LogEntry[] = [];
  const database = path.join(temporaryFolder(), "sandbox.db");
  const { url } = await runSandbox({ database, log: (entry) => log.push(entry) });
  const browser = webBrowser(url);
  await begin(browser);
  const store = await openStore(database, () => now.getTime());
  const stored = await store.db.selectFrom("device_login").selectAll().execute();
  await store.close();
  expect(stored).toHaveLength(1);
  for (const cookie of browser.cookies.values()) expect(JSON.stringify([log, stored])).not.toContain(cookie);
});

test("a page of Mynaportal that fails says so without a word of why", async () => {
  const database = path.join(temporaryFolder(), "sandbox.db");
  const { url } = await runSandbox({ database });
  const store = await openStore(database, () => now.getTime());
  await store.db.schema.dropTable("device_login").execute();
  await store.close();
  const failed = await webBrowser(url).open("/device?user_code=BCDF-GHJK");
  expect([failed.status, failed.title]).toEqual([500, "The platform failed"]);
  expect(failed.html).not.toMatch(/device_login|at .*\.ts/);
});

test("while the platform is closed, the pages of Mynaportal say until when", async () => {
  const database = path.join(temporaryFolder(), "sandbox.db");
  const store = await openStore(database, () => now.getTime());
  await setClosed({ until: now.getTime() + 60 * 60 * 1000 }, { db: store.db, now: store.now, random });
  await store.close();
  const { url } = await runSandbox({ database });
  for (const page of ["/mynaportal", "/mynaportal/home", "/device"]) {
    const { status, title, html } = await webBrowser(url).open(page);
    expect([status, title]).toEqual([503, "Closed for maintenance"]);
    expect(html).toContain("Mynaportal (sandbox)");
    expect(html).toContain("Come back after 2026-11-22 13:00 JST.");
  }
});
