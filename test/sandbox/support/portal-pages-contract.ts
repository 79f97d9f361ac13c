import { describe, expect, test } from "vitest";
import type { CardSigner } from "../../../src/login/card-login.ts";
import { approveDevice, denyDevice, lookUpDevice } from "../../../src/login/device/approval.ts";
import { deviceGrant } from "../../../src/login/device/wire.ts";
import { listSessions } from "../../../src/portal/client.ts";
import { verifyAudit } from "../../../src/sandbox/store/audit-verify.ts";
import { openStore } from "../../../src/sandbox/store/store.ts";
import { makeCard, random, signerOf } from "./cards.ts";
import { logIn } from "./login.ts";
import { type RunningSandbox, runSandbox } from "./sandbox.ts";
import { type Fields, type Shown, type WebBrowser, webBrowser } from "./web-browser.ts";

const minute = 60 * 1000;
const codeOf = ({ html }: Shown): string => /<span class="id">([A-Z]{4}-[A-Z]{4})</.exec(html)?.[1] ?? "";

/** A page whose commands stand in one piece. */
const withCommands = ({ html }: Shown): string => html.replaceAll(/<\/?span[^>]*>/g, "");

/** Begins a login in a browser. @returns the page that waits */
export async function begin(browser: WebBrowser, way = "qr", fields: Fields = {}): Promise<Shown> {
  await browser.open(`/mynaportal/login/${way}`);
  return browser.send("/mynaportal/waiting", fields);
}

/** A card elsewhere approves, as the CLI does. */
export async function approveAt({ platform, clock }: RunningSandbox, userCode: string, sign = signerOf(makeCard())) {
  await approveDevice({ platform, clock, random, sign }, await lookUpDevice(platform, userCode));
}

/** Logs a browser in to Mynaportal. */
export async function enterPortal(sandbox: RunningSandbox, sign?: CardSigner) {
  const browser = webBrowser(sandbox.url);
  const waiting = await begin(browser);
  await approveAt(sandbox, codeOf(waiting), sign);
  return { browser, home: await browser.open(waiting.path), waiting };
}

/**
 * What logins at the pages of Mynaportal must keep to, whatever database they are in.
 * @param freshDatabase names an empty database: a path or a URL
 */
export function portalPagesContract(freshDatabase: () => Promise<string>): void {
  const run = async () => {
    const database = await freshDatabase();
    return { ...(await runSandbox({ database })), database };
  };

  describe("a browser at Mynaportal", () => {
    test.each([
      ["reader", "IC card reader", "mynakit portal approve CODE --platform URL"],
      ["qr", "QR code", "<svg "],
      ["phone", "telephone", "whoever has the card"],
    ])("waits by %s, and goes on once a card has approved [rows 74, 75, 76, 78, 79]", async (way, title, shows) => {
      const sandbox = await run();
      const browser = webBrowser(sandbox.url);
      const page = await browser.open("/mynaportal/login");
      expect(page.html).toContain("Every login takes your My Number Card");
      expect((await browser.open(`/mynaportal/login/${way}`)).title).toContain(title);
      const waiting = await browser.send("/mynaportal/waiting");
      const code = codeOf(waiting);
      expect(waiting.title).toBe("Waiting for the approval");
      expect(withCommands(waiting)).toContain(shows.replace("CODE", code).replace("URL", sandbox.url));
      expect(waiting.html).toContain("<dd>10 min 0 s</dd>");
      expect(waiting.headers.get("refresh")).toBe("5");
      sandbox.advance(61_000);
      expect((await browser.open(waiting.path)).html).toContain("<dd>8 min 59 s</dd>");
      await approveAt(sandbox, code);
      const home = await browser.open(waiting.path);
      expect([home.path, home.title]).toEqual(["/mynaportal/home", "My page"]);
      expect(browser.cookies.has("mynakit-waiting")).toBe(false);
    });

    test("is asked less often where it looks too soon, and not by itself where that is switched off", async () => {
      const sandbox = await run();
      const browser = webBrowser(sandbox.url);
      const { path } = await begin(browser);
      const soon = await browser.open(path);
      expect(soon.headers.get("refresh")).toBe("8");
      expect(soon.html).toContain("reloads every 8 seconds");
      const still = await browser.open(`${path}&reload=off`);
      expect(still.headers.get("refresh")).toBeNull();
      const off = await begin(browser, "phone", { reload: undefined });
      expect([off.status, off.headers.get("refresh")]).toEqual([200, null]);
    });

    test("stands among the person's sessions, is ended from there, and by its own logout", async () => {
      const sandbox = await run();
      const card = makeCard();
      const { accessToken } = await logIn(sandbox.platform, card);
      sandbox.advance(minute);
      const { browser, home } = await enterPortal(sandbox, signerOf(card));
      expect(home.html).toContain("2027-09-18 12:00 JST");
      const listed = () => listSessions(sandbox.platform, accessToken);
      expect(await listed()).toMatchObject([
        { current: false, way: "device", client: "browser", device: null, expiresAt: "2026-11-22T03:11:00Z" },
        { current: true, way: "card" },
      ]);
      const out = await browser.send("/mynaportal/logout");
      expect(out.html).toContain("You are logged out.");
      expect(await listed()).toMatchObject([{ way: "card" }]);
      const second = await enterPortal(sandbox, signerOf(card));
      await second.browser.open("/mynaportal/home");
      await second.browser.send("/mynaportal/logout", { everywhere: "on" });
      await expect(listed()).rejects.toMatchObject({ code: "ERR_PLATFORM_SESSION" });
      const { db, close } = await openStore(sandbox.database, Date.now);
      await verifyAudit(db);
      await close();
    });

    test("is out after ten minutes without a click, and after an hour in any case [row 79]", async () => {
      const sandbox = await run();
      const { browser } = await enterPortal(sandbox);
      for (let clicks = 0; clicks < 6; clicks++) {
        sandbox.advance(9.9 * minute);
        expect((await browser.open("/mynaportal/home")).path).toBe("/mynaportal/home");
      }
      sandbox.advance(minute);
      const ended = await browser.open("/mynaportal/home");
      expect(ended.html).toContain("You are not logged in any more");
      const idle = await enterPortal(sandbox);
      sandbox.advance(10 * minute);
      expect((await idle.browser.open("/mynaportal/home")).path).toMatch(
        /login\?notice=ended&next=%2Fmynaportal%2Fhome/,
      );
    });

    test("has an answer that was lost given again, once, and the session before ends", async () => {
      const sandbox = await run();
      const browser = webBrowser(sandbox.url);
      const { path, ...waiting } = await begin(browser);
      await approveAt(sandbox, codeOf({ path, ...waiting }));
      const before = new Map(browser.cookies);
      await browser.open(path);
      const [lost] = [browser.cookies.get("mynakit-portal")];
      browser.cookies.clear();
      for (const [name, value] of before) browser.cookies.set(name, value);
      expect((await browser.open(path)).path).toBe("/mynaportal/home");
      browser.cookies.set("mynakit-portal", lost ?? "");
      expect((await browser.open("/mynaportal/home")).title).toBe("Log in");
    });

    test("that looks twice at once gets in, with one session", async () => {
      const sandbox = await run();
      const card = makeCard();
      const { accessToken } = await logIn(sandbox.platform, card);
      const browser = webBrowser(sandbox.url);
      const waiting = await begin(browser);
      await approveAt(sandbox, codeOf(waiting), signerOf(card));
      const tabs = Array.from({ length: 2 }, () => {
        const tab = webBrowser(sandbox.url);
        for (const [name, value] of browser.cookies) tab.cookies.set(name, value);
        return tab;
      });
      const looks = await Promise.all(tabs.map((tab) => tab.open(waiting.path)));
      expect(looks.map(({ title }) => title)).not.toContain("This login has been approved already");
      const shown = await Promise.all(tabs.map((tab) => tab.open("/mynaportal/home")));
      expect(shown.filter(({ title }) => title === "My page")).toHaveLength(1);
      const sessions = await listSessions(sandbox.platform, accessToken);
      expect(sessions.filter(({ client }) => client === "browser")).toHaveLength(1);
    });

    test("does not get in again by an approval whose session was ended", async () => {
      const sandbox = await run();
      const browser = webBrowser(sandbox.url);
      const waiting = await begin(browser);
      await approveAt(sandbox, codeOf(waiting));
      const before = new Map(browser.cookies);
      await browser.open(waiting.path);
      await browser.send("/mynaportal/logout");
      for (const [name, value] of before) browser.cookies.set(name, value);
      expect((await browser.open(waiting.path)).title).toBe("This login has been approved already");
    });

    test.each([
      ["denied", "The login was denied", denied],
      ["cancelled elsewhere", "The login was cancelled", cancelledElsewhere],
      ["too old", "The login is too old", async (sandbox: RunningSandbox) => sandbox.advance(10 * minute)],
    ])("whose login is %s is told so, and can begin again", async (_name, title, happens) => {
      const sandbox = await run();
      const browser = webBrowser(sandbox.url);
      const waiting = await begin(browser);
      await happens(sandbox, codeOf(waiting), browser);
      const page = await browser.open(waiting.path);
      expect([page.status, page.title]).toEqual([400, title]);
      expect(browser.cookies.has("mynakit-waiting")).toBe(false);
      expect((await begin(browser)).title).toBe("Waiting for the approval");
    });

    test("cancels its login on the platform, too", async () => {
      const sandbox = await run();
      const browser = webBrowser(sandbox.url);
      const code = codeOf(await begin(browser));
      expect((await browser.send("/mynaportal/waiting/cancel")).html).toContain("The login was cancelled.");
      await expect(lookUpDevice(sandbox.platform, code)).rejects.toMatchObject({
        details: { reason: "device-login-cancelled" },
      });
      const first = codeOf(await begin(browser));
      await begin(browser);
      await expect(lookUpDevice(sandbox.platform, first)).rejects.toMatchObject({
        details: { reason: "device-login-cancelled" },
      });
    });

    test("is not let in by what was approved for another browser", async () => {
      const sandbox = await run();
      const [asking, other] = [webBrowser(sandbox.url), webBrowser(sandbox.url)];
      const waiting = await begin(asking);
      const others = await begin(other);
      await approveAt(sandbox, codeOf(waiting));
      expect((await other.open(others.path)).title).toBe("Waiting for the approval");
      expect((await webBrowser(sandbox.url).open(waiting.path)).title).toBe("Log in");
      expect((await asking.open(waiting.path)).path).toBe("/mynaportal/home");
    });

    test("cannot have its request exchanged at the token endpoint, nor be let in by another device's", async () => {
      const sandbox = await run();
      const browser = webBrowser(sandbox.url);
      const waiting = await begin(browser);
      await approveAt(sandbox, codeOf(waiting));
      const device_code = browser.cookies.get("mynakit-waiting") ?? "";
      for (const client_id of ["mynakit", "browser"]) {
        const body = new URLSearchParams({ grant_type: deviceGrant, client_id, device_code });
        const answer = (await (await fetch(`${sandbox.url}/token`, { method: "POST", body })).json()) as object;
        expect(answer, client_id).toMatchObject({
          error: client_id === "mynakit" ? "invalid_grant" : "invalid_client",
        });
      }
      const body = new URLSearchParams({ client_id: "mynakit", scope: "portal" });
      const asked = await fetch(`${sandbox.url}/device-logins`, { method: "POST", body });
      const device = (await asked.json()) as { device_code: string; user_code: string };
      await approveAt(sandbox, device.user_code);
      browser.cookies.set("mynakit-waiting", device.device_code);
      expect((await browser.open(waiting.path)).title).toBe("No login is waiting for its approval");
      expect(browser.cookies.has("mynakit-portal")).toBe(false);
    });

    test("has a cookie that no API takes, nor the MyKey Platform's pages; and no token is a cookie", async () => {
      const sandbox = await run();
      const { browser } = await enterPortal(sandbox);
      const cookie = browser.cookies.get("mynakit-portal") ?? "";
      const me = `${sandbox.url}/portal/v1/me`;
      for (const headers of [{ authorization: `Bearer ${cookie}` }, { cookie: `mynakit-portal=${cookie}` }]) {
        expect((await fetch(me, { headers })).status).toBe(401);
      }
      browser.cookies.set("mynakit-session", cookie);
      expect((await browser.open("/mypage/account")).path).toMatch(/^\/mypage\/login/);
      const { accessToken } = await logIn(sandbox.platform, makeCard());
      browser.cookies.set("mynakit-portal", accessToken.reveal());
      expect((await browser.open("/mynaportal/home")).title).toBe("Log in");
    });

    test("gets a new cookie with every login, whatever was planted before, and the session before ends", async () => {
      const sandbox = await run();
      const browser = webBrowser(sandbox.url);
      const planted = "p".repeat(43);
      browser.cookies.set("mynakit-portal", planted).set("mynakit-waiting", planted);
      const waiting = await begin(browser);
      expect(browser.cookies.get("mynakit-waiting")).not.toBe(planted);
      await approveAt(sandbox, codeOf(waiting));
      await browser.open(waiting.path);
      const first = browser.cookies.get("mynakit-portal") ?? "";
      expect(first).toMatch(/^[\w-]{43}$/);
      expect(first).not.toBe(planted);
      const again = await begin(browser);
      await approveAt(sandbox, codeOf(again));
      await browser.open(again.path);
      const thief = webBrowser(sandbox.url);
      thief.cookies.set("mynakit-portal", first);
      expect((await thief.open("/mynaportal/home")).title).toBe("Log in");
    });

    test.each([
      ["/mynaportal/home", "/mynaportal/home"],
      ["/interaction/x-Y_1", "/interaction/x-Y_1"],
      ["https://evil.example/", "/mynaportal/home"],
      ["//evil.example/mynaportal/x", "/mynaportal/home"],
      ["/mynaportal/../mypage", "/mynaportal/home"],
      ["/mynaportal/%0d%0ax: y", "/mynaportal/home"],
    ])("that came with next=%s goes on to %s", async (next, expected) => {
      const sandbox = await run();
      const browser = webBrowser(sandbox.url);
      await browser.open(`/mynaportal/login/qr?${new URLSearchParams({ next })}`);
      const waiting = await browser.send("/mynaportal/waiting");
      await approveAt(sandbox, codeOf(waiting));
      expect((await browser.open(waiting.path)).path).toBe(expected);
    });
  });

  describe("the page that a QR code leads to", () => {
    test("shows who asks, from where and since when, and how a card approves; looking at it decides nothing", async () => {
      const sandbox = await run();
      const agent = "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0";
      const asking = webBrowser(sandbox.url, { "user-agent": agent });
      const waiting = await begin(asking);
      const code = codeOf(waiting);
      const here = webBrowser(sandbox.url);
      const page = await here.open(`/device?user_code=${code}`);
      expect(codeOf(page)).toBe(code);
      for (const shown of [
        "Firefox, Windows (browser)",
        "127.0.0.1",
        "2026-11-22 12:00 JST",
        "everything in Mynaportal",
      ]) {
        expect(page.html, shown).toContain(shown);
      }
      // The command asks for the code that the device shows, as nobody has typed it yet.
      const address = `&quot;${sandbox.url}/device?user_code=${code}&quot;`;
      expect(withCommands(page)).toContain(`mynakit portal approve ${address} --platform ${sandbox.url}`);
      for (const path of ["/device/denial", "/device/approval", "/device-logins/approvals"]) {
        expect((await here.open(`${path}?user_code=${code}`)).status, path).toBe(404);
      }
      expect((await asking.open(waiting.path)).title).toBe("Waiting for the approval");
      await here.open(`/device?user_code=${code}`);
      expect((await here.send("/device/denial")).title).toBe("The login was denied");
      expect((await asking.open(waiting.path)).title).toBe("The login was denied");
    });

    test("takes a code that is typed, however it is spelled, and says of each other one what is wrong with it", async () => {
      const sandbox = await run();
      const asking = webBrowser(sandbox.url);
      const code = codeOf(await begin(asking));
      const here = webBrowser(sandbox.url);
      const look = async (typed: string) => {
        await here.open("/device");
        const { status, html } = await here.send("/device", { "user-code": typed });
        return [status, /<h2 id="problem">([^<]*)/.exec(html)?.[1] ?? codeOf({ html } as Shown)];
      };
      expect(await look(code.toLowerCase().replace("-", " "))).toEqual([200, code]);
      await here.open("/device");
      const typed = await here.send("/device", { "user-code": code });
      expect(withCommands(typed)).toContain(`mynakit portal approve ${code} --platform ${sandbox.url}`);
      expect(await look("BCDF-GHJK")).toEqual([404, "No login has this code"]);
      await denied(sandbox, code);
      expect(await look(code)).toEqual([400, "The login was denied"]);
      const next = codeOf(await begin(asking));
      await approveAt(sandbox, next);
      expect(await look(next)).toEqual([400, "This login has been approved already"]);
      const old = codeOf(await begin(asking));
      sandbox.advance(10 * minute);
      expect(await look(old)).toEqual([400, "The login is too old"]);
    });

    test("counts wrong codes against their address, together with those that the API is asked", async () => {
      const sandbox = await run();
      const asking = webBrowser(sandbox.url);
      const waiting = await begin(asking);
      const here = webBrowser(sandbox.url);
      for (let guess = 0; guess < 5; guess++) {
        await here.open("/device?user_code=BCDF-GHJK");
        await expect(lookUpDevice(sandbox.platform, "BCDF-GHJK")).rejects.toMatchObject({
          details: { reason: "user-code-unknown" },
        });
      }
      const page = await here.open(`/device?user_code=${codeOf(waiting)}`);
      expect([page.status, page.headers.get("retry-after")]).toEqual([429, "30"]);
      expect(page.html).toContain("Too many wrong codes");
      expect(page.html).toContain("No code is looked at for 30 seconds");
    });

    test("shows what a device calls itself as text, whatever it looks like", async () => {
      const sandbox = await run();
      const body = new URLSearchParams({ client_id: "mynakit", scope: "portal", device_name: `"><script>x</script>` });
      const asked = await fetch(`${sandbox.url}/device-logins`, { method: "POST", body });
      const { user_code } = (await asked.json()) as { user_code: string };
      const page = await webBrowser(sandbox.url).open(`/device?user_code=${user_code}`);
      expect(page.html).toContain("&quot;&gt;&lt;script&gt;x&lt;/script&gt;");
      expect(page.html).not.toContain("<script");
    });
  });
}

async function denied({ platform }: RunningSandbox, code: string): Promise<void> {
  await denyDevice(platform, await lookUpDevice(platform, code));
}

async function cancelledElsewhere({ url }: RunningSandbox, _code: string, browser: WebBrowser): Promise<void> {
  const body = JSON.stringify({ deviceCode: browser.cookies.get("mynakit-waiting") });
  const headers = { "content-type": "application/json" };
  await fetch(`${url}/device-logins/cancellations`, { method: "POST", headers, body });
}
