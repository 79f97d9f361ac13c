import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect } from "vitest";
import { portalEn as pagesEn } from "../../src/sandbox/web/words/portal/en.ts";
import { portalJa as pagesJa } from "../../src/sandbox/web/words/portal/ja.ts";
import { failed, success } from "./support/documents.ts";
import { test } from "./support/test.ts";

const search = "portal procedures search";
const show = "portal procedures show";

describe("portal procedures search", () => {
  test("finds the procedures of a municipality for an event of life, without login or card [rows 9, 130, 131]", async ({
    mynakit,
  }) => {
    const { data } = success(
      search,
      await mynakit([...search.split(" "), "--city", "目黒区", "--for", "moving", "--json"]),
    );
    expect(data.municipalities).toEqual([{ code: "131105", name: "目黒区", prefecture: "東京都" }]);
    const channels = Object.fromEntries(data.procedures.map(({ id, channel }) => [id, channel]));
    expect(channels).toMatchObject({
      "131105-moving-out": "online",
      "131105-child-allowance-name": "print",
      "131105-seal-registration": "counter",
    });
    expect(data.procedures.every(({ lifeEvents }) => lifeEvents.includes("moving"))).toBe(true);
    expect(data.platform.sandbox).toBe(true);
  });

  test.for([pagesJa, pagesEn])(
    "finds some by the command that the sandbox's my page offers",
    async ({ home }, { mynakit }) => {
      const [, command = ""] = home.commands.find(([, words]) => words.includes(search)) ?? [];
      const { data } = success(search, await mynakit(`${command.replace(/^mynakit /, "")} --json`));
      expect(data.procedures.length).toBeGreaterThan(0);
    },
  );

  test.for(["131105", "めぐろく", "ﾒｸﾞﾛｸ", "メグロ", "東京都目黒区", "１３１１０５"])(
    "knows a municipality as %s",
    async (city, { mynakit }) => {
      const { data } = success(search, await mynakit([...search.split(" "), "--city", city, "--json"]));
      expect(data.municipalities.map(({ code }) => code)).toEqual(["131105"]);
      expect(data.procedures.length).toBeGreaterThan(5);
    },
  );

  test("narrows step by step, city, event, keyword, until one is left to be shown, in both languages [row 131]", async ({
    mynakit,
  }) => {
    const words = [search, "--city", "横浜市", "--for", "child-raising", "--keyword", "氏名変更"].flatMap((word) =>
      word.split(" "),
    );
    const found: number[] = [];
    for (const length of [5, 7, 9]) {
      const { data } = success(search, await mynakit([...words.slice(0, length), "--json"]));
      found.push(data.procedures.length);
    }
    expect(found).toEqual(found.toSorted((a, b) => b - a));
    expect([new Set(found).size, found.at(-1)]).toEqual([3, 1]);
    expect((await mynakit([...words, "--lang", "ja"])).stdout).toMatch(/141003-child-allowance-name.*書面/);
    expect((await mynakit([...words, "--lang", "en"])).stdout).toMatch(/141003-child-allowance-name.*printed form/);
    const { data } = success(show, await mynakit(`${show} 141003-child-allowance-name --json`));
    expect(data).toMatchObject({ channel: "print" });
  });

  test("finds what is done in one stop: raising children, care, after disasters [row 146]", async ({ mynakit }) => {
    for (const event of ["child-raising", "care", "disaster"]) {
      const { data } = success(search, await mynakit(`${search} --city 131105 --for ${event} --json`));
      const online = data.procedures.filter(({ channel }) => channel === "online");
      expect(online.length, event).toBeGreaterThan(0);
      const { data: shown } = success(show, await mynakit(`${show} ${online[0]?.id} --json`));
      expect(shown.lifeEvents).toContain(event);
    }
  });

  test("finds a keyword in whichever kana, and every one of several", async ({ mynakit }) => {
    const found = async (keyword: string) =>
      success(
        search,
        await mynakit([...search.split(" "), "--city", "141003", "--keyword", keyword, "--json"]),
      ).data.procedures.map(({ id }) => id);
    expect(await found("ジドウテアテ")).toEqual(["141003-child-allowance", "141003-child-allowance-name"]);
    expect(await found("児童手当　氏名変更")).toEqual(["141003-child-allowance-name"]);
    expect(await found("ない言葉")).toEqual([]);
  });

  test("lists the municipalities of an ambiguous name, with exit code 1", async ({ mynakit }) => {
    const words = [...search.split(" "), "--city", "府中市"];
    const { code, stdout } = await mynakit([...words, "--lang", "ja"]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/132063 +東京都府中市\n342084 +広島県府中市/);
    expect(stdout).toContain("当てはまる市区町村が複数あります。");
    expect(stdout).not.toContain("132063-");
  });

  test("refuses an unknown municipality and names those that there are", async ({ mynakit }) => {
    const error = failed(await mynakit([...search.split(" "), "--city", "無い市", "--json"]), "ERR_USAGE_OPTION");
    expect(error.details).toMatchObject({ option: "--city", problem: "not-allowed" });
    expect(JSON.stringify(error.details)).toContain("131105");
    failed(await mynakit(`${search} --json`), "ERR_USAGE_OPTION");
  });
});

describe("portal procedures show", () => {
  test("shows fields, attachments and what comes from the card [row 150]", async ({ mynakit }) => {
    const { data } = success(show, await mynakit(`${show} 271004-benefit --json`));
    expect(data).toMatchObject({ channel: "online", open: true, fromCard: ["name", "address", "birthDate", "sex"] });
    expect(data.fields.map(({ name }) => name)).toEqual(expect.arrayContaining(["bankCode", "accountNumber"]));
    expect(data.attachments).toMatchObject([{ name: "account", required: true }]);
    const japanese = await mynakit(`${show} 271004-work-certificate --lang ja`);
    expect(japanese.stdout).toMatch(/就労証明書の提出[\s\S]*事業所名/);
  });

  test("gives the form of the work certificate by municipality, which another one does not take [row 144]", async ({
    mynakit,
    home,
  }) => {
    const formOf = async (municipality: string) => {
      const file = path.join(home, `${municipality}.json`);
      const words = `${show} ${municipality}-work-certificate --template ${file} --json`;
      const { channel } = success(show, await mynakit(words)).data;
      return { file, channel, form: JSON.parse(readFileSync(file, "utf8")) };
    };
    const [meguro, date] = [await formOf("131105"), await formOf("072133")];
    expect([meguro.channel, date.channel]).toEqual(["online", "print"]);
    expect(date.form).toMatchObject({
      procedure: "072133-work-certificate",
      fields: { employer: "", hoursPerMonth: "" },
    });
    success("portal login", await mynakit("portal login --pin-stdin -r sim:standard --json", { input: "1234\n" }));
    const words = `portal procedures apply 271004-work-certificate --form ${meguro.file} --yes --json -r sim:nobody`;
    const { findings } = failed(await mynakit(words), "ERR_USAGE_FORM").details;
    expect(findings).toContainEqual({ name: "--form", problem: "another-form" });
  });

  test("says that the special fixed benefit is over [row 151]", async ({ mynakit }) => {
    const { data } = success(show, await mynakit(`${show} 131105-special-fixed-benefit --json`));
    expect(data).toMatchObject({ open: false, until: "2020-08-31" });
  });

  test("asks no one for a My Number", async ({ mynakit }) => {
    for (const kind of ["child-allowance", "care-certification", "benefit", "company-setup"]) {
      const { stdout } = await mynakit(`${show} 131105-${kind} --json`);
      expect(stdout).not.toMatch(/my ?number|個人番号|マイナンバー/i);
    }
  });

  test("writes the form to be filled in, for its owner alone, and replaces no file", async ({ mynakit, home }) => {
    const file = path.join(home, "form.json");
    const words = [...show.split(" "), "131105-moving-out", "--template", file, "--json"];
    expect(success(show, await mynakit(words)).data.template).toBe(file);
    expect(JSON.parse(readFileSync(file, "utf8"))).toEqual({
      procedure: "131105-moving-out",
      version: 1,
      fields: { newAddress: "", movingDay: "", phone: "" },
    });
    expect(statSync(file).mode & 0o077).toBe(0);
    writeFileSync(file, "filled");
    expect(failed(await mynakit(words), "ERR_IO_EXISTS").hint).toContain("--template");
    const counter = `${show} 131105-seal-registration --template ${path.join(home, "none.json")} --json`;
    expect(failed(await mynakit(counter), "ERR_USAGE_OPTION").details.problem).toBe("no-form");
    expect(existsSync(path.join(home, "none.json"))).toBe(false);
    expect(readFileSync(file, "utf8")).toBe("filled");
  });

  test.for(["131105-nothing", "../../etc/passwd", "000000-benefit"])("refuses %s", async (id, { mynakit }) => {
    const error = failed(await mynakit([...show.split(" "), id, "--json"]), "ERR_USAGE_ARGUMENT");
    expect(error.message).toContain("Look for it with mynakit portal procedures search");
  });
});
