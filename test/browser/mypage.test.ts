import { describe, expect, test } from "vitest";
import { reportLeak, revokeMykeyId } from "../../src/mykey/client.ts";
import { now } from "../sandbox/support/cards.ts";
import { press, visit } from "./support/browser.ts";
import { arrive, enter, password, resident } from "./support/resident.ts";

const minute = 60 * 1000;

describe("a login with MyKey ID and password", () => {
  test("needs nothing but the keyboard, from the top page on", async () => {
    const { page: at, mykeyId } = await resident();
    const page = await visit();
    await page.goto(at(""));
    await press(page, "Tab");
    expect(await page.locator(":focus").textContent()).toBe("Skip to the content");
    await press(page, "Enter");
    await press(page, "Tab", 2);
    expect(await page.locator(":focus").textContent()).toBe("With MyKey ID and password");
    await press(page, "Enter");
    await page.waitForURL(at("/login"));
    await page.locator(".skip").focus();
    await press(page, "Enter");
    await press(page, "Tab");
    await page.keyboard.type(mykeyId.toLowerCase());
    await press(page, "Tab");
    await page.keyboard.type(password);
    await press(page, "Enter");
    await page.waitForURL(at("/account"));
    expect(await page.locator("h1").textContent()).toBe("Account");
    expect(await page.locator("header .id").textContent()).toBe(mykeyId);
  });

  test("with a wrong password says so and shows the ID again, but no password", async () => {
    const person = await resident();
    const page = await visit();
    await enter(page, person, "wrong horse battery");
    expect(await page.locator("main").textContent()).toContain("MyKey ID or password is wrong");
    expect(await page.inputValue("#mykey-id")).toBe(person.mykeyId);
    expect(await page.content()).not.toContain("wrong horse");
    expect(await page.title()).toMatch(/^Error: /);
  });

  test("with an empty field leads to the field", async () => {
    const { page: at } = await resident();
    const page = await visit();
    await page.goto(at("/login"));
    await page.click("main button");
    await page.click("text=Password: Fill in this field.");
    expect(new URL(page.url()).hash).toBe("#password");
    const described = await page.getAttribute("#password", "aria-describedby");
    expect(await page.locator(`#${described}`).textContent()).toBe("Fill in this field.");
  });

  test("is throttled after five wrong ones, says until when, and a card opens the page meanwhile", async () => {
    const person = await resident();
    const page = await visit();
    for (let guess = 0; guess < 5; guess++) await enter(page, person, "wrong horse battery");
    const answered = page.waitForResponse((response) => response.request().method() === "POST");
    await enter(page, person);
    expect((await answered).status()).toBe(429);
    expect(await (await answered).headerValue("retry-after")).toBe("30");
    expect(await page.locator("main").textContent()).toContain("No password is looked at for 30 seconds");
    await arrive(page, await person.oneTimeAddress());
    expect(page.url()).toBe(person.page("/account"));
  });
});

describe("a one-time address", () => {
  test("opens my page by card once, and leaves no trace of itself in the address", async () => {
    const person = await resident();
    const address = await person.oneTimeAddress();
    const page = await visit();
    await page.goto(address);
    expect(await page.locator("main").textContent()).toContain("only if you asked for this address yourself");
    const arriving = page.waitForRequest((request) => request.method() === "POST");
    await page.click("main button");
    const { referer = "" } = await (await arriving).allHeaders();
    expect(referer).not.toContain("ticket");
    expect(page.url()).toBe(person.page("/account"));
    expect(await page.locator("main").textContent()).toContain("the card");
    const other = await visit();
    await other.goto(address);
    expect(await other.locator("h1").textContent()).toBe("This address opens nothing any more");
    await other.goto(person.page("/account"));
    expect(other.url()).toBe(person.page("/login"));
  });

  test("is not used up by looking at it, and is over after a minute", async () => {
    const person = await resident();
    const address = await person.oneTimeAddress();
    for (let look = 0; look < 3; look++) await fetch(address);
    const page = await visit();
    await page.goto(address);
    person.advance(59_000);
    await page.click("main button");
    expect(page.url()).toBe(person.page("/account"));
    await page.goto(await person.oneTimeAddress());
    person.advance(60_000);
    await page.click("main button");
    expect(await page.locator("h1").textContent()).toBe("This address opens nothing any more");
  });
});

describe("my page", () => {
  test("shows ID, reading, certificate, points and history, in Japanese with the Japanese calendar", async () => {
    const person = await resident();
    await person.givePoints();
    const page = await visit({ locale: "ja-JP" });
    await arrive(page, await person.oneTimeAddress());
    expect(await page.getAttribute("html", "lang")).toBe("ja");
    const account = await page.locator("main").textContent();
    expect(account).toContain(person.mykeyId);
    expect(account).toMatch(/ふりがな\s*(\p{Script=Katakana}+ー? ?)+/u);
    expect(account).toContain("2027-09-18 12:00 JST（令和9年9月18日）");
    expect(account).toContain("紐づけ済み");
    await page.click("nav >> text=ポイント");
    const [programme] = await page.locator("tbody tr").allTextContents();
    expect(programme).toMatch(/マイナポイント第2弾mynapay2,5002,5002022-03-01 00:00 JST/);
    expect(await page.locator("table").last().textContent()).toContain("チャージ");
    await page.click("nav >> text=履歴");
    expect(await page.locator("main").textContent()).toContain("マイキーIDの発行と予約");
    await page.click("text=English");
    expect(await page.locator("main").textContent()).toContain("MyKey ID issued and reserved");
    await page.click("nav >> text=Account");
    expect(await page.getAttribute("html", "lang")).toBe("en");
  });

  test("changes the settings, once however often the form is sent, and says which field is wrong", async () => {
    const person = await resident();
    const page = await visit();
    await enter(page, person);
    await page.click("nav >> text=Settings");
    await page.check("#notify");
    await page.click("main button");
    await page.click("text=Notices need an e-mail address.");
    expect(new URL(page.url()).hash).toBe("#notify");
    await page.fill("#email", "taro@example.jp");
    await page.fill("#pointsMunicipality", "131016");
    await page.click("main button");
    expect(await page.locator("[role=status]").textContent()).toBe("Your settings are saved.");
    expect(await page.inputValue("#email")).toBe("taro@example.jp");
    expect(await page.isChecked("#notify")).toBe(true);
    const token = await page.inputValue("form[action$=profile] [name=token]");
    const key = await page.inputValue("[name=key]");
    const form = { token, key, email: "hanako@example.jp" };
    for (let sent = 0; sent < 2; sent++) {
      const headers = { origin: new URL(page.url()).origin };
      await page.request.post(person.page("/profile"), { form, headers });
    }
    await page.click("nav >> text=History");
    expect(await page.locator("td:text-is('settings changed')").count()).toBe(2);
  });

  test("shows what was entered as text, whatever it looks like", async () => {
    const person = await resident();
    const page = await visit({ javaScriptEnabled: true });
    let opened = false;
    page.on("dialog", (dialog) => {
      opened = true;
      return dialog.dismiss();
    });
    await enter(page, person);
    await page.click("nav >> text=Settings");
    const nasty = `"><script>alert(1)</script><img src=x onerror=alert(1)>'{{7*7}}@example.jp`;
    await page.fill("#email", nasty);
    await page.fill("#pointsMunicipality", `"><b>x`);
    await page.click("main button");
    expect(await page.inputValue("#email")).toBe(nasty);
    expect(await page.inputValue("#pointsMunicipality")).toBe(`"><b>x`);
    expect(await page.locator("main script, main img, main b").count()).toBe(0);
    await person.onStore(({ db }) =>
      db.updateTable("profile").set({ email: nasty, points_municipality: `"><b>x` }).execute(),
    );
    await page.click("nav >> text=Settings");
    expect(await page.locator("main script, main img, main b").count()).toBe(0);
    expect(opened).toBe(false);
  });

  test("sets a password after a login with the card alone, which ends the login", async () => {
    const person = await resident();
    const page = await visit();
    await enter(page, person);
    expect(await page.locator("nav >> text=Password").count()).toBe(0);
    await page.goto(person.page("/password"));
    expect(await page.locator("h1").textContent()).toBe("This needs a login with the card");
    await arrive(page, await person.oneTimeAddress());
    await page.click("nav >> text=Password");
    const fresh = "another horse battery";
    await page.fill("#password", fresh);
    await page.fill("#again", "something else");
    await page.click("main button");
    await page.click("text=Both entries must be the same.");
    await page.fill("#password", "short");
    await page.fill("#again", "short");
    await page.click("main button");
    expect(await page.locator("[role=alert]").textContent()).toContain("10 to 128 characters");
    await page.fill("#password", fresh);
    await page.fill("#again", fresh);
    await page.click("main button");
    expect(await page.locator("[role=status]").textContent()).toBe("The password is changed. Log in with the new one.");
    await enter(page, person, fresh);
    expect(page.url()).toBe(person.page("/account"));
  });

  test("that is not used ends after ten minutes, and used or not after an hour", async () => {
    const person = await resident();
    const page = await visit();
    await enter(page, person);
    for (let times = 0; times < 6; times++) {
      person.advance(9.9 * minute);
      await page.goto(person.page("/account"));
      expect(page.url()).toBe(person.page("/account"));
    }
    person.advance(minute);
    await page.goto(person.page("/account"));
    expect(await page.locator("[role=status]").textContent()).toContain("You are not logged in any more");
    await enter(page, person);
    person.advance(10 * minute);
    await page.goto(person.page("/profile"));
    expect(await page.locator("[role=status]").textContent()).toContain("You are not logged in any more");
  });

  test("ends with the logout, for every copy of the cookie", async () => {
    const person = await resident();
    const page = await visit();
    await enter(page, person);
    const copies = await page.context().cookies();
    await page.click("text=Log out");
    expect(await page.locator("[role=status]").textContent()).toBe("You are logged out.");
    const thief = await visit();
    await thief.context().addCookies(copies);
    await thief.goto(person.page("/account"));
    expect(await thief.locator("h1").textContent()).toBe("Log in with MyKey ID and password");
  });

  test.each(["revoked", "suspended"])("of an account that was %s ends at the next click", async (how) => {
    const person = await resident();
    const page = await visit();
    await enter(page, person);
    const accessToken = await person.byCard();
    const order = { idempotencyKey: "end", mykeyId: person.mykeyId };
    await (how === "revoked" ? revokeMykeyId : reportLeak)(person.platform, accessToken, order);
    await page.click("nav >> text=Settings");
    expect(await page.locator("[role=status]").textContent()).toContain("the account has changed");
  });

  test("of a suspended account shows state, history and support after a login with the card, and no more", async () => {
    const person = await resident();
    await reportLeak(person.platform, await person.byCard(), { idempotencyKey: "leak" });
    const page = await visit();
    await enter(page, person);
    expect(await page.locator("main").textContent()).toContain("This account is suspended");
    await arrive(page, await person.oneTimeAddress());
    expect(await page.locator(".problem").textContent()).toContain("This account is suspended");
    expect(await page.locator("nav.pages a").allTextContents()).toEqual(["Account", "History", "Support"]);
    await page.click("nav >> text=History");
    expect(await page.locator("main").textContent()).toContain("account suspended");
    for (const name of ["/points", "/profile", "/password"]) {
      const answer = await page.goto(person.page(name));
      expect(answer?.status()).toBe(403);
      expect(await page.locator("h1").textContent()).toBe("This account is suspended");
    }
  });

  test("of an expired certificate keeps the ID and says what to do", async () => {
    const person = await resident({ notAfter: new Date(now.getTime() + 30 * minute) });
    const page = await visit();
    person.advance(25 * minute);
    await enter(page, person);
    person.advance(6 * minute);
    await page.click("nav >> text=Points");
    expect(await page.locator("main").textContent()).toContain("until the municipality has renewed");
    await page.click("nav >> text=Account");
    expect(await page.locator("main .id").textContent()).toBe(person.mykeyId);
  });

  test("of a card without an ID says how to get one", async () => {
    const person = await resident();
    await revokeMykeyId(person.platform, await person.byCard(), { idempotencyKey: "end", mykeyId: person.mykeyId });
    const page = await visit();
    await arrive(page, await person.oneTimeAddress());
    expect(await page.locator(".problem").textContent()).toContain("mynakit mykey issue");
    await page.goto(person.page("/points"));
    expect(await page.locator("h1").textContent()).toBe("You have no MyKey ID");
  });
});
