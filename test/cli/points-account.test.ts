import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect } from "vitest";
import { failed, failedInWords, success } from "./support/documents.ts";
import type { Outcome, RunOptions, Words } from "./support/program.ts";
import { keys } from "./support/terminal.ts";
import { test as plainTest } from "./support/test.ts";

const during = "2022-03-01T12:00:00+09:00";
const pin = { input: "1234\n" };
const withCard = "-r sim:standard --pin-stdin";

const duringProgramme = plainTest.override("env", { MYNAKIT_NOW: during });

/** A person with a MyKey ID, and an account at a cashless service, while programme 2 runs. */
interface Joined {
  readonly mykeyId: string;
  readonly codeFile: string;
  readonly apply: (more?: string) => Promise<Outcome>;
}

const test = duringProgramme.extend<{ readonly joined: Joined }>({
  joined: async ({ home, mynakit }, use) => {
    const { mykeyId } = success("mykey issue", await mynakit(`mykey issue --yes ${withCard} --json`, pin)).data;
    await mynakit("sandbox service add mynapay");
    const made = await mynakit(`sandbox service account mynapay taro01 --holder ${mykeyId} --json`);
    const { securityCode } = success("sandbox service account", made).data;
    const codeFile = path.join(home, "code");
    writeFileSync(codeFile, `${securityCode}\n`, { mode: 0o600 });
    const words = `points apply --service mynapay --service-id taro01 --code-file ${codeFile} --yes ${withCard}`;
    await use({ mykeyId, codeFile, apply: (more = "--json") => mynakit(`${words} ${more}`, pin) });
  },
});

describe("from the card to the points", () => {
  test("each step leads to the next [rows 3, 65, 69, 71]", async ({ joined, mynakit }) => {
    const status = async () => success("points status", await mynakit(`points status ${withCard} --json`, pin)).data;
    expect(await status()).toMatchObject({
      mykeyId: joined.mykeyId,
      reservation: { state: "reserved" },
      programme: 2,
      next: "application",
      applications: [],
      platform: { sandbox: true },
      pinSent: true,
    });
    expect(success("points apply", await joined.apply()).data).toMatchObject({
      created: true,
      programme: 2,
      points: 0,
    });
    expect(success("points apply", await joined.apply()).data.created).toBe(false);
    expect((await status()).next).toBe("charge");

    const charge = "sandbox charge mynapay taro01 19999 --report r1 --json";
    const granted = success("sandbox charge", await mynakit(charge)).data;
    expect(granted).toMatchObject({ points: 4999, totalPoints: 4999, mostPoints: 5000 });
    expect(success("sandbox charge", await mynakit(charge)).data).toEqual(granted);
    const purchase = await mynakit("sandbox charge mynapay taro01 5000 --purchase --lang ja");
    expect(purchase.stdout).toMatch(/合計 +5,000 \/ 5,000 ポイント/);
    expect((await status()).next).toBe("complete");

    const { events } = success("points history", await mynakit(`points history ${withCard} --json`, pin)).data;
    expect(events.map(({ kind, yen, points }) => [kind, yen, points])).toEqual([
      ["application", 0, 0],
      ["charge", 19_999, 4999],
      ["purchase", 5000, 1],
    ]);
    expect(success("sandbox audit verify", await mynakit("sandbox audit verify --json")).data.whole).toBe(true);
  }, 60_000);

  test("is shown in words, in both languages", async ({ joined, mynakit }) => {
    expect((await mynakit(`points status ${withCard} --lang ja`, pin)).stdout).toMatch(/次にすること +申込み/);
    expect((await joined.apply("--lang ja")).stdout).toMatch(/申し込みました。決済サービスは変更できません。/);
    expect((await mynakit(`points status ${withCard} --lang en`, pin)).stdout).toMatch(/Granted +0 of 5,000 points/);
    expect((await mynakit(`points history ${withCard} --lang ja`, pin)).stdout).toMatch(
      /申込み \(マイナポイント第2弾\)/,
    );
  });

  test("says in its history that points are void whose reservation was given up", async ({ joined, mynakit }) => {
    await joined.apply();
    success("sandbox charge", await mynakit("sandbox charge mynapay taro01 20000 --json"));
    const history = async () =>
      success("points history", await mynakit(`points history ${withCard} --json`, pin)).data.events;
    expect((await history()).map((event) => event.void)).toEqual([false, false]);
    const { mykeyId } = success("mykey show", await mynakit(`mykey show ${withCard} --json`, pin)).data;
    const revoke = `mykey revoke --confirm ${mykeyId} ${withCard} --json`;
    success("mykey revoke", await mynakit(revoke, pin));
    expect((await history()).map((event) => event.void)).toEqual([true, true]);
    const told = async (lang: string) => (await mynakit(`points history ${withCard} --lang ${lang}`, pin)).stdout;
    expect(await told("ja")).toMatch(/5,000 ポイント（|失効（予約を取り消したため）/);
    expect(await told("en")).toContain("void: the reservation was given up");
  });

  test("begins with an ID: without one, that is the next step", async ({ mynakit }) => {
    const { data } = success("points status", await mynakit(`points status ${withCard} --json`, pin));
    expect(data).toMatchObject({ mykeyId: null, reservation: { state: "none", at: null }, next: "mykey-id" });
  });
});

describe("points apply is refused", () => {
  const refusedFor = (outcome: Outcome): unknown => failed(outcome, "ERR_PLATFORM_REFUSED").details.reason;

  test("when no programme is open", async ({ joined, mynakit }) => {
    const env = { MYNAKIT_NOW: "2023-10-01T00:00:00+09:00" };
    const words = `points apply --service mynapay --service-id taro01 --code-file ${joined.codeFile} --yes ${withCard}`;
    const outcome = await mynakit(`${words} --lang ja --json`, { ...pin, env });
    expect(refusedFor(outcome)).toBe("programme-closed");
    expect(outcome.stdout).toContain("受け付けているマイナポイントの事業はありません");
  });

  test("with a wrong security code, and says nothing of what it was", async ({ joined }) => {
    writeFileSync(joined.codeFile, "WRONG234\n");
    const outcome = await joined.apply();
    expect(refusedFor(outcome)).toBe("service-account-refused");
    expect(`${outcome.stdout}${outcome.stderr}`).not.toContain("WRONG234");
  });

  test("with another person's service, but not with a guardian's for a minor", async ({ joined, mynakit, home }) => {
    const child = "-r sim:child --pin-stdin";
    await mynakit("sim create child --profile standard --seed child");
    const issued = success("mykey issue", await mynakit(`mykey issue --yes ${child} --json`, pin)).data;
    const own = `points apply --service mynapay --service-id taro01 --code-file ${joined.codeFile} --yes ${child}`;
    expect(refusedFor(await mynakit(`${own} --json`, pin))).toBe("service-of-another");
    const account = `sandbox service account mynapay child01 --holder ${joined.mykeyId} --ward ${issued.mykeyId}`;
    const { securityCode } = success("sandbox service account", await mynakit(`${account} --json`)).data;
    const code = path.join(home, "child-code");
    writeFileSync(code, securityCode, { mode: 0o600 });
    const words = `points apply --service mynapay --service-id child01 --code-file ${code} --yes ${child} --json`;
    expect(success("points apply", await mynakit(words, pin)).data.created).toBe(true);
  });

  test("for another service once it was applied for", async ({ joined, mynakit }) => {
    success("points apply", await joined.apply());
    await mynakit("sandbox service add otherpay");
    const made = await mynakit(`sandbox service account otherpay x --holder ${joined.mykeyId} --json`);
    writeFileSync(joined.codeFile, success("sandbox service account", made).data.securityCode);
    const words = `points apply --service otherpay --service-id x --code-file ${joined.codeFile} --yes ${withCard}`;
    expect(refusedFor(await mynakit(`${words} --json`, pin))).toBe("application-final");
  });
});

describe("the security code", () => {
  const words = `points apply --service mynapay --service-id taro01 --yes ${withCard}`;

  async function refusedBeforeTheCard(
    mynakit: (words: Words, options?: RunOptions) => Promise<Outcome>,
    more: string,
    code: Parameters<typeof failed>[1],
  ) {
    const error = failed(await mynakit(`${words} ${more} --json`, pin), code);
    expect(error.pinSent).toBe(false);
    return error;
  }

  test("never stands on the command line", async ({ mynakit }) => {
    const outcome = await mynakit(`${words} --security-code ABCD2345 --lang ja`, pin);
    expect(failedInWords(outcome, "ERR_USAGE_PIN_ON_ARGV")).not.toContain("ABCD2345");
  });

  test("is asked for before the card is used, so it has to come from somewhere", async ({ mynakit }) => {
    const error = await refusedBeforeTheCard(mynakit, "", "ERR_USAGE_INPUT_NEEDED");
    expect(error.details).toEqual({ what: "security-code", option: "--code-file" });
  });

  test("comes from a file that is there, is not empty, and is its owner's alone", async ({ mynakit, home }) => {
    const file = path.join(home, "code");
    await refusedBeforeTheCard(mynakit, `--code-file ${file}`, "ERR_IO_READ");
    writeFileSync(file, "\n", { mode: 0o600 });
    await refusedBeforeTheCard(mynakit, `--code-file ${file}`, "ERR_USAGE_OPTION");
    const open = path.join(home, "open");
    writeFileSync(open, "ABCD2345", { mode: 0o644 });
    await refusedBeforeTheCard(mynakit, `--code-file ${open}`, "ERR_IO_CODE_FILE_MODE");
    mkdirSync(path.join(home, "folder"), { mode: 0o700 });
    await refusedBeforeTheCard(mynakit, `--code-file ${path.join(home, "folder")}`, "ERR_IO_READ");
  });

  test("is asked for at the terminal, unseen; then it is confirmed", async ({ joined, terminal }) => {
    expect(joined.mykeyId).toHaveLength(8);
    const screen = terminal("points apply --service mynapay --service-id taro01 -r sim:standard --lang ja");
    await screen.sees("mynapay のセキュリティコード:");
    screen.type(`WRONG234${keys.enter}`);
    await screen.sees("変更できません");
    screen.type(`no${keys.enter}`);
    expect(await screen.ended()).toBe(130);
    expect(screen.text).not.toContain("WRONG234");
  });
});

describe("the operator's side", () => {
  test.for([
    ["sandbox charge mynapay taro01 0", "ERR_USAGE_ARGUMENT"],
    ["sandbox charge mynapay taro01 1.5", "ERR_USAGE_ARGUMENT"],
    ["sandbox charge mynapay nobody 100", "ERR_PLATFORM_REFUSED"],
    ["sandbox service add mynapay", "ERR_PLATFORM_REFUSED"],
    ["sandbox service add ../x", "ERR_USAGE_ARGUMENT"],
    ["sandbox service account mynapay x", "ERR_USAGE_OPTION"],
    ["sandbox service account mynapay x --holder NOBODY22", "ERR_PLATFORM_REFUSED"],
    ["sandbox service account otherpay x --holder NOBODY22", "ERR_PLATFORM_REFUSED"],
  ] as const)("refuses %s", async ([words, code], { joined, mynakit }) => {
    expect(joined.mykeyId).toHaveLength(8);
    failed(await mynakit(`${words} --json`), code);
  });

  test("is about a database that is there", async ({ mynakit }) => {
    failed(await mynakit("sandbox service add mynapay --json"), "ERR_IO_READ");
  });
});
