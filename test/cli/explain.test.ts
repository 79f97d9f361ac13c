import { describe, expect } from "vitest";
import { failed, failedInWords, success } from "./support/documents.ts";
import { test } from "./support/test.ts";

describe("explain", () => {
  test("lists what it knows, and explains all of it in both languages", async ({ mynakit }) => {
    const { entries = [] } = success("explain", await mynakit("explain --json")).data;
    const ids = entries.map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining(["contacts", "lost-card", "pins", "phishing", "MKEC101E", "MKCZ405E"]));
    expect(ids).toEqual(expect.arrayContaining(["ERR_PIN_LOCKED", "WARN_PIN_LOW"]));
    const some = entries.filter(({ kind }, index) => kind !== "mynakit-code" || index % 10 === 0);
    for (const { id } of some) {
      for (const lang of ["ja", "en"]) {
        const outcome = await mynakit(`explain ${id} --lang ${lang} --json`);
        const { explanation } = success("explain", outcome).data;
        expect(explanation?.id).toBe(id);
        expect([...(explanation?.steps ?? []), ...(explanation?.cases ?? [])].length, id).toBeGreaterThan(0);
      }
    }
  }, 120_000);

  test("tells a person what there is", async ({ mynakit }) => {
    const { code, stdout } = await mynakit("explain --lang ja");
    expect(code).toBe(0);
    expect(stdout).toMatch(/lost-card +カードをなくしたとき/);
    expect(stdout).toMatch(/MKEC101E +ブラウザーの拡張機能/);
  });

  test("of a lost card is a checklist: telephone, police, municipality [row 60]", async ({ mynakit }) => {
    const { stdout } = await mynakit("explain lost-card --lang ja");
    expect(stdout).toMatch(/1\. マイナンバー総合フリーダイヤル[\s\S]*2\. .*受理番号[\s\S]*3\. 市区町村/);
  });

  test("of whom to ask names the desk for each matter, and sends nobody to a number that may have changed [rows 12, 14, 15, 43]", async ({
    mynakit,
  }) => {
    const { explanation } = success("explain", await mynakit("explain 問い合わせ --lang ja --json")).data;
    const told = (explanation?.steps ?? []).join("\n");
    for (const desk of ["総合フリーダイヤル", "公的個人認証サービス", "マイキーの問い合わせ窓口", "市区町村の支援窓口"])
      expect(told).toContain(desk);
    expect(told).toMatch(/読み取りのエラー: 公的個人認証サービス/);
    expect(told).not.toMatch(/\d{3,}/);
    expect(explanation?.addresses).toContain("https://www.digital.go.jp");
  });

  test("of false sites names the official addresses, all of them official by their ending [rows 31, 32]", async ({
    mynakit,
  }) => {
    const { explanation } = success("explain", await mynakit("explain phishing --json")).data;
    const hosts = (explanation?.addresses ?? []).map((address) => new URL(address).hostname);
    expect(hosts).toContain("myna.go.jp");
    expect(hosts.filter((host) => !/(^|\.)(go\.jp|kojinbango-card\.go\.jp)$/.test(host))).toEqual([]);
  });

  test.for([
    ["mkec101e", "MKEC101E"],
    ["ＭＫＥＣ１０１Ｅ", "MKEC101E"],
    ["00210026", "E0008"],
    ["ew044-c300", "EW044-C300"],
    ["EM044-C300", "EW044-C300"],
    ["EI123-2303", "EI123-2303"],
    ["115", "115"],
    ["紛失", "lost-card"],
    ["Lost Card", "lost-card"],
    ["err_pin_locked", "ERR_PIN_LOCKED"],
    ["ERR-PIN-LOCKED", "ERR_PIN_LOCKED"],
  ])("finds %s, which is %s", async ([typed = "", id], { mynakit }) => {
    expect(success("explain", await mynakit(["explain", typed, "--json"])).data.explanation?.id).toBe(id);
  });

  test("of a code of ours gives every case, the exit code and what to do", async ({ mynakit }) => {
    const { explanation } = success("explain", await mynakit("explain ERR_PIN_WITHHELD --lang ja --json")).data;
    expect(explanation).toMatchObject({ kind: "mynakit-code", exit: 7, retryable: false });
    expect(explanation?.cases).toHaveLength(5);
    const refused = await mynakit("explain ERR_PLATFORM_REFUSED --lang ja");
    expect(refused.stdout).toContain("already-paid: すでに納付済みです。");
    expect((await mynakit("explain ERR_CARD_ABSENT --lang ja")).stdout).toMatch(/もう一度実行[\s\S]*終了コード +3/);
  });

  test("of a name that nobody knows is an error with what is most like it", async ({ mynakit }) => {
    const error = failed(await mynakit("explain MKEC102 --json"), "ERR_USAGE_TOPIC");
    expect(error.details.near).toEqual(expect.arrayContaining(["MKEC102E", "MKEC101E"]));
    expect(failedInWords(await mynakit("explain lost-cart --lang ja"), "ERR_USAGE_TOPIC")).toContain(
      "mynakit explain lost-card",
    );
    expect(failed(await mynakit(["explain", "x".repeat(5000), "--json"]), "ERR_USAGE_TOPIC").details.near).toEqual([]);
  });

  test("never repeats what was typed: it could be a PIN", async ({ mynakit }) => {
    for (const typed of ["7391", "SECRET73", "__proto__", "constructor", ""]) {
      const { stdout, stderr, code } = await mynakit(["explain", typed, "--json"]);
      expect(code).toBe(2);
      if (typed !== "") expect(`${stdout}${stderr}`).not.toContain(typed);
    }
  });
});
