import { describe, expect } from "vitest";
import { success } from "../cli/support/documents.ts";
import { test } from "../cli/support/test.ts";
import { approveAt } from "../sandbox/support/portal-pages-contract.ts";
import { runSandbox } from "../sandbox/support/sandbox.ts";
import { keepScreenshot, press, visit } from "./support/browser.ts";
import { formTo, otherSite } from "./support/other-site.ts";
import { enterPortal, qrCodesOn, waitForApproval } from "./support/portal.ts";

describe("a login in a browser", () => {
  test.for(["light", "dark"] as const)(
    "by QR code goes on by itself when a card has approved what the code says, in %s [row 75]",
    async (colorScheme, { start, mynakit }) => {
      const url = await start("sandbox start --port 0").line();
      const page = await visit({ locale: "ja-JP", colorScheme });
      await page.goto(`${url}/mynaportal`);
      await page.click("main >> text=2次元バーコードでログイン");
      await page.click("main button");
      expect(await page.locator("h1").textContent()).toBe("承認を待っています");
      await keepScreenshot(page, `portal-waiting-qr-ja-${colorScheme}`);
      const code = await page.locator("main .id").textContent();
      expect(await qrCodesOn(page)).toEqual([`${url}/device?user_code=${code}`]);
      const elsewhere = await visit({ locale: "ja-JP", viewport: { width: 390, height: 844 } });
      const [address = ""] = await qrCodesOn(page);
      await elsewhere.goto(address);
      const command = (await elsewhere.locator("main code").textContent()) ?? "";
      expect(command).toBe(`mynakit portal approve "${address}" --platform ${url}`);
      const words = `portal approve ${code} --platform ${url} --yes --json -r sim:standard --pin-stdin`;
      const { data } = success("portal approve", await mynakit(words, { input: "1234\n" }));
      expect(data).toMatchObject({ decision: "approved", device: { client: "browser", address: "127.0.0.1" } });
      await page.waitForURL(`${url}/mynaportal/home`);
      expect(await page.locator("h1").textContent()).toBe("マイページ");
      await elsewhere.goto(address);
      expect(await elsewhere.locator("#problem").textContent()).toBe("このログインの承認は済んでいます");
    },
  );

  test("needs nothing but the keyboard, and leaves the focus where it is while reloading is off [row 74]", async () => {
    const sandbox = await runSandbox();
    const page = await visit();
    await page.goto(`${sandbox.url}/mynaportal`);
    await press(page, "Tab");
    expect(await page.locator(":focus").textContent()).toBe("Skip to the content");
    await press(page, "Enter");
    await press(page, "Tab");
    expect(await page.locator(":focus").textContent()).toBe("Log in with an IC card reader");
    await press(page, "Enter");
    await page.waitForURL(/login\/reader/);
    await page.locator(".skip").focus();
    await press(page, "Enter");
    await press(page, "Tab");
    await press(page, "Space");
    await press(page, "Tab");
    await press(page, "Enter");
    await page.waitForURL(/waiting\?way=reader&reload=off/);
    await approveAt(sandbox, (await page.locator("main .id").textContent()) ?? "");
    await page.locator(".skip").focus();
    await press(page, "Enter");
    await press(page, "Tab");
    expect(await page.locator(":focus").textContent()).toBe("Check now");
    await press(page, "Enter");
    await page.waitForURL(/mynaportal\/home/);
    expect(await page.locator("h1").textContent()).toBe("My page");
  });

  test("on a telephone shows its own address as QR code to open it there, and then a code to read out [row 76]", async () => {
    const { url } = await runSandbox();
    const page = await visit();
    await page.goto(`${url}/mynaportal/login/phone`);
    expect(await qrCodesOn(page)).toEqual([`${url}/mynaportal/login/phone`]);
    const phone = await visit({ viewport: { width: 320, height: 640 } });
    const code = await waitForApproval(phone, url, "phone");
    expect(await phone.locator("main").textContent()).toContain(`mynakit portal approve ${code}`);
    expect(await phone.locator("main .address").textContent()).toBe(`${url}/device`);
  });

  test("stops reloading where that is asked for, and begins again", async () => {
    const { url } = await runSandbox();
    const page = await visit();
    await waitForApproval(page, url, "qr", true);
    const answered = page.waitForResponse(/waiting/);
    await page.click("text=Stop reloading automatically");
    expect((await answered).headers().refresh).toBeUndefined();
    const again = page.waitForResponse(/waiting/);
    await page.click("text=Continue automatically");
    expect(Number((await again).headers().refresh)).toBeGreaterThanOrEqual(5);
  });
});

test("a code in an address goes with no Referer, to other sites nor to ours", async () => {
  const sandbox = await runSandbox();
  const asking = await visit();
  const code = await waitForApproval(asking, sandbox.url);
  const page = await visit();
  await page.goto(`${sandbox.url}/device?user_code=${code}`);
  const denying = page.waitForRequest((request) => request.method() === "POST");
  await page.click("main button");
  const { referer = "" } = await (await denying).allHeaders();
  expect(referer).toBe(`${sandbox.url}/`);
  await asking.click("a.button");
  expect(await asking.locator("h1").textContent()).toBe("The login was denied");
});

test("the cookies of a login are out of reach of scripts and other sites, and gone with the logout", async () => {
  const sandbox = await runSandbox();
  const page = await visit();
  await enterPortal(page, sandbox);
  const cookies = await page.context().cookies();
  const { hostname: domain } = new URL(sandbox.url);
  const own = { httpOnly: true, sameSite: "Strict", path: "/", domain, expires: -1 };
  expect(cookies.map(({ name }) => name).sort()).toEqual(["mynakit-portal", "mynakit-visitor"]);
  for (const cookie of cookies) expect(cookie).toMatchObject(own);
  await page.click("header >> text=Log out");
  expect(await page.locator("[role=status]").textContent()).toBe("You are logged out.");
  expect((await page.context().cookies()).map(({ name }) => name)).toEqual(["mynakit-visitor"]);
});

describe("another site", () => {
  test("begins no login, denies none, ends none and changes nothing, with the right token and all cookies", async () => {
    const sandbox = await runSandbox();
    const asking = await visit();
    const code = await waitForApproval(asking, sandbox.url);
    const page = await visit();
    await enterPortal(page, sandbox);
    await page.goto(`${sandbox.url}/device?user_code=${code}`);
    const token = await page.inputValue("main [name=token]");
    const request = await page.inputValue("[name=request]");
    for (const [path, fields] of [
      ["/mynaportal/waiting", { way: "qr" }],
      ["/mynaportal/waiting/cancel", {}],
      ["/mynaportal/logout", { everywhere: "on" }],
      ["/mynaportal/profile", { key: "k".repeat(43), first: "on", nickname: "thief" }],
      ["/device", { "user-code": code }],
      ["/device/denial", { request }],
    ] as const) {
      await page.goto(await otherSite(formTo(sandbox.url + path, { token, ...fields })));
      await page.click("button");
      expect(await page.locator("h1").textContent(), path).toBe("This form was not accepted");
    }
    await page.goto(`${sandbox.url}/mynaportal/home`);
    expect(await page.locator("main").textContent()).toContain("You have not registered yet.");
    await asking.click("a.button");
    expect(await asking.locator("h1").textContent()).toBe("Waiting for the approval");
  });

  test("has no page of ours in a frame, and a link from it ends no login that waits", async () => {
    const sandbox = await runSandbox();
    const page = await visit();
    const code = await waitForApproval(page, sandbox.url);
    const address = `${sandbox.url}/device?user_code=${code}`;
    const other = await page.context().newPage();
    await other.goto(await otherSite(`<iframe src="${address}"></iframe><a href="${address}">look</a>`));
    expect(await other.frames()[1]?.content()).not.toContain("Mynaportal");
    await other.click("a");
    expect(await other.locator("main .id").textContent()).toBe(code);
    await approveAt(sandbox, code);
    await page.click("a.button");
    expect(page.url()).toBe(`${sandbox.url}/mynaportal/home`);
  });
});
