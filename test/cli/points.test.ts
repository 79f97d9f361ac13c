import { describe, expect } from "vitest";
import { failed, failedInWords, success } from "./support/documents.ts";
import { test } from "./support/test.ts";

describe("points programmes", () => {
  test("says what was known on a day, and what was not [rows 67, 68, 73]", async ({ mynakit }) => {
    const { data } = success("points programmes", await mynakit("points programmes --as-of 2020-02-01 --json"));
    expect(data.programmes.map(({ programme, state, until }) => ({ programme, state, until }))).toEqual([
      { programme: 1, state: "announced", until: "2021-03" },
      { programme: 2, state: "unknown", until: null },
    ]);
    const terms = new Map(data.programmes[0]?.terms.map(({ name, statements }) => [name, statements]));
    expect(terms.get("premium-points")).toMatchObject([{ value: 5000, known: "2019-12-05", dating: "on" }]);
    for (const open of [
      "use-of-points",
      "prepayment-method",
      "purchase-conditions",
      "points-expiry",
      "grant-unit",
    ] as const)
      expect(terms.get(open), open).toMatchObject([{ value: null }]);
    expect(terms.get("applications-from")).toEqual([]);
  });

  test("keeps every deadline that was moved, and the source that says otherwise [rows 13, 19]", async ({ mynakit }) => {
    const { data } = success("points programmes", await mynakit("points programmes --as-of 2026-01-01 --json"));
    expect(data.programmes.map(({ state, from, until }) => ({ state, from, until }))).toEqual([
      { state: "ended", from: "2020-09-01", until: "2021-12-31" },
      { state: "ended", from: "2022-01-01", until: "2023-09" },
    ]);
    const valuesOf = (index: number, term: string) =>
      data.programmes[index]?.terms.find(({ name }) => name === term)?.statements.map(({ value }) => value);
    expect(valuesOf(0, "grants-until")).toEqual(["2021-03", "2021-09", "2021-12-31"]);
    expect(valuesOf(1, "card-applications-until")).toEqual(["2022-09", "2022-12", "2023-02"]);
    const budget = data.programmes[0]?.terms.find(({ name }) => name === "budget-yen")?.statements;
    expect(budget).toMatchObject([{ value: 200_000_000_000, otherwise: { value: 250_000_000_000, source: "Nikkei" } }]);
  });

  test("is of today without a day, which is today in Japan", async ({ mynakit }) => {
    const env = { MYNAKIT_NOW: "2021-12-31T15:00:00Z" };
    const { data } = success("points programmes", await mynakit("points programmes --json", { env }));
    expect(data.asOf).toBe("2022-01-01");
    expect(data.programmes.map(({ state }) => state)).toEqual(["ended", "running"]);
  });

  test.for(["2022-07-01", "2022/7/1", "令和4年7月1日", "R4.7.1"])("takes the day as %s", async (day, { mynakit }) => {
    const { data } = success("points programmes", await mynakit(["points", "programmes", "--as-of", day, "--json"]));
    expect(data.asOf).toBe("2022-07-01");
  });

  test.for(["2022-02-30", "tomorrow", "20", "2022-13-01"])("refuses %s as a day", async (day, { mynakit }) => {
    const error = failed(await mynakit(["points", "programmes", "--as-of", day, "--json"]), "ERR_USAGE_OPTION");
    expect(error.details).toMatchObject({ option: "--as-of", problem: "malformed" });
  });

  test("in Japanese names what was unknown, what is open and what was moved", async ({ mynakit }) => {
    const { code, stdout } = await mynakit("points programmes --as-of 2021-04-01 --lang ja");
    expect(code).toBe(0);
    expect(stdout).toMatch(/マイナポイント第1弾\n状態 +実施中/);
    expect(stdout).toMatch(/終了） +2021-09（日は不明） +遅くとも 2021-03-31/);
    expect(stdout).toMatch(/変更前 +2021-03/);
    expect(stdout).toMatch(/ポイントの使いみち +検討中/);
    expect(stdout).toMatch(/マイナポイント第2弾\n状態 +まだ公表されていない/);
  });
});

describe("points calc", () => {
  test("adds up charges, exactly, up to the cap", async ({ mynakit }) => {
    const words = "points calc --programme 1 --charge 9999 --charge 2 --json";
    const { data } = success("points calc", await mynakit(words));
    expect(data).toMatchObject({
      charges: [9999, 2],
      premium: { chargedYen: 10_001, countedYen: 10_001, points: 2500, remainingYen: 9999, remainingPoints: 2500 },
      points: 2500,
    });
    const capped = success("points calc", await mynakit("points calc --charge 999999999 --json"));
    expect(capped.data).toMatchObject({ points: 5000, premium: { countedYen: 20_000, remainingPoints: 0 } });
  });

  test("of programme 2 adds the sums that were asked for [row 72]", async ({ mynakit }) => {
    const words = "points calc --programme 2 --charge 20000 --health-insurance --public-account";
    expect(success("points calc", await mynakit(`${words} --json`)).data.points).toBe(20_000);
    const { stdout } = await mynakit(`${words} --lang ja`);
    expect(stdout).toMatch(/合計 +20,000 ポイント/);
    expect(stdout).toMatch(/上限までの残り +あと 0 円で 0 ポイント/);
    expect((await mynakit(`${words} --lang en`)).stdout).toMatch(/Total +20,000 points/);
  });

  test.for([
    ["--charge -5", "--charge"],
    ["--charge 1.5", "--charge"],
    ["--charge 1e3", "--charge"],
    ["--charge 9999999999", "--charge"],
    ["--programme 3", "--programme"],
    ["--health-insurance", "--health-insurance"],
    ["--programme 2 --public-account --as-of 2022-03-01", "--public-account"],
    ["--as-of 2019-01-01", "--as-of"],
  ])("refuses %s", async ([words, option], { mynakit }) => {
    expect(failed(await mynakit(`points calc ${words} --json`), "ERR_USAGE_OPTION").details).toMatchObject({ option });
  });

  test("says from when what was asked for was known", async ({ mynakit }) => {
    const outcome = await mynakit("points calc --programme 2 --health-insurance --as-of 2022-03-01 --lang ja");
    expect(failedInWords(outcome, "ERR_USAGE_OPTION")).toContain("--as-of 2022-06-30");
  });
});
