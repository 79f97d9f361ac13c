import path from "node:path";
import { describe, expect } from "vitest";
import { failed, failedInWords, success } from "./support/documents.ts";
import { test } from "./support/test.ts";

const pin = { input: "1234\n" };
const day = 24 * 60 * 60 * 1000;
const issue = (card: string, more = "") => `mykey issue --yes -r sim:${card} --pin-stdin --json ${more}`;
const makeCard = (hours: number) => `sim create mine --set certificates.issuedHoursAgo=${hours} --json`;

describe("sandbox clock", () => {
  test("lets a new certificate wait in no time, and a session end", async ({ mynakit }) => {
    success("sim create", await mynakit(makeCard(1)));
    expect(failed(await mynakit(issue("mine"), pin), "ERR_CERT_TOO_NEW").pinSent).toBe(false);
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
    const clock = async (verb: "set" | "advance" | "reset", more = "") => {
      const outcome = await mynakit(`sandbox clock ${verb} ${more} --database ${database} --json`);
      return success(`sandbox clock ${verb}`, outcome).data;
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
    expect((await mynakit("sandbox clock advance 1h --lang en")).stdout).toContain("3600 s ahead of this computer's");
    expect((await mynakit("sandbox clock show --lang ja")).stdout).toContain("3600秒進んでいます");
    for (const words of ["advance soon", "advance -1h", "advance 1h1d", "advance 999999d999999d", "set noon"]) {
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
  for (const platform of [there, ""]) {
    const error = failed(await mynakit(issue("standard", platform), pin), "ERR_PLATFORM_REFUSED");
    expect(error).toMatchObject({
      pinSent: false,
      triesBefore: null,
      details: { reason: "platform-closed", earliest: until },
    });
    failed(await mynakit(`portal login -r sim:standard --pin-stdin --json ${platform}`, pin), "ERR_PLATFORM_REFUSED");
  }
  const words = issue("standard", there).replace("--json", "--lang ja");
  expect(failedInWords(await mynakit(words, pin), "ERR_PLATFORM_REFUSED")).toContain("メンテナンス中");
  expect((await mynakit("sandbox open --lang en")).stdout).toContain("The platform is open.");
  success("mykey issue", await mynakit(issue("standard", there), pin));
  failed(await mynakit("sandbox close --until tomorrow --json"), "ERR_USAGE_OPTION");
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
  const full = failed(await mynakit(issue("mine", there), pin), "ERR_PLATFORM_REFUSED");
  expect(full.details).toMatchObject({ reason: "capacity-reached" });
  expect(success("mykey issue", await mynakit(issue("standard", there), pin)).data.created).toBe(false);
  await running.stop("SIGTERM");
  const again = `--platform ${await start(words).line()}`;
  failed(await mynakit(issue("mine", again), pin), "ERR_PLATFORM_REFUSED");
  expect(await capacity("--set published")).toMatchObject({ limit: 40_000_000, setByOperator: false });
  success("mykey issue", await mynakit(issue("mine", again), pin));
  failed(await mynakit(`sandbox capacity --set lots --database ${database} --json`), "ERR_USAGE_OPTION");
});
