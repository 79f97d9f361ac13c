import { existsSync, readFileSync } from "node:fs";
import { hostname } from "node:os";
import path from "node:path";
import { describe, expect } from "vitest";
import { cardFile, recordOf } from "./support/cards.ts";
import { codeOf } from "./support/device.ts";
import { failed, failedInWords, success } from "./support/documents.ts";
import { decodeQr } from "./support/qr.ts";
import { keys } from "./support/terminal.ts";
import { test } from "./support/test.ts";

const card = "-r sim:standard --pin-stdin";
const input = "1234\n";

describe("a login that a card at another computer approves", () => {
  test("goes through two processes, and each says who it was [row 75]", async ({ mynakit, start, home }) => {
    const url = await start("sandbox start --port 0").line();
    const elsewhere = { env: { MYNAKIT_HOME: path.join(home, "device") } };
    const device = start(`portal login --qr --json --platform ${url}`, elsewhere);
    const userCode = await codeOf(device);
    const asked = await mynakit(`portal approve ${userCode.toLowerCase()} --yes --json --platform ${url} ${card}`, {
      input,
    });
    expect(success("portal approve", asked).data).toMatchObject({
      decision: "approved",
      userCode,
      device: { name: hostname(), client: "mynakit", address: "127.0.0.1" },
      pinSent: true,
      triesAfter: 3,
    });
    const { data } = success("portal login", await device.ended);
    expect(data).toMatchObject({ method: "qr", pinSent: false, triesBefore: null, platform: { url, sandbox: true } });
    const sessions = await mynakit(`portal sessions --json --platform ${url}`, elsewhere);
    expect(success("portal sessions", sessions).data.sessions).toMatchObject([{ current: true, way: "device" }]);
    // The card opened no session where it was used.
    failed(await mynakit(`portal whoami --json --platform ${url}`), "ERR_PLATFORM_SESSION");
    const again = await mynakit(`portal approve ${userCode} --yes --json --platform ${url} ${card}`, { input });
    expect(failed(again, "ERR_PLATFORM_REFUSED")).toMatchObject({
      pinSent: false,
      details: { reason: "device-login-used" },
    });
  });

  test("costs the card what a login in person costs", async ({ mynakit, start, home }) => {
    const url = await start("sandbox start --port 0").line();
    const device = start(`portal login --qr --json --platform ${url}`, {
      env: { MYNAKIT_HOME: path.join(home, "device") },
    });
    const userCode = await codeOf(device);
    const commandsOf = async (words: string) => {
      const trace = path.join(home, `${words.split(" ")[1]}.trace`);
      expect((await mynakit(`${words} --trace ${trace} --json --platform ${url} ${card}`, { input })).code).toBe(0);
      return readFileSync(trace, "utf8").split("\n").length;
    };
    const approval = await commandsOf(`portal approve ${userCode} --yes`);
    expect(approval).toBe(await commandsOf("portal login"));
    expect(approval).toBeGreaterThan(10);
    success("portal login", await device.ended);
  });

  test("shows a QR code that is read on dark and light terminals, and is given up with Ctrl-C [row 75]", async ({
    mynakit,
    start,
    terminal,
    home,
  }) => {
    const url = await start("sandbox start --port 0").line();
    const screen = terminal(`portal login --qr --lang en --platform ${url}`);
    await screen.sees(/Waiting for the approval \((10:00|9:\d\d) left/);
    const userCode = /Code: (\S{9})/.exec(screen.text)?.[1] ?? "";
    const address = `${url}/device?user_code=${userCode}`;
    expect([decodeQr(screen.raw, home, 0), decodeQr(screen.raw, home, 255)]).toEqual([address, address]);
    const page = await fetch(address);
    expect([page.headers.get("content-type"), await page.text()]).toEqual([
      expect.stringMatching(/^text\/html/),
      expect.stringContaining(`mynakit portal approve &quot;${address}&quot;`),
    ]);
    screen.type(keys.ctrlC);
    expect(await screen.ended()).toBe(130);
    const late = await mynakit(`portal approve ${userCode} --yes --json --platform ${url} ${card}`, { input });
    expect(failed(late, "ERR_PLATFORM_REFUSED").details).toMatchObject({ reason: "device-login-cancelled" });
  });

  test("shows address and code alone where there is no colour or no terminal", async ({ start, terminal }) => {
    const url = await start("sandbox start --port 0").line();
    const screen = terminal(`portal login --qr --lang ja --platform ${url}`, { env: { NO_COLOR: "1" } });
    await screen.sees("コード: ");
    await screen.sees(`${url}/device`);
    expect(screen.text).not.toMatch(/[▀▄█]/);
    screen.type(keys.ctrlC);
    expect(await screen.ended()).toBe(130);
    const device = start(`portal login --qr --lang en --quiet --platform ${url}`);
    await codeOf(device);
    const { code: exit, stderr } = await device.stop("SIGTERM");
    expect([exit, stderr.includes("\x1b"), /[▀▄█]/.test(stderr)]).toEqual([130, false, false]);
  });

  test.for([
    ["ja", "ほかの端末からは承認できません"],
    ["en", "nothing else can approve it"],
  ] as const)(
    "says where only this computer can approve, and shows no address, in %s",
    async ([lang, told], { start }) => {
      const device = start(`portal login --qr --lang ${lang}`);
      const userCode = await codeOf(device);
      const { stderr } = await device.stop("SIGINT");
      expect(stderr).toContain(`mynakit portal approve ${userCode}`);
      expect([stderr.includes(told), stderr.includes(".invalid"), stderr.includes("://")]).toEqual([
        true,
        false,
        false,
      ]);
    },
  );

  test("is denied without a card, and the device is told in both languages", async ({ mynakit, start, home }) => {
    const url = await start("sandbox start --port 0").line();
    for (const [lang, words, denied, elsewhere] of [
      ["ja", "ログインは拒否されました", "拒否しました", "始めた端末かサービスで"],
      ["en", "The login was denied", "Denied.", "where the login began"],
    ] as const) {
      const device = start(`portal login --qr --lang ${lang} --platform ${url}`);
      const userCode = await codeOf(device);
      const { stdout, stderr } = await mynakit(`portal approve ${userCode} --deny --lang ${lang} --platform ${url}`);
      expect([stdout, stderr]).toEqual([expect.stringContaining(denied), expect.stringContaining(hostname())]);
      const told = failedInWords(await device.ended, "ERR_PLATFORM_REFUSED");
      // What asked may have been a service, and no mynakit.
      expect([told.includes(words), told.includes(elsewhere)]).toEqual([true, true]);
    }
    expect(existsSync(cardFile(home, "standard"))).toBe(false);
  });

  test("is approved from the address only by who types what the device shows, before any PIN [row 78]", async ({
    start,
    terminal,
    home,
  }) => {
    const url = await start("sandbox start --port 0").line();
    const device = start(`portal login --qr --json --platform ${url}`, {
      env: { MYNAKIT_HOME: path.join(home, "device") },
    });
    const userCode = await codeOf(device);
    const address = `${url}/device?user_code=${userCode}`;
    const command = `portal approve ${address} --lang en -r sim:standard --platform ${url}`;
    const hasty = terminal(command);
    await hasty.sees("in front of you shows:");
    expect(hasty.text).toContain("as it calls itself; not verified");
    hasty.type(`yes${keys.enter}`);
    expect(await hasty.ended()).toBe(130);
    expect(existsSync(cardFile(home, "standard"))).toBe(false);
    const careful = terminal(command);
    await careful.sees("in front of you shows:");
    careful.type(`${userCode.toLowerCase()}${keys.enter}`);
    await careful.sees("to let another device in to Mynaportal");
    careful.type(`1234${keys.enter}`);
    await careful.sees("Approved.");
    expect(await careful.ended()).toBe(0);
    expect(success("portal login", await device.ended).data.method).toBe("qr");
  });

  test("is approved by nobody who cannot be asked, nor with an address of another platform", async ({
    mynakit,
    start,
  }) => {
    const url = await start("sandbox start --port 0").line();
    const approve = (words: string) => mynakit(`portal approve ${words} --json --platform ${url} ${card}`, { input });
    failed(await approve("BCDF-GHJK"), "ERR_USAGE_INPUT_NEEDED");
    failed(await approve("hello --yes"), "ERR_USAGE_ARGUMENT");
    failed(await approve(`${url}/device?user_code=BCDF-GHJK --yes`), "ERR_USAGE_OPTION");
    failed(await approve("https://evil.example/device?user_code=BCDF-GHJK --deny"), "ERR_USAGE_ARGUMENT");
    const bare = await mynakit(`portal approve ${url}/device?user_code=BCDF-GHJK --deny --json`);
    expect(failed(bare, "ERR_USAGE_OPTION").details).toMatchObject({ option: "--platform", allowed: url });
    const wrong = failed(await approve("BCDF-GHJK --yes"), "ERR_PLATFORM_REFUSED");
    expect(wrong.details).toMatchObject({ reason: "user-code-unknown" });
  });

  test("goes by the platform's clock when that is set meanwhile: still good after a minute, expired after eleven", async ({
    mynakit,
    start,
    home,
  }) => {
    const database = path.join(home, "platform.db");
    const url = await start(`sandbox start --port 0 --database ${database}`).line();
    const advance = async (span: string) =>
      success("sandbox clock advance", await mynakit(`sandbox clock advance ${span} --database ${database} --json`));
    const elsewhere = { env: { MYNAKIT_HOME: path.join(home, "device") } };
    const first = start(`portal login --qr --json --platform ${url}`, elsewhere);
    const second = start(`portal login --qr --lang ja --platform ${url}`);
    const [userCode] = [await codeOf(first), await codeOf(second)];
    await advance("4m");
    const approved = await mynakit(`portal approve ${userCode} --yes --json --platform ${url} ${card}`, { input });
    expect(success("portal approve", approved).data.decision).toBe("approved");
    const { session } = success("portal login", await first.ended).data;
    const sessions = await mynakit(`portal sessions --json --platform ${url}`, elsewhere);
    const [shown] = success("portal sessions", sessions).data.sessions;
    // The device reads it off its own clock, set right; the platform had it to the second.
    expect(Math.abs(Date.parse(session.expiresAt) - Date.parse(shown?.expiresAt ?? ""))).toBeLessThan(5000);
    await advance("7m");
    expect(failedInWords(await second.ended, "ERR_PLATFORM_REFUSED")).toContain("コードの有効時間が過ぎました");
  });

  test("is not approved by a card that is locked, expired, not valid yet or for signing only, and no PIN is sent", async ({
    mynakit,
    start,
    home,
  }) => {
    const url = await start("sandbox start --port 0").line();
    const device = start(`portal login --qr --json --platform ${url}`);
    const userCode = await codeOf(device);
    for (const [profile, error] of [
      ["auth-locked", "ERR_PIN_LOCKED"],
      ["expired", "ERR_CERT_EXPIRED"],
      ["not-yet-valid", "ERR_CERT_NOT_YET_VALID"],
      ["auth-last-try", "ERR_PIN_WITHHELD"],
      ["no-auth-cert", "ERR_CERT_ABSENT"],
    ] as const) {
      const words = `portal approve ${userCode} --yes --json --platform ${url} -r sim:${profile} --pin-stdin`;
      expect(failed(await mynakit(words, { input }), error).pinSent).toBe(false);
      expect(recordOf(home, profile, "auth").verifies).toBe(0);
    }
    expect((await device.stop("SIGINT")).code).toBe(130);
  });
});
