import { describe, expect, test } from "vitest";
import type { LogEntry } from "../../src/sandbox/http/listener.ts";
import { visit } from "./support/browser.ts";
import { formTo, otherSite } from "./support/other-site.ts";
import { enter, type Resident, resident } from "./support/resident.ts";

const emailOf = ({ onStore }: Resident) =>
  onStore(async ({ db }) => (await db.selectFrom("profile").select("email").executeTakeFirst())?.email);

describe("a form of another site", () => {
  test("changes nothing, with the right token in it and all cookies sent along", async () => {
    const person = await resident();
    const page = await visit();
    await enter(page, person);
    await page.click("nav >> text=Settings");
    const token = await page.inputValue("[name=token] >> nth=0");
    const key = await page.inputValue("[name=key]");
    const fields = { token, key, email: "thief@example.jp" };
    await page.goto(await otherSite(formTo(person.page("/profile"), fields)));
    await page.click("button");
    expect(page.url()).toBe(person.page("/profile"));
    expect(await page.locator("h1").textContent()).toBe("This form was not accepted");
    expect(await emailOf(person)).toBeUndefined();
  });

  test("logs nobody in as somebody else, nor out", async () => {
    const person = await resident();
    const page = await visit();
    await enter(page, person);
    for (const [name, fields] of [
      ["/login", { "mykey-id": person.mykeyId, password: "x" }],
      ["/card", { ticket: "x" }],
      ["/logout", {}],
    ] as const) {
      await page.goto(await otherSite(formTo(person.page(name), fields)));
      await page.click("button");
      expect(await page.locator("h1").textContent(), name).toBe("This form was not accepted");
    }
    await page.goto(person.page("/account"));
    expect(await page.locator("main .id").textContent()).toBe(person.mykeyId);
  });

  test("cannot be a frame with ours inside", async () => {
    const person = await resident();
    const page = await visit();
    await page.goto(await otherSite(`<iframe src="${person.page("")}"></iframe>`));
    expect(await page.frames()[1]?.content()).not.toContain("MyKey");
  });
});

describe("a form sent by hand", () => {
  const headers = (person: Resident) => ({ origin: person.url });
  const post = (person: Resident, name: string, init: RequestInit) =>
    fetch(person.page(name), { method: "POST", redirect: "manual", ...init });

  test.each([
    ["without a token", {}, {}],
    ["with a token of another visit", { token: "x".repeat(43) }, {}],
    ["without an origin", {}, { origin: undefined }],
    ["of an unnamed origin", {}, { origin: "null" }],
    ["that a browser says is another site's", {}, { "sec-fetch-site": "cross-site" }],
    ["that a browser says is another port's", {}, { "sec-fetch-site": "same-site" }],
  ])("%s is refused, with that reason in the log", async (_name, fields, changed) => {
    const log: LogEntry[] = [];
    const person = await resident({}, (entry) => log.push(entry));
    const page = await visit();
    await page.goto(person.page("/login"));
    const cookie = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
    const token = await page.inputValue("[name=token]");
    const good = { token, "mykey-id": person.mykeyId, password: "x" };
    const with_ = (form: Record<string, string>, more: Record<string, string | undefined>) =>
      post(person, "/login", {
        body: new URLSearchParams(form),
        headers: Object.entries({ cookie, ...headers(person), ...more }).filter(
          (entry): entry is [string, string] => entry[1] !== undefined,
        ),
      });
    expect((await with_(good, {})).status).toBe(400);
    const { token: _token, ...rest } = good;
    const bad = Object.keys(changed).length === 0 ? { ...rest, ...fields } : good;
    expect((await with_(bad, changed)).status).toBe(403);
    expect(log.filter(({ kind }) => kind === "refusal")).toMatchObject([
      { reason: "login-refused", route: "/mypage/login", status: 400 },
      { reason: "form-foreign", route: "/mypage/login", status: 403 },
    ]);
  });

  test("that is too large, or no form, is refused with a page", async () => {
    const person = await resident();
    const large = await post(person, "/login", { body: "x".repeat(20_000), headers: headers(person) });
    expect([large.status, large.headers.get("content-type")]).toEqual([413, "text/html; charset=UTF-8"]);
    const json = await post(person, "/login", {
      body: "{}",
      headers: { ...headers(person), "content-type": "text/json" },
    });
    expect(json.status).toBe(403);
  });
});

test("the session's cookie is new with every login, and a planted one is never taken over", async () => {
  const person = await resident();
  const page = await visit();
  const context = page.context();
  const planted = "p".repeat(43);
  const { hostname: domain } = new URL(person.url);
  await context.addCookies([{ name: "mynakit-session", value: planted, domain, path: "/", sameSite: "Strict" }]);
  const sessionCookie = async () => (await context.cookies()).find(({ name }) => name === "mynakit-session");
  await enter(page, person);
  const first = await sessionCookie();
  expect(first).toMatchObject({ httpOnly: true, sameSite: "Strict", path: "/", expires: -1, domain });
  expect(first?.value).toMatch(/^[\w-]{43}$/);
  expect(first?.value).not.toBe(planted);
  await enter(page, person);
  const second = await sessionCookie();
  expect(second?.value).not.toBe(first?.value);
  const stored = await person.onStore(({ db }) => db.selectFrom("page_session").selectAll().execute());
  expect(stored).toHaveLength(1);
  expect(JSON.stringify(stored)).not.toContain(second?.value);
});

test("every answer forbids scripts, frames and caching, and tells other sites nothing", async () => {
  const person = await resident();
  for (const name of ["", "/login", "/card", "/support", "/account", "/nothing", "/style.css"]) {
    const { headers } = await fetch(person.page(name), { redirect: "manual" });
    expect(headers.get("content-security-policy"), name).toBe(
      "default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    );
    expect(headers.get("referrer-policy")).toBe("strict-origin");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("permissions-policy")).toContain("camera=()");
    expect(headers.get("cache-control")).toBe(name === "/style.css" ? "no-cache" : "no-store");
    expect(headers.get("strict-transport-security")).toBeNull();
  }
});

test("neither log nor store keeps a password, a one-time address or a cookie", async () => {
  const log: LogEntry[] = [];
  const person = await resident({}, (entry) => log.push(entry));
  const address = await person.oneTimeAddress();
  const page = await visit();
  await page.goto(address);
  await page.click("main button");
  const cookies = (await page.context().cookies()).map(({ value }) => value);
  const ticket = new URL(address).searchParams.get("ticket");
  const stored = await person.onStore(async ({ db }) => [
    await db.selectFrom("page_session").selectAll().execute(),
    await db.selectFrom("page_ticket").selectAll().execute(),
  ]);
  expect(stored.flat()).toHaveLength(1);
  const kept = JSON.stringify([log, stored]);
  for (const secret of [ticket, ...cookies]) expect(kept).not.toContain(secret);
});

test("a page that fails says so without a word of why, and the log has it", async () => {
  const log: LogEntry[] = [];
  const person = await resident({}, (entry) => log.push(entry));
  const page = await visit();
  await enter(page, person);
  await person.onStore(({ db }) => db.schema.dropTable("points_report").execute());
  const answer = await page.goto(person.page("/points"));
  expect(answer?.status()).toBe(500);
  expect(await page.locator("h1").textContent()).toBe("The platform failed");
  expect(await page.content()).not.toMatch(/points_report|at .*\.ts/);
  expect(log.some(({ kind }) => kind === "failure")).toBe(true);
});
