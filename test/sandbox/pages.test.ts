import path from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { setClosed } from "../../src/sandbox/operator/closing.ts";
import { openStore } from "../../src/sandbox/store/store.ts";
import { createPages } from "../../src/sandbox/web/app.ts";
import { now, random } from "./support/cards.ts";
import { pagesContract } from "./support/pages-contract.ts";
import { runSandbox, temporaryFolder } from "./support/sandbox.ts";

describe("pages with an SQLite file", () => {
  pagesContract(async () => path.join(temporaryFolder(), "sandbox.db"));
});

test("behind HTTPS every cookie belongs to this host and HTTPS alone, and browsers are told to stay with it", async () => {
  const store = await openStore(path.join(temporaryFolder(), "sandbox.db"), () => now.getTime());
  onTestFinished(() => store.close());
  const parts = {
    db: store.db,
    now: () => now.getTime(),
    random,
    reservationCap: 1,
    standing: store.standing,
    url: "https://mykey.example",
    authorization: { find: async () => undefined, allow: async () => "", deny: async () => "" },
  };
  const pages = createPages(parts, () => {});
  const address = "/mypage/login?lang=ja";
  const incoming = { url: address, socket: { remoteAddress: "192.0.2.1" } };
  const response = await pages.request(address, {}, { incoming });
  expect(response.headers.get("strict-transport-security")).toBe("max-age=31536000");
  const cookies = response.headers.getSetCookie();
  expect(cookies.map((cookie) => cookie.split("=")[0])).toEqual(["__Host-mynakit-language", "__Host-mynakit-visitor"]);
  for (const cookie of cookies) expect(cookie).toMatch(/; Path=\/; HttpOnly; Secure; SameSite=Strict$/);
});

test.each([
  ["", "ja"],
  ["fr, de;q=0.5", "ja"],
  ["en-GB,en;q=0.9,ja;q=0.8", "en"],
  ["en;q=0.3, ja-JP;q=0.7", "ja"],
  ["en;q=0, *", "ja"],
  ["en;q=x", "ja"],
  [`${"x,".repeat(5000)}en`, "ja"],
])("a browser that asks for %j gets %s", async (header, language) => {
  const { url } = await runSandbox();
  const page = await (await fetch(`${url}/mypage`, { headers: { "accept-language": header } })).text();
  expect(page).toContain(`<html lang="${language}">`);
});

test("a chosen language is kept, and goes before what the browser asks for", async () => {
  const { url } = await runSandbox();
  const chosen = await fetch(`${url}/mypage?lang=en`);
  const cookie = chosen.headers
    .getSetCookie()
    .map((each) => each.split(";")[0])
    .join("; ");
  const next = await fetch(`${url}/mypage/support`, { headers: { cookie, "accept-language": "ja" } });
  expect(await next.text()).toContain('<html lang="en">');
  const unknown = await fetch(`${url}/mypage?lang=%22%3E`, { headers: { cookie } });
  expect(await unknown.text()).toContain('<html lang="en">');
});

test("while the platform is closed every page says until when, with its style", async () => {
  const database = path.join(temporaryFolder(), "sandbox.db");
  const store = await openStore(database, () => now.getTime());
  await setClosed({ until: now.getTime() + 60 * 60 * 1000 }, { db: store.db, now: store.now, random });
  await store.close();
  const { url } = await runSandbox({ database });
  for (const name of ["", "/login", "/account"]) {
    const closed = await fetch(`${url}/mypage${name}`, { headers: { "accept-language": "en" } });
    expect([closed.status, closed.headers.get("retry-after")]).toEqual([503, "3600"]);
    expect(await closed.text()).toContain("Come back after 2026-11-22 13:00 JST.");
  }
  expect((await fetch(`${url}/mypage/style.css`)).status).toBe(200);
});
