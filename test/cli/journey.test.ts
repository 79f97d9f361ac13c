import { readFileSync, statSync, truncateSync } from "node:fs";
import path from "node:path";
import { describe, expect } from "vitest";
import { recordOf, setFaults } from "./support/cards.ts";
import { failed, failedInWords, success } from "./support/documents.ts";
import { keys } from "./support/terminal.ts";
import { test } from "./support/test.ts";

const card = "-r sim:standard";
const pin = { input: "1234\n" };
const issue = `mykey issue --yes --pin-stdin ${card}`;
const login = `portal login --pin-stdin ${card}`;
const sandbox = { url: "http://embedded.mynakit.invalid", sandbox: true };
const full = { pinSent: true, triesBefore: 3, triesAfter: 3 };

describe("mykey issue", () => {
  test("issues once, and shows the same ID ever after [row 46]", async ({ mynakit }) => {
    const first = success("mykey issue", await mynakit(`${issue} --json`, pin)).data;
    expect(first).toMatchObject({
      created: true,
      state: "active",
      reservation: { state: "reserved" },
      platform: sandbox,
      ...full,
    });
    expect(first.furigana.split(" ")).toHaveLength(8);
    const again = success("mykey issue", await mynakit(`${issue} --json`, pin)).data;
    expect(first.steps).toEqual(["environment", "card", "device", "pin", "display", "issue"]);
    expect(again).toEqual({ ...first, created: false, steps: first.steps.slice(0, -1) });
    const shown = success("mykey show", await mynakit(`mykey show --pin-stdin ${card} --json`, pin)).data;
    const { created: _created, dryRun: _dryRun, steps: _steps, ...lasting } = first;
    expect(shown).toEqual(lasting);
  });

  test("gives another person another ID [rows 27, 45]", async ({ mynakit }) => {
    const ids = ["standard", "under-15", "short-only"].map(async (profile) => {
      const outcome = await mynakit(`mykey issue --yes --pin-stdin -r sim:${profile} --json`, pin);
      return success("mykey issue", outcome).data.mykeyId;
    });
    expect(new Set(await Promise.all(ids)).size).toBe(3);
  });

  test("says in words what was issued, that it is a sandbox, and when the card may go", async ({ mynakit }) => {
    const english = await mynakit(issue, pin);
    expect(english.code).toBe(0);
    expect(english.stdout).toMatch(/Issued\..*not the real service/s);
    expect(english.stderr).toMatch(/The card may be removed now\.\n.*\nProposed MyKey ID: [A-Z0-9]{8} {2}\P{ASCII}/su);
    const japanese = await mynakit(`${issue} --lang ja`, pin);
    expect(japanese.stdout).toMatch(/すでにマイキーIDがあります。.*本物のサービスではありません/s);
  });

  test("without --yes and a person to ask, ends before any PIN is sent", async ({ home, mynakit }) => {
    const outcome = await mynakit(`mykey issue --pin-stdin ${card} --json`, pin);
    expect(failed(outcome, "ERR_USAGE_INPUT_NEEDED")).toMatchObject({
      pinSent: false,
      details: { what: "confirmation", option: "--yes" },
    });
    expect(recordOf(home, "standard", "auth")).toMatchObject({ verifies: 0 });
  });

  test.for([
    ["en", "yes", "to issue a MyKey ID", /Issue the MyKey ID [A-Z0-9]{8} .*Type yes:/],
    ["ja", "はい", "マイキーIDを発行します", /マイキーID [A-Z0-9]{8}（.*）を発行しますか。発行するなら「はい」か yes:/],
  ] as const)(
    "asks a person in the language %s, and issues at %s [row 35]",
    async ([language, yes, purpose, question], { terminal }) => {
      const person = terminal(`mykey issue ${card} --lang ${language}`);
      await person.sees(purpose);
      person.type(`1234${keys.enter}`);
      await person.sees(question);
      person.type(`${yes}${keys.enter}`);
      await person.sees(language === "en" ? "Issued." : "発行しました。");
      expect(await person.ended()).toBe(0);
    },
  );

  test.for(["no", "", "n"])("issues nothing at the answer %j", async (word, { mynakit, terminal }) => {
    const person = terminal(`mykey issue ${card}`);
    await person.sees("tries left):");
    person.type(`1234${keys.enter}`);
    await person.sees("Type yes:");
    person.type(`${word}${keys.enter}`);
    await person.sees("Not confirmed, so it was not done.");
    expect(await person.ended()).toBe(130);
    failed(await mynakit(`mykey show --pin-stdin ${card} --json`, pin), "ERR_PLATFORM_REFUSED");
  });
});

describe("portal login", () => {
  test("opens a session that whoami sees, and logout ends [rows 7, 8, 74]", async ({ mynakit }) => {
    const { data } = success("portal login", await mynakit(`${login} --json`, pin));
    expect(data).toMatchObject({ method: "reader", platform: sandbox, ...full });
    const seen = success("portal whoami", await mynakit("portal whoami --json")).data;
    expect(seen).toMatchObject({ session: { subject: data.session.subject }, platform: sandbox });
    expect(Date.parse(seen.session.expiresAt) - Date.parse(data.session.expiresAt)).toBeLessThan(1000);
    expect(success("portal logout", await mynakit("portal logout --json")).data.loggedOut).toBe(true);
    expect(success("portal logout", await mynakit("portal logout --json")).data.loggedOut).toBe(false);
    failed(await mynakit("portal whoami --json"), "ERR_PLATFORM_SESSION");
  });

  test("says all that in words, in both languages", async ({ mynakit }) => {
    const told = async (words: string) => {
      const english = await mynakit(words, pin);
      const japanese = await mynakit(`${words} --lang ja`, pin);
      expect([english.code, japanese.code]).toEqual([0, 0]);
      return `${english.stdout}${japanese.stdout}`;
    };
    expect(await told(login)).toMatch(/Logged in\..*ログインしました。/s);
    expect(await told("portal whoami")).toMatch(/a sandbox.*サンドボックス/s);
    expect(await told("portal logout")).toMatch(/Logged out\..*ログインしていませんでした。/s);
    for (const [language, words] of [
      ["en", "mynakit portal login"],
      ["ja", "カードでログインしてください"],
    ]) {
      expect(failedInWords(await mynakit(`portal whoami --lang ${language}`), "ERR_PLATFORM_SESSION")).toContain(words);
    }
  });

  test("ends by the platform's clock, which login and whoami show alike", async ({ mynakit }) => {
    await mynakit("sandbox clock advance 30d --json");
    const { data } = success("portal login", await mynakit(`${login} --json`, pin));
    const seen = success("portal whoami", await mynakit("portal whoami --json")).data;
    const apart = Date.parse(seen.session.expiresAt) - Date.parse(data.session.expiresAt);
    expect(Math.abs(apart)).toBeLessThan(2000);
  });

  test("ends when its time is over", async ({ mynakit }) => {
    const { data } = success("portal login", await mynakit(`${login} --json`, pin));
    const env = { MYNAKIT_NOW: data.session.expiresAt };
    failed(await mynakit("portal whoami --json", { env }), "ERR_PLATFORM_SESSION");
  });

  test("keeps its token from everyone but its owner", async ({ home, mynakit }) => {
    const logged = await mynakit(`${login} --json --verbose`, pin);
    const file = path.join(home, "sessions.json");
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const token = /"accessToken": "([^"]+)"/.exec(readFileSync(file, "utf8"))?.[1] ?? "";
    expect(token.length).toBeGreaterThan(20);
    const others = ["portal whoami --json --verbose", "portal whoami", "portal logout --json --verbose"];
    for (const { stdout, stderr } of [logged, ...(await Promise.all(others.map((words) => mynakit(words))))]) {
      expect(stdout + stderr).not.toContain(token);
    }
  });

  test("is not begun where it could not be kept", async ({ home, mynakit }) => {
    await mynakit(`${login} --json`, pin);
    truncateSync(path.join(home, "sessions.json"), 20);
    const { pinSent } = failed(await mynakit(`${login} --json`, pin), "ERR_IO_STATE_CORRUPT");
    expect(pinSent).toBe(false);
    expect(recordOf(home, "standard", "auth")).toMatchObject({ verifies: 1 });
  });

  test("lets two cards of one person's home in, one after the other", async ({ mynakit }) => {
    const first = success("portal login", await mynakit(`${login} --json`, pin)).data;
    const second = success("portal login", await mynakit("portal login --pin-stdin -r sim:under-15 --json", pin)).data;
    expect(second.session.subject).not.toBe(first.session.subject);
    expect(success("portal whoami", await mynakit("portal whoami --json")).data.session.subject).toBe(
      second.session.subject,
    );
  });
});

describe("a card with which there is no point in trying", () => {
  test.for([
    ["no-auth-cert", "ERR_CERT_ABSENT"],
    ["expired", "ERR_CERT_EXPIRED"],
    ["not-yet-valid", "ERR_CERT_NOT_YET_VALID"],
    ["cert-cut-short", "ERR_CERT_MALFORMED"],
    ["cert-garbage", "ERR_CERT_MALFORMED"],
    ["auth-locked", "ERR_PIN_LOCKED"],
    ["auth-last-try", "ERR_PIN_WITHHELD"],
    ["counter-unreadable", "ERR_PIN_WITHHELD"],
  ] as const)("%s: causes no PIN to be sent: %s [rows 21, 26]", async ([profile, code], { home, mynakit }) => {
    await mynakit(`sim create ${profile} --profile ${profile}`);
    const before = recordOf(home, profile, "auth");
    for (const words of ["mykey issue --yes", "mykey show", "portal login"]) {
      const command = `${words} --pin-stdin -r sim:${profile}`;
      expect(failed(await mynakit(`${command} --json`, pin), code)).toMatchObject({ pinSent: false });
      expect(failed(await mynakit(`${command} --json`), code)).toMatchObject({ pinSent: false });
    }
    expect(failedInWords(await mynakit(`portal login -r sim:${profile} --lang ja`), code)).toMatch(
      /\p{Script=Hiragana}/u,
    );
    expect(recordOf(home, profile, "auth")).toEqual(before);
  });

  test.for([
    ["suica", "ERR_CARD_KIND"],
    ["mute", "ERR_CARD_MUTE"],
  ] as const)("%s: is named: %s [row 44]", async ([profile, code], { mynakit }) => {
    for (const words of ["mykey issue --yes", "mykey show", "portal login"]) {
      expect(failed(await mynakit(`${words} --pin-stdin -r sim:${profile} --json`, pin), code)).toMatchObject({
        pinSent: false,
      });
    }
  });

  test("too new for a MyKey ID: is told when it will do, and logs in all the same [row 40]", async ({ mynakit }) => {
    const words = "--pin-stdin -r sim:renewed-today --json";
    const error = failed(await mynakit(`mykey issue --yes ${words}`, pin), "ERR_CERT_TOO_NEW");
    expect(error).toMatchObject({ pinSent: false, retryable: true });
    const { notBefore, earliest } = error.details as { notBefore: string; earliest: string };
    expect(Date.parse(earliest) - Date.parse(notBefore)).toBe(24 * 3600 * 1000);
    success("portal login", await mynakit(`portal login ${words}`, pin));
    const env = { MYNAKIT_NOW: earliest };
    expect(success("mykey issue", await mynakit(`mykey issue --yes ${words}`, { ...pin, env })).data.created).toBe(
      true,
    );
  });
});

describe("a wrong or malformed PIN", () => {
  test.for([issue, login])("at %s: costs what it says [rows 20, 25]", async (words, { home, mynakit }) => {
    expect(failed(await mynakit(`${words} --json`, { input: "0000" }), "ERR_PIN_WRONG")).toMatchObject({
      pinSent: true,
      triesBefore: 3,
      triesAfter: 2,
    });
    expect(failed(await mynakit(`${words} --json`, { input: "12345" }), "ERR_PIN_FORMAT")).toMatchObject({
      pinSent: false,
      triesBefore: 2,
      triesAfter: 2,
    });
    expect(failed(await mynakit(`${words} --json`, { input: "0000" }), "ERR_PIN_WRONG")).toMatchObject({
      triesAfter: 1,
    });
    expect(failed(await mynakit(`${words} --json`, pin), "ERR_PIN_WITHHELD")).toMatchObject({ pinSent: false });
    expect(recordOf(home, "standard", "auth")).toMatchObject({
      remaining: 1,
      verifies: 2,
      lastTryBurnt: false,
    });
  });

  test("two tries left: one may be used, full-width too", async ({ mynakit }) => {
    const words = "portal login --pin-stdin -r sim:auth-two-tries --json";
    expect(success("portal login", await mynakit(words, { input: "１２３４\n" })).data).toMatchObject({
      pinSent: true,
      triesBefore: 2,
      triesAfter: 3,
    });
  });
});

describe("a card pulled in the middle", () => {
  test.for([issue, login])(
    "of %s: after any command, ends it and says truly whether the PIN was sent",
    async (words, { home, mynakit }) => {
      const trace = path.join(home, "trace");
      expect(await mynakit(`${words} --trace ${trace}`, pin)).toMatchObject({ code: 0 });
      const holds = readFileSync(trace, "utf8").split(/^atr .*$/m);
      const longest = Math.max(...holds.map((hold) => hold.match(/^> /gm)?.length ?? 0));
      for (let removeAfter = 1; removeAfter <= longest; removeAfter++) {
        setFaults(home, "standard", { removeAfter });
        const before = recordOf(home, "standard", "auth");
        const { pinSent } = failed(await mynakit(`${words} --json`, pin), "ERR_CARD_REMOVED");
        const after = recordOf(home, "standard", "auth");
        expect({ pinSent, remaining: after.remaining }).toEqual({
          pinSent: after.verifies > before.verifies,
          remaining: 3,
        });
      }
    },
  );
});
