import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect } from "vitest";
import { failed, success } from "./support/documents.ts";
import type { Outcome, RunOptions, Words } from "./support/program.ts";
import { keys } from "./support/terminal.ts";
import { test } from "./support/test.ts";

const login = "portal login --pin-stdin -r sim:standard --json";
const pin = { input: "1234\n" };

test("registers, shows and changes it, in both languages [row 88]", async ({ mynakit }) => {
  failed(await mynakit("portal register --nickname たろう --json"), "ERR_PLATFORM_SESSION");
  success("portal login", await mynakit(login, pin));
  const early = failed(await mynakit("portal profile --json"), "ERR_PLATFORM_REFUSED");
  expect([early.details.reason, early.hint]).toEqual(["not-registered", expect.stringContaining("portal register")]);
  failed(await mynakit("portal register --json"), "ERR_USAGE_OPTION");
  for (const [words, option] of [
    [["--nickname", " "], "--nickname"],
    [["--nickname", "a".repeat(21)], "--nickname"],
    [["--nickname", "a", "--email", "foo"], "--email"],
    [["--nickname", "a", "--notify", "on"], "--notify"],
  ] as const) {
    const error = failed(await mynakit(["portal", "register", ...words, "--json"]), "ERR_USAGE_OPTION");
    expect(error).toMatchObject({ exit: 2, details: { option } });
  }
  const registered = success("portal register", await mynakit("portal register --nickname たろう --json"));
  expect(registered.data).toMatchObject({ nickname: "たろう", email: null, notify: false });
  const changed = await mynakit("portal profile --email taro@example.jp --notify on --json");
  expect(success("portal profile", changed).data).toMatchObject({ email: "taro@example.jp", notify: true });
  const none = await mynakit("portal profile --email none --notify off --json");
  expect(success("portal profile", none).data).toMatchObject({ email: null, notify: false });
  expect((await mynakit("portal profile --lang ja")).stdout).toMatch(/ニックネーム +たろう/);
  expect((await mynakit("portal profile --lang en")).stdout).toMatch(/Nickname +たろう/);
});

test("lists notices, the newest first, and reads one [row 135]", async ({ mynakit }) => {
  success("portal login", await mynakit(login, pin));
  success("portal register", await mynakit("portal register --nickname a --json"));
  const { notices } = success("portal notices", await mynakit("portal notices --unread --json")).data;
  const numbers = notices.map(({ number }) => number);
  expect(numbers).toEqual(numbers.toSorted((a, b) => b - a));
  const [newest] = notices;
  expect(newest).toMatchObject({ kind: "registered", readAt: null });
  const read = success("portal notices", await mynakit(`portal notices --read ${newest?.number} --json`)).data;
  expect(read.notices).toMatchObject([{ number: newest?.number, readAt: expect.any(String) }]);
  const left = success("portal notices", await mynakit("portal notices --unread --json")).data;
  expect(left.notices).toEqual(notices.slice(1));
  expect((await mynakit("portal notices --lang ja")).stdout).toContain("利用者登録が完了しました。");
  failed(await mynakit("portal notices --watch --read 1 --json"), "ERR_USAGE_OPTION");
  failed(await mynakit("portal notices --read x --json"), "ERR_USAGE_OPTION");
});

test("waits for notices: those that are there first, a line each, until Ctrl-C", async ({ mynakit, start }) => {
  success("portal login", await mynakit(login, pin));
  success("portal register", await mynakit("portal register --nickname a --json"));
  const { notices } = success("portal notices", await mynakit("portal notices --json")).data;
  const watching = start("portal notices --watch --json");
  for (const notice of notices.toReversed()) {
    const line = JSON.parse(await watching.line()) as unknown;
    expect(line).toMatchObject({ schema: "mynakit.portal.notices.notice/1", ok: true, data: notice });
  }
  expect(await watching.stop("SIGINT")).toMatchObject({ code: 0, stderr: "" });
});

test("tells who watches that something opens, at the moment when it does [row 156]", async ({
  home,
  mynakit,
  start,
}) => {
  const database = path.join(home, "shared.db");
  const env = { MYNAKIT_PLATFORM: await start(["sandbox", "start", "--port", "0", "--database", database]).line() };
  const clock = async (words: string) => {
    const outcome = await mynakit(`sandbox clock ${words} --database ${database} --json`);
    expect(outcome, outcome.stdout).toMatchObject({ code: 0 });
    const { time } = JSON.parse(outcome.stdout).data as { time: string };
    const shown = async () => ((await (await fetch(`${env.MYNAKIT_PLATFORM}/platform`)).json()) as { now: string }).now;
    await expect.poll(async () => Date.parse(await shown()) >= Date.parse(time)).toBe(true);
  };
  // A minute is how far a clock may be off; the watching command has learned the platform's when it began.
  await clock("set 2027-02-15T23:59:20Z");
  success("portal login", await mynakit(login, { ...pin, env }));
  success("portal register", await mynakit("portal register --nickname a --json", { env }));
  const watching = start("portal notices --watch --unread --lang ja", { env });
  const opening = "令和8年分の確定申告の受付が始まりました。";
  const before = success("portal notices", await mynakit("portal notices --json", { env })).data.notices;
  for (const _notice of before) expect(await watching.line()).not.toContain(opening);
  await clock("advance 45s");
  expect(await watching.line()).toContain(opening);
  expect(await watching.stop("SIGINT")).toMatchObject({ code: 0 });
}, 60_000);

const registered = async (mynakit: (words: Words, options?: RunOptions) => Promise<Outcome>) => {
  success("portal login", await mynakit(login, pin));
  success("portal register", await mynakit("portal register --nickname a --json"));
};

test("gets information of a synthetic person, as a table, JSON and CSV [rows 132, 134, 147]", async ({
  mynakit,
  home,
}) => {
  await registered(mynakit);
  const { data } = success("portal info", await mynakit("portal info household --json"));
  expect(data.requests).toMatchObject([{ topic: "household", state: "answered" }]);
  expect(data.records?.map(({ member, item }) => [member, item])).toContainEqual(["self", "born"]);
  const japanese = await mynakit("portal info household --lang ja");
  expect(japanese.stdout).toMatch(/(昭和|平成)(元|\d+)年\d+月\d+日 +本人 +出生/);
  expect(japanese.stdout).toContain("架空の人物");
  expect((await mynakit("portal info household --lang en")).stdout).toContain("synthetic");
  const table = await mynakit("portal info household --csv - --lang en");
  const lines = table.stdout.split("\r\n");
  expect([lines[0], lines.length]).toEqual(["Day,Of,What,Value,Unit", (data.records?.length ?? 0) + 2]);
  const file = path.join(home, "household.csv");
  const written = success("portal info", await mynakit(["portal", "info", "household", "--csv", file, "--json"]));
  expect(written.data.csv).toEqual({ file });
  expect(readFileSync(file, "utf8")).toMatch(/^\ufeff/);
  const there = failed(await mynakit(["portal", "info", "household", "--csv", file, "--json"]), "ERR_IO_EXISTS");
  expect([there.details.option, there.hint]).toEqual(["--csv", expect.stringContaining("with --csv")]);
  failed(await mynakit("portal info household --csv - --json"), "ERR_USAGE_OPTION");
  failed(await mynakit("portal info luck --json"), "ERR_USAGE_ARGUMENT");
  const none = success("portal info", await mynakit("portal info household --period 1900..1901 --json"));
  expect(none.data.records).toEqual([]);
  const backwards = failed(await mynakit("portal info tax --period 2024..2023 --json"), "ERR_USAGE_OPTION");
  expect(backwards.message).toContain("ends before it begins");
  for (const period of ["..", "2024-13", "x", "2024..2025..2026"]) {
    failed(await mynakit(`portal info tax --period ${period} --json`), "ERR_USAGE_OPTION");
  }
});

test("asks for what takes a while, says how to look again, and can wait for it [row 133]", async ({
  mynakit,
  home,
}) => {
  await registered(mynakit);
  const asked = success("portal info", await mynakit("portal info tax --json")).data;
  expect(asked).toMatchObject({ requests: [{ topic: "tax", state: "requested" }], records: null });
  expect((await mynakit("portal info tax --lang ja")).stdout).toContain("mynakit portal info tax");
  const ofYear = await mynakit("portal info tax --period 2024 --lang ja");
  expect(ofYear.stdout).toContain("mynakit portal info tax --period 2024-01-01..2024-12-31");
  const csv = path.join(home, "tax.csv");
  const early = success("portal info", await mynakit(["portal", "info", "tax", "--csv", csv, "--json"]));
  expect([early.data.csv, existsSync(csv)]).toEqual([null, false]);
  expect(early.warnings).toMatchObject([{ code: "WARN_CSV_PENDING" }]);
  const answered = success("portal info", await mynakit("portal info pension --until-answered 60 --json")).data;
  expect(answered.requests).toMatchObject([{ state: "answered" }]);
  const { notices } = success("portal notices", await mynakit("portal notices --json")).data;
  expect(notices[0]).toMatchObject({ kind: "information-answered", about: "pension" });
  const { requests } = success("portal info", await mynakit("portal info --json")).data;
  expect(requests.map(({ topic, state }) => [topic, state])).toEqual([
    ["pension", "answered"],
    ["tax", "requested"],
    ["tax", "requested"],
  ]);
  expect((await mynakit("portal info --lang ja")).stdout).toMatch(/年金 +すべて +回答済み/);
});

test("shows who asked for what, what the sandbox provided among it [row 136]", async ({ mynakit }) => {
  await registered(mynakit);
  const before = success("portal exchanges", await mynakit("portal exchanges --json")).data.exchanges;
  success("portal info", await mynakit("portal info health --json"));
  const after = success("portal exchanges", await mynakit("portal exchanges --json")).data.exchanges;
  expect(after[0]).toMatchObject({ requester: "person", provider: "health-insurer", ground: "own-request" });
  expect(after.slice(1)).toEqual(before);
  const today = after[0]?.at.slice(0, 10) ?? "";
  const since = success("portal exchanges", await mynakit(`portal exchanges --since ${today} --json`)).data;
  expect(since.exchanges.length).toBeLessThanOrEqual(after.length);
  failed(await mynakit("portal exchanges --since yesterday --json"), "ERR_USAGE_OPTION");
  expect((await mynakit("portal exchanges --lang ja")).stdout).toContain("番号法第19条第8号");
});

test("links a service after consent, and takes it away [rows 137, 139, 140, 141, 142]", async ({
  mynakit,
  terminal,
}) => {
  await registered(mynakit);
  failed(await mynakit("portal links --connect nenkin-net --json"), "ERR_USAGE_INPUT_NEEDED");
  failed(await mynakit("portal links --connect luck --json"), "ERR_USAGE_OPTION");
  const person = terminal("portal links --connect nenkin-net --lang en");
  await person.sees("It gets: Pension. Type yes:");
  person.type(`no${keys.enter}`);
  expect(await person.ended()).toBe(130);
  const connected = await mynakit("portal links --connect nenkin-net --yes --json");
  const { links, changed } = success("portal links", connected).data;
  expect(changed).toBe("connect");
  expect(links.filter(({ linkedAt }) => linkedAt !== null).map(({ service }) => service)).toEqual(["nenkin-net"]);
  const again = failed(await mynakit("portal links --connect nenkin-net --yes --json"), "ERR_PLATFORM_REFUSED");
  expect(again.details.reason).toBe("already-linked");
  expect((await mynakit("portal links --lang ja")).stdout).toMatch(/年金記録（模擬） +連携済み（20/);
  success("portal links", await mynakit("portal links --remove nenkin-net --json"));
  failed(await mynakit("portal links --remove nenkin-net --json"), "ERR_PLATFORM_REFUSED");
});

test("pays once, after a yes, and says that no money moves [row 145]", async ({ mynakit, terminal }) => {
  await registered(mynakit);
  const { demands } = success("portal pay", await mynakit("portal pay --json")).data;
  const unpaid = demands[0]?.id ?? "";
  failed(await mynakit(`portal pay ${unpaid} --json --yes`), "ERR_USAGE_OPTION");
  failed(await mynakit(`portal pay ${unpaid} --by bank --json`), "ERR_USAGE_INPUT_NEEDED");
  const person = terminal(`portal pay ${unpaid} --by bank --lang ja`);
  await person.sees("お金は動きません）。よければ");
  person.type(`はい${keys.enter}`);
  await person.sees("SIM-");
  expect(await person.ended()).toBe(0);
  const again = failed(await mynakit(`portal pay ${unpaid} --by card --yes --json`), "ERR_PLATFORM_REFUSED");
  expect(again.details.reason).toBe("already-paid");
  const unknown = failed(await mynakit("portal pay nothing --by card --yes --json"), "ERR_PLATFORM_REFUSED");
  expect(unknown.details.reason).toBe("demand-unknown");
  expect((await mynakit("portal pay --lang en")).stdout).toContain("no money moves");
});

test("shows whether insurance card and account for public money are registered, and cannot register them [row 155]", async ({
  mynakit,
}) => {
  await registered(mynakit);
  const { registrations } = success("portal profile", await mynakit("portal profile --json")).data;
  expect(registrations).toMatchObject({ synthetic: true });
  const shown = await mynakit("portal profile --lang ja");
  for (const [name, since] of [
    ["健康保険証利用", registrations.insuranceCard],
    ["公金受取口座", registrations.publicAccount],
  ]) {
    expect(shown.stdout).toMatch(new RegExp(`${name} +${since === null ? "未登録" : "登録済み（令和"}`));
  }
  expect(shown.stdout).toContain("架空の人物の登録状況です");
  expect((await mynakit("portal profile --lang en")).stdout).toMatch(/Account for public money +(not )?registered/);
  expect((await mynakit("portal profile --public-account on --json")).code).toBe(2);
});

test("shows which functions were there on a day, without a card or a login [row 152]", async ({ mynakit }) => {
  const on = async (day: string) => {
    const { asOf, functions } = success(
      "portal functions",
      await mynakit(`portal functions --as-of ${day} --json`),
    ).data;
    expect(asOf).toBe(day);
    return functions.filter(({ available }) => available).map(({ name }) => name);
  };
  expect(await on("2021-10-20")).toEqual([]);
  expect(await on("2021-10-21")).toEqual(["medicines", "checkups"]);
  expect(await on("2021-10-29")).toEqual(["medicines", "checkups", "application-input", "application-status"]);
  expect(await on("2021-11-19")).toContain("medical-costs");
  expect(await on("2022-02-01")).toEqual(expect.arrayContaining(["donations", "earthquake-insurance"]));
  const shown = await mynakit("portal functions --as-of 令和3年10月21日 --lang ja");
  expect(shown.stdout).toMatch(/薬剤情報の閲覧 +2021-10-21 +利用できる/);
  expect(shown.stdout).toMatch(/地震保険料の控除証明の取得 +2022-02-01 +まだない/);
  expect((await mynakit("portal functions --lang en")).stdout).toMatch(/Medicines +2021-10-21 +there/);
  failed(await mynakit("portal functions --as-of yesterday --json"), "ERR_USAGE_OPTION");
});
