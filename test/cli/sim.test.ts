import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import stringWidth from "string-width";
import { describe, expect } from "vitest";
import { parseDialogue } from "../../src/apdu/channels/dialogue.ts";
import { isProfileName, profiles } from "../../src/simulator/profiles.ts";
import { cardFile } from "./support/cards.ts";
import { answer, failed, failedInWords, success } from "./support/documents.ts";
import { makeHome, removeHome, test } from "./support/test.ts";

const right = { input: "1234\n" };
const wrong = { input: "0000\n" };

describe("sim create", () => {
  test("makes a card that differs from its profile in what was set, and show says so", async ({ mynakit }) => {
    const words = ["sim", "create", "mine", "--set", "auth.remaining=2", "--set", "person.name=設定　花子", "--json"];
    const { data } = success("sim create", await mynakit([...words, "--link", "nfc424", "--strict", "--seed", "7"]));
    expect(data.facts).toMatchObject({
      "auth.remaining": "2",
      "person.name": "設定　花子",
      link: "nfc424",
      strict: "true",
      seed: "7",
    });
    expect(success("sim show", await mynakit("sim show mine --json")).data).toEqual(data);
    for (const language of ["en", "ja"]) {
      const { stdout } = await mynakit(`sim show mine --lang ${language}`);
      for (const told of ["設定　花子", "nfc424", "1234"]) expect(stdout).toContain(told);
      expect(stdout).toMatch(language === "en" ? /, (fe)?male, / : /, [男女], /);
      if (language === "ja") expect(stdout).toContain("厳格モード (strict)");
    }
    expect(success("pin tries", await mynakit("pin tries auth -r sim:mine --json")).data.pins).toMatchObject([
      { remaining: 2 },
    ]);
  });

  test("keeps settings and seed when the card is made as new", async ({ mynakit }) => {
    await mynakit("sim create mine --set removeAfter=7 --seed 7");
    const before = success("sim show", await mynakit("sim show mine --json")).data;
    const after = success("sim reset", await mynakit("sim reset mine --json")).data;
    expect(after).toEqual({ ...before, createdAt: after.createdAt, pins: after.pins });
  });

  test.for([
    ["auth.left=2", { key: "auth.left", form: null }],
    ["auth.remaining=9", { key: "auth.remaining", form: "0..3" }],
    ["auth.value=9876", { key: "auth.value", form: null }],
    ["9876", { key: "…", form: null }],
  ] as const)("refuses --set %s, names the keys, and repeats no value", async ([setting, details], { mynakit }) => {
    const outcome = await mynakit(`sim create mine --set ${setting} --json`);
    const error = failed(outcome, "ERR_USAGE_SIM_SETTING");
    expect(error.details).toMatchObject(details);
    expect(error.details.keys).toContain("auth.remaining");
    expect(outcome.stdout).not.toContain("9876");
    for (const language of ["en", "ja"]) {
      const told = failedInWords(
        await mynakit(`sim create mine --set ${setting} --lang ${language}`),
        "ERR_USAGE_SIM_SETTING",
      );
      expect(told).toContain("auth.remaining");
    }
  });
});

describe("sim expect", () => {
  test("answers yes, or no with every difference", async ({ mynakit }) => {
    expect(success("sim expect", await mynakit("sim expect standard auth.verifies=0 --json")).data.met).toBe(true);
    await mynakit("pin check auth -r sim:standard --pin-stdin", wrong);
    const words = "sim expect standard auth.remaining=3 auth.verifies=1 lastTryBurnt=false verified=none";
    const outcome = await mynakit(`${words} --json`);
    expect(outcome.code).toBe(1);
    const { met, findings } = answer("sim expect", outcome).data;
    expect(met).toBe(false);
    expect(findings.filter((each) => !each.met)).toEqual([
      { key: "auth.remaining", expected: "3", actual: "2", met: false },
    ]);
    for (const [language, told] of [
      ["en", "not as expected"],
      ["ja", "期待と違います"],
    ]) {
      const { code, stdout } = await mynakit(`${words} --lang ${language}`);
      expect({ code, told: stdout.includes(String(told)) }).toEqual({ code: 1, told: true });
    }
  });

  test("of an unknown key or card is an error, not a no", async ({ mynakit }) => {
    failed(await mynakit("sim expect standard auth.left=3 --json"), "ERR_USAGE_SIM_SETTING");
    failed(await mynakit("sim expect nobody --json"), "ERR_READER_NOT_FOUND");
  });

  test("of nothing, or of a value that can never be, is an error, not an answer", async ({ mynakit }) => {
    failed(await mynakit("sim expect standard --json"), "ERR_USAGE_ARGUMENT");
    for (const [expectation, form] of [
      ["auth.remaining=abc", "N"],
      ["strict=no", "true|false"],
      ["verified=false", "none|auth"],
    ] as const) {
      const words = `sim expect standard ${expectation}`;
      failed(await mynakit(`${words} --json`), "ERR_USAGE_SIM_SETTING");
      for (const language of ["en", "ja"] as const) {
        expect(failedInWords(await mynakit(`${words} --lang ${language}`), "ERR_USAGE_SIM_SETTING")).toContain(form);
      }
    }
  });

  test("finds a violation of a strict card, also where nobody asks for it", async ({ mynakit }) => {
    await mynakit("sim create judge --strict");
    await mynakit("pin check auth -r sim:judge --pin-stdin", wrong);
    expect(await mynakit("sim expect judge")).toMatchObject({ code: 0 });
    await mynakit("pin check auth -r sim:judge --pin-stdin", right);
    const outcome = await mynakit("sim expect judge --json");
    expect(outcome.code).toBe(1);
    expect(answer("sim expect", outcome).data.findings).toEqual([
      { key: "violations", expected: "0", actual: "1", met: false },
    ]);
    expect((await mynakit("sim show judge --lang en")).stdout).toContain("VERIFY 2 of auth");
    expect((await mynakit("pin tries -r sim:judge --json")).code).toBe(4);
  });

  test("shows that a command which presented a PIN left nothing verified", async ({ mynakit }) => {
    await mynakit("pin check auth -r sim:standard --pin-stdin", right);
    expect(await mynakit("sim expect standard auth.verifies=1 verified=none")).toMatchObject({ code: 0 });
  });
});

describe("sim log", () => {
  test("tells what happened to a card in other processes, without PIN and personal data", async ({ home, mynakit }) => {
    await mynakit("pin check auth -r sim:standard --pin-stdin", right);
    await mynakit("cert show auth -r sim:standard");
    const { data } = success("sim log", await mynakit("sim log standard --json"));
    const log = data.lines.join("\n");
    expect(parseDialogue(log).filter(({ kind }) => kind === "atr").length).toBeGreaterThanOrEqual(2);
    expect(log).toContain("[PIN 4]");
    expect(log).not.toMatch(/31 ?32 ?33 ?34|3082/);
    expect((await mynakit("sim log standard")).stdout.trimEnd()).toBe(log);
    expect(statSync(path.join(home, "sim", "standard.log")).mode & 0o777).toBe(0o600);
  });

  test("can be replayed", async ({ home, mynakit }) => {
    const first = success("pin tries", await mynakit("pin tries auth -r sim:standard --json")).data;
    const file = path.join(home, "log");
    writeFileSync(file, (await mynakit("sim log standard")).stdout);
    const again = success("pin tries", await mynakit(`pin tries auth -r replay:${file} --json`)).data;
    expect(again.pins).toEqual(first.pins);
  });

  test("begins anew when it is cleared, and when the card is made as new", async ({ mynakit }) => {
    await mynakit("pin tries -r sim:standard");
    expect(success("sim log", await mynakit("sim log standard --clear --json")).data.lines).not.toEqual([]);
    expect(success("sim log", await mynakit("sim log standard --json")).data).toMatchObject({
      cleared: false,
      lines: [],
    });
    await mynakit("pin tries -r sim:standard");
    await mynakit("sim reset standard");
    expect((await mynakit("sim log standard")).stdout).toBe("");
  });

  test("of two processes at one card holds the whole sessions of both", async ({ mynakit }) => {
    await mynakit("sim create mine");
    const runs = await Promise.all(
      Array.from({ length: 4 }, () => mynakit("pin check auth -r sim:mine --pin-stdin --json", right)),
    );
    const done = runs.filter(({ code }) => code === 0).length;
    expect(await mynakit(`sim expect mine auth.verifies=${done} auth.remaining=3`)).toMatchObject({ code: 0 });
    const { lines } = success("sim log", await mynakit("sim log mine --json")).data;
    const kinds = parseDialogue(lines.join("\n")).map(({ kind }) => kind);
    const dialogue = kinds.filter((kind) => kind !== "atr");
    expect(dialogue.every((kind, at) => kind === (at % 2 === 0 ? "command" : "response"))).toBe(true);
    expect(lines.filter((line) => line.includes("[PIN 4]"))).toHaveLength(done);
  });
});

test("two runs with one seed and one time write the same bytes", async ({ mynakit }) => {
  const script = [
    ["sim create mine --profile substituted-name --seed 42 --json", ""],
    ["card status -r sim:mine --json", ""],
    ["cert show sign -r sim:mine --pin-stdin --json", "TEST1234\n"],
    ["pin check auth -r sim:mine --pin-stdin --json", "0000\n"],
    ["apdu send 0084000010 -r sim:mine --json", ""],
    ["sim log mine", ""],
    ["sim show mine --json", ""],
  ] as const;
  const run = async (): Promise<unknown> => {
    const home = makeHome();
    const env = { MYNAKIT_HOME: home, MYNAKIT_NOW: "2026-11-22T09:00:00+09:00" };
    try {
      const outputs = [];
      for (const [words, input] of script) outputs.push((await mynakit(words, { env, input })).stdout);
      const folder = path.join(home, "sim");
      return [outputs, readdirSync(folder).map((file) => [file, readFileSync(path.join(folder, file), "utf8")])];
    } finally {
      removeHome(home);
    }
  };
  expect(await run()).toEqual(await run());
});

describe("a card whose file is damaged", () => {
  test.for(["reader list", "sim list"] as const)(
    "%s: is listed with a warning, beside the others",
    async (words, { home, mynakit }) => {
      await mynakit("sim create mine");
      await mynakit("sim create broken");
      writeFileSync(cardFile(home, "broken"), "{");
      const outcome = await mynakit(`${words} -r sim:mine --json`);
      expect(outcome.code).toBe(0);
      const { data, warnings } = JSON.parse(outcome.stdout);
      const names = (data.readers ?? data.cards).map(({ uri }: { uri: string }) => uri);
      expect(names).toEqual(expect.arrayContaining(["sim:standard", "sim:mine", "sim:broken"]));
      expect(warnings).toMatchObject([
        { code: "WARN_SIM_UNREADABLE", details: { reader: "sim:broken", code: "ERR_IO_STATE_CORRUPT" } },
      ]);
      expect((await mynakit(`${words} -r sim:mine --lang ja`)).stderr).toContain("sim:broken");
    },
  );
});

describe("sim profiles", () => {
  test.for(["en", "ja"])("fits 100 columns (%s) and names every profile and PIN", async (language, { mynakit }) => {
    const { stdout } = await mynakit(`sim profiles --lang ${language}`);
    expect(stdout.split("\n").filter((line) => stringWidth(line) > 100)).toEqual([]);
    for (const name of Object.keys(profiles)) expect(stdout).toContain(`\n${name} `);
    for (const value of ["1234", "TEST1234", "5678", "9012"]) expect(stdout).toContain(value);
  });

  test("gives each profile's group", async ({ mynakit }) => {
    const { data } = success("sim profiles", await mynakit("sim profiles --json"));
    const groups = Object.fromEntries(data.profiles.map(({ name, group }) => [name, group]));
    const names = Object.keys(profiles).filter(isProfileName);
    expect(groups).toEqual(Object.fromEntries(names.map((name) => [name, profiles[name].group])));
  });
});

describe("card status names", () => {
  test.for([
    ["juki-card", "juki-card"],
    ["driving-licence", "driving-licence"],
    ["residence-card", "residence-card"],
    ["b-cas", "b-cas"],
    ["credit-card", "payment-card"],
    ["security-key", "security-key"],
    ["blank", "unknown"],
    ["iphone-token", "smartphone-jpki"],
    ["foreign-resident", "my-number-card"],
  ] as const)("the card %s: %s", async ([profile, kind], { mynakit }) => {
    const { data } = success("card status", await mynakit(`card status -r sim:${profile} --json`));
    expect(data.kind).toBe(kind);
  });

  test("a card of every generation, and the sandbox lets each log in", async ({ mynakit }) => {
    for (const year of [2015, 2019, 2023]) {
      success("portal login", await mynakit(`portal login -r sim:ca-${year} --pin-stdin --json`, right));
      const { data } = answer("cert check", await mynakit(`cert check -r sim:ca-${year} --json`));
      expect([year, data.authority?.source, data.verdict]).toEqual([year, "simulated", "incomplete"]);
    }
  });
});

test("a card reset by another program is said to be", async ({ mynakit }) => {
  failed(await mynakit("card status -r sim:reset-by-other --json"), "ERR_CARD_RESET");
});
