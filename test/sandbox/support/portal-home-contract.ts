import { describe, expect, test } from "vitest";
import { endSessions, listSessions } from "../../../src/portal/client.ts";
import { fetchConsents } from "../../../src/portal/consents.ts";
import { askForInformation } from "../../../src/portal/information.ts";
import { fetchNotices } from "../../../src/portal/notices.ts";
import { withdrawApplication } from "../../../src/portal/procedures/applications.ts";
import { changeUser, fetchUser } from "../../../src/portal/user.ts";
import { apiPaths } from "../../../src/portal/wire/api.ts";
import { advance, sendBack } from "../../../src/sandbox/procedures/states.ts";
import { openStore } from "../../../src/sandbox/store/store.ts";
import { applicant } from "./applicant.ts";
import { makeCard, random, signerOf } from "./cards.ts";
import { servicePlatform } from "./external-service.ts";
import { logIn } from "./login.ts";
import { enterPortal } from "./portal-pages-contract.ts";
import { runSandbox } from "./sandbox.ts";
import { fieldsOf, type Shown, type WebBrowser, webBrowser } from "./web-browser.ts";

const minute = 60 * 1000;
const pages = ["home", "notices", "exchanges", "applications", "profile", "sessions", "consents"] as const;

/** What stands on a page, without markup. */
const textOf = ({ html }: Shown): string =>
  (html.split("<main")[1] ?? "").replaceAll(/<[^>]*>/g, " ").replaceAll(/\s+/g, " ");

async function register(browser: WebBrowser, fields: Readonly<Record<string, string>> = { nickname: "たろう" }) {
  await browser.open("/mynaportal/profile");
  return browser.send("/mynaportal/profile", fields);
}

/**
 * What the pages of Mynaportal show and do for who has logged in, whatever database it is.
 * @param freshDatabase names an empty database: a path or a URL
 */
export function portalHomeContract(freshDatabase: () => Promise<string>): void {
  /** Somebody who has logged in with a browser and with a command. */
  const open = async () => {
    const database = await freshDatabase();
    const sandbox = await runSandbox({ database });
    const card = makeCard();
    const { accessToken } = await logIn(sandbox.platform, card);
    sandbox.advance(minute);
    return { ...sandbox, database, card, accessToken, ...(await enterPortal(sandbox, signerOf(card))) };
  };

  describe("my page at Mynaportal", () => {
    test("shows the login, the certificate, and the commands for what there is no page for", async () => {
      const { home, url } = await open();
      const shown = textOf(home);
      expect(shown).toContain("You have not registered yet. Register");
      expect(shown).toContain("Logged in by approval with a card Ends at the latest 2026-11-22 13:01 JST");
      expect(shown).toContain("valid until 2027-09-18 12:00 JST Revocation not revoked");
      expect(shown).toContain(`mynakit portal info --platform ${url}`);
      expect(shown).toContain("mynakit pin change auth");
    });

    test("registers, once however often the form is sent, and greets by the name [row 88]", async () => {
      const { browser, platform, accessToken } = await open();
      await browser.open("/mynaportal/profile");
      const fields = { ...fieldsOf((await browser.open("/mynaportal/profile")).html, "/mynaportal/profile") };
      for (let sent = 0; sent < 2; sent++) {
        await browser.open("/mynaportal/profile");
        const saved = await browser.send("/mynaportal/profile", {
          ...fields,
          nickname: "たろう",
          email: "taro@example.jp",
        });
        expect(saved.html).toContain("Your registration is saved.");
      }
      expect(await fetchUser(platform, accessToken)).toMatchObject({ nickname: "たろう", email: "taro@example.jp" });
      const home = await browser.open("/mynaportal/home");
      expect(home.html).toContain("Welcome, たろう");
      expect(home.html).toContain("9 unread notices");
      await changeUser(platform, accessToken, { change: { nickname: "<b>花子</b>" }, idempotencyKey: "change" });
      expect((await browser.open("/mynaportal/home")).html).toContain("Welcome, &lt;b&gt;花子&lt;/b&gt;");
    });

    test("tells those who have registered of insurance card and account for public money [row 155]", async () => {
      const { browser, platform, accessToken } = await open();
      expect((await browser.open("/mynaportal/profile")).html).not.toContain("Other registrations");
      const saved = textOf(await register(browser));
      const { registrations } = await fetchUser(platform, accessToken);
      const shown = (day: string | null) => (day === null ? "not registered" : `registered (since ${day})`);
      expect(saved).toContain(`Card as insurance card ${shown(registrations.insuranceCard)} Account for public money`);
      expect(saved).toContain(`Account for public money ${shown(registrations.publicAccount)} `);
      expect(saved).toContain("a synthetic person&#39;s; they cannot be registered here");
      await browser.open("/mynaportal/profile");
      const wrong = await browser.send("/mynaportal/profile", { nickname: "" });
      expect(wrong.html).toContain("Other registrations");
    });

    test.each([
      [{ nickname: "" }, "nickname", "Enter a nickname of 1 to 20 characters."],
      [{ nickname: "x".repeat(21) }, "nickname", "Enter a nickname of 1 to 20 characters."],
      [{ nickname: "a\0" }, "nickname", "Enter a nickname of 1 to 20 characters."],
      [{ nickname: "a", email: "nobody" }, "email", "Enter an e-mail address such as name@example.jp."],
      [{ nickname: "a", notify: "on" }, "notify", "Notices need an e-mail address."],
    ])("says what is wrong with %j", async (fields, field, wrong) => {
      const { browser } = await open();
      const page = await register(browser, fields);
      expect(page.status).toBe(422);
      expect(page.html).toContain(`<li><a href="#${field}">${wrong}</a></li>`);
      expect(page.html).toContain(`aria-describedby="${field === "notify" ? "" : `${field}-hint `}${field}-wrong"`);
    });

    test("has notices and exchanges for those who have registered, as the API has them [rows 135, 136, 156]", async () => {
      const { browser, platform, accessToken, advance: later } = await open();
      for (const page of ["notices", "exchanges"]) {
        const { status, title } = await browser.open(`/mynaportal/${page}`);
        expect([status, title]).toEqual([409, "Register first"]);
      }
      await register(browser);
      await askForInformation(platform, accessToken, { topic: "tax", from: null, until: null, idempotencyKey: "ask" });
      later(5 * minute);
      const listed = await browser.open("/mynaportal/notices");
      expect(textOf(listed)).toMatch(/The answer is there: Tax and income.* unread .*You have registered\. .* unread/);
      const exchanges = textOf(await browser.open("/mynaportal/exchanges"));
      expect(exchanges).toContain("Yourself Municipality Tax and income Own request provided");
      const registered = async () =>
        (await fetchNotices(platform, accessToken)).find(({ kind }) => kind === "registered");
      const page = `/mynaportal/notices/${(await registered())?.number}`;
      expect(textOf(await browser.open(page))).toContain("You have registered.");
      expect(await registered()).toMatchObject({ readAt: null });
      const read = await browser.send("/mynaportal/notices/read");
      expect(textOf(read)).toMatch(/You have registered\. 2026-11-22 12:01 JST read/);
      expect(await registered()).toMatchObject({ readAt: "2026-11-22T03:06:00Z" });
      const again = await browser.open(page);
      expect(again.html).not.toContain("Mark as read");
    });

    test("tells of what opens when it opens, and knows no other notice [rows 135, 156]", async () => {
      const sandbox = await open();
      await register(sandbox.browser);
      sandbox.advance(120 * 24 * 60 * minute);
      const { browser } = await enterPortal(sandbox, signerOf(sandbox.card));
      expect(textOf(await browser.open("/mynaportal/notices"))).toContain("Tax returns for 2026 are accepted");
      expect((await browser.open("/mynaportal/notices/999")).title).toBe("There is no such notice");
      for (const number of ["999", "x", "99999999999999999999"]) {
        await browser.open("/mynaportal/notices/1");
        expect((await browser.send("/mynaportal/notices/read", { number })).title).toBe("There is no such notice");
      }
    });

    test("follows applications through their states, with the municipality's reasons", async () => {
      const database = await freshDatabase();
      const sandbox = await runSandbox({ database });
      const { apply, signer, accessToken } = await applicant(sandbox);
      const { browser } = await enterPortal(sandbox, signer);
      expect((await browser.open("/mynaportal/applications")).html).toContain("You have not applied for anything.");
      const { id } = await apply();
      const store = await openStore(database, () => sandbox.clock().getTime());
      const parts = { db: store.db, now: store.now, random };
      await advance(id, parts);
      await sendBack(id, "日付 <b>", parts);
      await store.close();
      const page = await browser.open("/mynaportal/applications");
      expect(textOf(page)).toContain(`Number ${id} State returned`);
      expect(textOf(page)).toMatch(/received .* under review .* returned 日付 &lt;b&gt;/);
      const told = textOf(page).replaceAll(/ +/g, " ");
      expect(told).toContain(`mynakit portal procedures apply 131105-moving-out --corrects ${id} --platform`);
      expect(told).toContain(`mynakit portal withdraw ${id} --platform`);
      await withdrawApplication(sandbox.platform, accessToken, { application: id, idempotencyKey: "withdraw" });
      expect((await browser.open("/mynaportal/applications")).html).not.toContain("mynakit portal withdraw");
    });

    test("lists where the person is logged in, and ends what is not known", async () => {
      const { browser, platform, accessToken, card, ...sandbox } = await open();
      const thief = (await enterPortal({ ...sandbox, platform }, signerOf(card))).browser;
      const listed = textOf(await browser.open("/mynaportal/sessions"));
      expect(listed).toContain("browser this browser 127.0.0.1 approved on another device");
      expect(listed).toContain("mynakit 127.0.0.1 card 2026-11-22 12:00 JST 2026-11-22 12:15 JST");
      const known = await listSessions(platform, accessToken);
      const [stranger, own] = known.filter(({ client }) => client === "browser");
      expect(known).toHaveLength(3);
      const sessions = [stranger?.id ?? "", own?.id ?? ""];
      const page = await browser.open("/mynaportal/sessions");
      const ids = [...page.html.matchAll(/name="session" value="(\w+)"/g)].map(([, id]) => id);
      const [theirs = ""] = sessions.filter((id) => ids.includes(id));
      const ended = await browser.send("/mynaportal/sessions/end", { session: theirs });
      expect(ended.html).toContain("It is ended.");
      expect((await thief.open("/mynaportal/home")).title).toBe("Log in");
      await browser.open("/mynaportal/sessions");
      const again = await browser.send("/mynaportal/sessions/end", { session: theirs });
      expect([again.status, again.title]).toEqual([404, "This login is over already"]);
      for (const session of ["\0", ""]) {
        await browser.open("/mynaportal/sessions");
        expect((await browser.send("/mynaportal/sessions/end", { session })).status).toBeLessThan(500);
      }
    });

    test("lists consents to services, of this person alone, and withdraws one: its session ends with it", async () => {
      const sandbox = await servicePlatform(await freshDatabase());
      const card = makeCard();
      const { accessToken } = await logIn(sandbox.platform, card);
      const { browser } = await enterPortal(sandbox, signerOf(card));
      const other = await enterPortal(sandbox, signerOf(makeCard({ holder: "hanako" })));
      expect(textOf(await browser.open("/mynaportal/consents"))).toContain(
        "You have consented to no external service.",
      );
      await register(browser);
      const scope = "selfinfo:vaccinations selfinfo:checkups";
      const app = await sandbox.service("<b>健康アプリ", scope);
      const token = await app.consented(card, scope);
      expect(textOf(await browser.open("/mynaportal/home"))).toContain("One service may act with your consent");
      const another = await sandbox.service("別のアプリ", scope);
      const kept = await another.consented(card, scope);
      expect(textOf(await browser.open("/mynaportal/home"))).toContain("2 services may act with your consent");
      expect((await browser.open("/mynaportal/sessions")).html).toContain('<a href="/mynaportal/consents">');
      const listed = await browser.open("/mynaportal/consents");
      expect(textOf(listed)).toMatch(
        /&lt;b&gt;健康アプリ vaccinations, .* check-ups, .* stands 2026-11-22 12:00 JST 2026-11-22 12:15 JST Withdraw/,
      );
      const consents = await fetchConsents(sandbox.platform, accessToken);
      const consent = consents.find(({ client }) => client === app.client.id)?.id ?? "";
      expect(listed.html).toContain(`name="consent" value="${consent}"`);
      const { key = "" } = fieldsOf(listed.html, "/mynaportal/consents/end");
      expect(textOf(await other.browser.open("/mynaportal/consents"))).toContain("You have consented to no");
      const { token: theirs = "" } = fieldsOf(
        (await other.browser.open("/mynaportal/profile")).html,
        "/mynaportal/profile",
      );
      await browser.open("/mynaportal/consents");
      const foreign = await browser.send("/mynaportal/consents/end", { token: theirs });
      expect([foreign.status, foreign.title]).toEqual([403, "This form was not accepted"]);
      expect(await app.get(apiPaths.checkups, token)).toMatchObject({ status: 200 });
      for (let sent = 0; sent < 2; sent++) {
        await browser.open("/mynaportal/consents");
        const ended = await browser.send("/mynaportal/consents/end", { key, consent });
        expect(textOf(ended)).toMatch(/The consent is withdrawn\..* withdrawn 2026-11-22 12:00 JST/);
        expect(ended.html.match(/aria-label="Withdraw: [^"]*"/g)).toEqual(['aria-label="Withdraw: 別のアプリ"']);
      }
      await browser.open("/mynaportal/consents");
      const again = await browser.send("/mynaportal/consents/end", { consent });
      expect([again.status, again.title]).toEqual([404, "This consent does not stand"]);
      expect(await app.get(apiPaths.checkups, token)).toMatchObject({ status: 401 });
      expect(await another.get(apiPaths.checkups, kept)).toMatchObject({ status: 200 });
      const sessions = (await browser.open("/mynaportal/sessions")).html;
      expect([sessions.includes("健康アプリ"), sessions.includes("別のアプリ")]).toEqual([false, true]);
      expect((await browser.open("/mynaportal/home")).html).toContain("One service may act with your consent");
    });

    test("is ended by a command, and by logging out everywhere ends the commands' sessions", async () => {
      const { browser, platform, accessToken, card, ...sandbox } = await open();
      const session = (await listSessions(platform, accessToken)).find(({ client }) => client === "browser")?.id ?? "";
      await endSessions(platform, accessToken, { session, idempotencyKey: "end" });
      expect((await browser.open("/mynaportal/home")).html).toContain("You are not logged in any more");
      const next = (await enterPortal({ ...sandbox, platform }, signerOf(card))).browser;
      await next.open("/mynaportal/sessions");
      await next.send("/mynaportal/logout", { everywhere: "on" });
      await expect(listSessions(platform, accessToken)).rejects.toMatchObject({ code: "ERR_PLATFORM_SESSION" });
    });

    test("is shown to nobody who has not logged in, who comes back to it after the login", async () => {
      const { url } = await runSandbox({ database: await freshDatabase() });
      const browser = webBrowser(url);
      for (const page of pages) {
        const next = encodeURIComponent(`/mynaportal/${page}`);
        expect((await browser.open(`/mynaportal/${page}`)).path).toBe(`/mynaportal/login?next=${next}`);
      }
    });
  });
}
