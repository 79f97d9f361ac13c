import { writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect } from "vitest";
import { failed, failedInWords, success } from "./support/documents.ts";
import type { Outcome } from "./support/program.ts";
import { test } from "./support/test.ts";

const pin = { input: "1234\n" };
const day = 24 * 60 * 60 * 1000;
const issue = (card: string, more = "") => `mykey issue --yes -r sim:${card} --pin-stdin --json ${more}`;
const makeCard = (hours: number) => `sim create mine --set certificates.issuedHoursAgo=${hours} --json`;

describe("sandbox clock", () => {
  test("lets a new certificate wait in no time, and a session end", async ({ mynakit }) => {
    success("sim create", await mynakit(makeCard(1)));
    const young = failed(await mynakit(issue("mine"), pin), "ERR_CERT_TOO_NEW");
    expect(young).toMatchObject({ pinSent: false, details: { step: "card" } });
    const { data } = success("sandbox clock advance", await mynakit("sandbox clock advance 23h --json"));
    expect(data.aheadSeconds).toBe(23 * 60 * 60);
    expect(success("mykey issue", await mynakit(issue("mine"), pin)).data.created).toBe(true);
    success("portal login", await mynakit("portal login -r sim:mine --pin-stdin --json", pin));
    success("portal whoami", await mynakit("portal whoami --json"));
    success("sandbox clock advance", await mynakit("sandbox clock advance 15m1s --json"));
    failed(await mynakit("portal whoami --json"), "ERR_PLATFORM_SESSION");
  });

  test("moves under a platform that runs, which processes with their own clocks go on logging in to", async ({
    home,
    mynakit,
    start,
  }) => {
    success("sim create", await mynakit(makeCard(8000)));
    const database = path.join(home, "shared.db");
    const there = `--platform ${await start(["sandbox", "start", "--port", "0", "--database", database]).line()}`;
    /** A running platform looks at the store four times a second. */
    const isAhead = async (milliseconds: number) => {
      const { now } = (await (await fetch(`${there.split(" ")[1]}/platform`)).json()) as { now: string };
      return Math.abs(Date.parse(now) - Date.now() - milliseconds) < 60_000;
    };
    const clock = async (verb: "set" | "advance" | "reset", more = "") => {
      const outcome = await mynakit(`sandbox clock ${verb} ${more} --database ${database} --json`);
      const { data } = success(`sandbox clock ${verb}`, outcome);
      await expect.poll(() => isAhead(data.aheadSeconds * 1000)).toBe(true);
      return data;
    };
    const reservedAt = async () =>
      success("mykey issue", await mynakit(issue("mine", there), pin)).data.reservation.at ?? expect.fail();
    const reserved = await reservedAt();
    const { time } = await clock("advance", "30d");
    expect(Date.parse(time) - Date.parse(reserved)).toBeGreaterThan(30 * day - 60_000);
    expect(await reservedAt()).toBe(reserved);

    const back = new Date(Date.now() - 30 * day).toISOString();
    const refused = await mynakit(`sandbox clock set ${back} --database ${database} --json`);
    expect(failed(refused, "ERR_PLATFORM_REFUSED").details).toMatchObject({ reason: "clock-backwards" });
    const { aheadSeconds } = await clock("set", `${back} --backwards`);
    expect(Math.abs(aheadSeconds * 1000 + 30 * day)).toBeLessThan(60_000);
    expect(await reservedAt()).toBe(reserved);
    expect(await clock("reset")).toMatchObject({ aheadSeconds: 0 });
    const audit = await mynakit(`sandbox audit verify --database ${database} --json`);
    expect(success("sandbox audit verify", audit).data).toMatchObject({ whole: true });
  });

  test("says in words how it stands, and what it does not take", async ({ mynakit }) => {
    failed(await mynakit("sandbox clock show --json"), "ERR_IO_READ");
    expect((await mynakit("sandbox clock advance 1h --lang en")).stdout).toContain("1 h ahead of this computer's");
    expect((await mynakit("sandbox clock show --lang ja")).stdout).toContain("1時間進んでいます");
    for (const words of [
      "advance soon",
      "advance -1h",
      "advance 1h1d",
      "advance 999999d999999d",
      "set noon",
      "set 9999-12-31T23:59:59Z",
    ]) {
      const outcome = await mynakit(["sandbox", "clock", ...words.split(" "), "--json"]);
      expect([outcome.code, outcome.stderr], words).toEqual([2, ""]);
    }
    failedInWords(await mynakit("sandbox clock set 2020-01-01T00:00:00Z --lang ja"), "ERR_PLATFORM_REFUSED");
  });
});

test("sandbox close: everybody is refused before a PIN is asked for, until it is opened", async ({
  home,
  mynakit,
  start,
}) => {
  const database = path.join(home, "platform", "sandbox.db");
  const there = `--platform ${await start(["sandbox", "start", "--port", "0", "--database", database]).line()}`;
  const until = "2030-04-01T00:00:00Z";
  const closed = success("sandbox close", await mynakit(`sandbox close --until ${until} --json`)).data;
  expect(closed).toMatchObject({ open: false, until });
  const health = async (name: string) => (await fetch(`${there.split(" ")[1]}/${name}`)).status;
  await expect.poll(() => health("openapi.json")).toBe(503);
  expect([await health("ready"), await health("health")]).toEqual([200, 200]);
  for (const platform of [there, ""]) {
    const error = failed(await mynakit(issue("standard", platform), pin), "ERR_PLATFORM_REFUSED");
    expect(error).toMatchObject({
      pinSent: false,
      triesBefore: null,
      details: { reason: "platform-closed", earliest: until, step: "environment" },
    });
    failed(await mynakit(`portal login -r sim:standard --pin-stdin --json ${platform}`, pin), "ERR_PLATFORM_REFUSED");
  }
  const words = issue("standard", there).replace("--json", "--lang ja");
  expect(failedInWords(await mynakit(words, pin), "ERR_PLATFORM_REFUSED")).toMatch(/メンテナンス中[\s\S]*環境チェック/);
  expect((await mynakit("sandbox open --lang en")).stdout).toContain("The platform is open.");
  await expect.poll(() => health("openapi.json")).toBe(200);
  success("mykey issue", await mynakit(issue("standard", there), pin));
  failed(await mynakit("sandbox close --until tomorrow --json"), "ERR_USAGE_OPTION");
  failed(await mynakit("sandbox close --until 2020-01-01T00:00:00Z --json"), "ERR_USAGE_OPTION");
  failed(await mynakit("sandbox service account a b --holder ABCD0123 --ward ABCD0123 --json"), "ERR_USAGE_OPTION");
});

test("mykey issue: an error names the step that it belongs to", async ({ mynakit }) => {
  success("sim create", await mynakit("sim create other --set auth.remaining=0 --json"));
  const cases = [
    [issue("other"), "ERR_PIN_LOCKED", "pin"],
    [issue("other", "--platform http://127.0.0.1:9"), "ERR_NETWORK_UNREACHABLE", "environment"],
    [issue("nobody"), "ERR_READER_NOT_FOUND", "environment"],
  ] as const;
  for (const [words, code, step] of cases) expect(failed(await mynakit(words, pin), code).details.step).toBe(step);
});

test("sandbox capacity: what is set holds for a platform that runs, and for one that starts", async ({
  home,
  mynakit,
  start,
}) => {
  const database = path.join(home, "shared.db");
  const words = ["sandbox", "start", "--port", "0", "--database", database];
  const running = start([...words, "--capacity", "2"]);
  const there = `--platform ${await running.line()}`;
  const capacity = async (more = "") =>
    success("sandbox capacity", await mynakit(`sandbox capacity --database ${database} --json ${more}`)).data;
  success("mykey issue", await mynakit(issue("standard", there), pin));
  expect(await capacity()).toMatchObject({ limit: 2, taken: 1, left: 1, setByOperator: true });
  expect(await capacity("--set 0")).toMatchObject({ limit: 0, taken: 1, left: 0 });
  success("sim create", await mynakit(makeCard(100)));
  const inWords = await mynakit(issue("mine", there).replace("--json", "--lang en"), pin);
  expect(inWords.stderr).toMatch(/All reservations are taken[\s\S]*1\/6[\s\S]*4\/6[\s\S]*5\/6/);
  const full = failed(await mynakit(issue("mine", there), pin), "ERR_PLATFORM_REFUSED");
  expect(full.details).toMatchObject({ reason: "capacity-reached", step: "display" });
  expect(success("mykey issue", await mynakit(issue("standard", there), pin)).data.created).toBe(false);
  await running.stop("SIGTERM");
  const again = `--platform ${await start(words).line()}`;
  failed(await mynakit(issue("mine", again), pin), "ERR_PLATFORM_REFUSED");
  expect(await capacity("--set published")).toMatchObject({ limit: 40_000_000, setByOperator: false });
  success("mykey issue", await mynakit(issue("mine", again), pin));
  failed(await mynakit(`sandbox capacity --set lots --database ${database} --json`), "ERR_USAGE_OPTION");
});

describe("sandbox programme", () => {
  const withCard = "-r sim:standard --pin-stdin";

  test("opened, points are applied for and granted today, by the operator's terms; closed, no more", async ({
    home,
    mynakit,
  }) => {
    const { mykeyId } = success("mykey issue", await mynakit(issue("standard"), pin)).data;
    await mynakit("sandbox service add mynapay");
    const account = await mynakit(`sandbox service account mynapay taro01 --holder ${mykeyId} --json`);
    const codeFile = path.join(home, "code");
    writeFileSync(codeFile, success("sandbox service account", account).data.securityCode, { mode: 0o600 });
    const apply = () =>
      mynakit(
        `points apply --service mynapay --service-id taro01 --code-file ${codeFile} --yes ${withCard} --json`,
        pin,
      );
    const next = async () => success("points status", await mynakit(`points status ${withCard} --json`, pin)).data.next;
    const refusedFor = async (outcome: Outcome) => failed(outcome, "ERR_PLATFORM_REFUSED").details.reason;

    expect(await refusedFor(await apply())).toBe("programme-closed");
    const opened = success("sandbox programme open", await mynakit("sandbox programme open 1 --json")).data;
    expect(opened.programmes).toMatchObject([
      { programme: 1, state: "running", from: opened.today, until: "9999-12-31" },
    ]);
    expect(await next()).toBe("application");
    const told = success("points programmes", await mynakit("points programmes --json")).data;
    expect(told.programmes).toMatchObject([
      { programme: 1, state: "running", until: "9999-12-31" },
      { state: "ended" },
    ]);
    const sources = told.programmes.flatMap(({ terms }) => terms.map(({ statements }) => statements.at(-1)?.source));
    expect(sources.filter((source) => source === "operator")).toHaveLength(4);
    await mynakit("sandbox programme set 1 budget-people=0");
    expect(await refusedFor(await apply())).toBe("programme-spent");
    await mynakit("sandbox programme set 1 budget-people=1 premium-percent=50 premium-points=6000");
    expect(success("points apply", await apply()).data).toMatchObject({ programme: 1, mostPoints: 6000 });
    const charge = (yen: number) => mynakit(`sandbox charge mynapay taro01 ${yen} --json`);
    expect(success("sandbox charge", await charge(10_000)).data).toMatchObject({ points: 5000 });
    await mynakit("sandbox programme set 1 premium-points=4000");
    expect(success("sandbox charge", await charge(10_000)).data).toMatchObject({ points: 0, totalPoints: 5000 });

    expect((await mynakit("sandbox programme close 1 --lang ja")).stdout).toContain("運営者が定めた条件");
    expect(await refusedFor(await charge(1000))).toBe("programme-closed");
    const reset = success("sandbox programme reset", await mynakit("sandbox programme reset 1 --json")).data;
    expect(reset.programmes).toMatchObject([{ state: "ended", until: "2021-12-31", setByOperator: [] }]);
    expect(success("sandbox audit verify", await mynakit("sandbox audit verify --json")).data.whole).toBe(true);
  });

  test("closed before it begins, it does not end before that", async ({ mynakit }) => {
    await mynakit("sandbox programme open 1 --from 2999-04-01 --json");
    const { data } = success("sandbox programme close", await mynakit("sandbox programme close 1 --json"));
    const [programme] = data.programmes;
    expect(programme?.state).toBe("ended");
    expect(programme?.from).toBe(programme?.until);
  });

  test.for([
    "open 3",
    "open 1 --from 2027-02-30",
    "open 1 --until soon",
    "open 1 --from 2027-04-01 --until 2026-01-01",
    "set 1",
    "set 1 premium-percent=much",
    "set 1 no-such-term=1",
    "set 1 premium-percent=101",
    "set 1 premium-points=1 premium-points=2",
    "set 1 grants-from=2027-13-01",
    "set 1 one-service=no",
  ])("%s is a usage error", async (words, { mynakit }) => {
    expect((await mynakit(`sandbox programme ${words} --json`)).code).toBe(2);
  });
});
