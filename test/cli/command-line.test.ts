import { describe, expect } from "vitest";
import { commandEntries } from "../../src/commands/registry.ts";
import { version } from "../../src/version.ts";
import { failed, failedInWords, plain, success } from "./support/documents.ts";
import { test } from "./support/test.ts";

const card = "-r sim:standard";
const names = commandEntries.map(([name]) => name);
const nouns = [...new Set(names.map((name) => name.split(" ")[0] ?? ""))].filter(
  (noun) => !names.some((n) => n === noun),
);

describe("the version", () => {
  test.for(["--version", "-V", "pin tries --version", "--version --json"])(
    "is told by %s alone",
    async (words, { mynakit }) => {
      expect(await mynakit(words)).toMatchObject({ code: 0, stdout: `${version}\n`, stderr: "" });
    },
  );
});

describe("help", () => {
  test.for(["--help", "-h", ""])("of the whole program (%s) names every command", async (words, { mynakit }) => {
    const { code, stdout, stderr } = await mynakit(words);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    for (const name of names) expect(stdout).toMatch(new RegExp(`^  ${name} +\\S`, "m"));
    expect(stdout).toContain("7 PIN withheld");
  });

  test.for(nouns)("of the noun %s names its verbs", async (noun, { mynakit }) => {
    const { code, stdout } = await mynakit(`${noun} --help`);
    expect(code).toBe(0);
    for (const name of names) expect(stdout.includes(`  ${name} `)).toBe(name.startsWith(`${noun} `));
  });

  test.for(commandEntries)(
    "of %s names its arguments and options, in both languages",
    async ([name, definition], { mynakit }) => {
      const english = await mynakit(`${name} --help`);
      const japanese = await mynakit(`--lang ja ${name} --help`);
      for (const { code, stdout, stderr } of [english, japanese]) {
        expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
        expect(plain(stdout)).toBe(true);
        expect(stdout).toContain(`mynakit ${name}`);
        for (const argument of definition.arguments ?? []) expect(stdout).toContain(argument.name);
        for (const { flags } of Object.values(definition.options ?? {})) expect(stdout).toContain(flags);
        expect(stdout).toContain("--wait[=seconds]");
        expect(stdout).not.toContain("undefined");
      }
      expect(english.stdout).not.toMatch(/\p{Script=Hiragana}/u);
      expect(japanese.stdout).toMatch(/\p{Script=Hiragana}/u);
    },
  );

  test("comes before anything else on the line is looked at", async ({ mynakit }) => {
    expect(await mynakit("pin tries --nonsense --help -r nowhere")).toMatchObject({ code: 0, stderr: "" });
  });
});

describe("a line that names no command", () => {
  test.for([
    ["foo", "foo", undefined],
    ["pni tries", "pni", "pin"],
    ["pin tires", "tires", "pin tries"],
    ["mykey isue", "isue", "mykey issue"],
    ["card", "card", undefined],
    ["help", "help", undefined],
  ] as const)("%s: is refused, with the nearest that there is", async ([words, given, suggestion], { mynakit }) => {
    const { details } = failed(await mynakit(`${words} --json`), "ERR_USAGE_COMMAND");
    expect(details.given).toBe(given);
    expect(details.suggestion).toBe(suggestion);
    const english = failedInWords(await mynakit(words), "ERR_USAGE_COMMAND");
    const japanese = failedInWords(await mynakit(`${words} --lang ja`), "ERR_USAGE_COMMAND");
    for (const text of [english, japanese]) {
      expect(text).toContain(given);
      expect(text).toContain(`mynakit ${suggestion ?? ""}`.trimEnd());
    }
  });

  test("a noun alone: is told its verbs", async ({ mynakit }) => {
    const { details } = failed(await mynakit("sim --json"), "ERR_USAGE_COMMAND");
    expect(details.verbs).toEqual(names.filter((name) => name.startsWith("sim ")).map((name) => name.slice(4)));
  });

  test("options alone: says that a command is missing", async ({ mynakit }) => {
    failed(await mynakit("--json"), "ERR_USAGE_COMMAND");
    expect(failedInWords(await mynakit("--lang ja"), "ERR_USAGE_COMMAND")).toContain("コマンドを指定してください");
  });
});

describe("an option or argument that is wrong", () => {
  test.for([
    [`pin tries ${card} --foo`, "ERR_USAGE_OPTION", { option: "--foo", problem: "unknown" }],
    [`pin tries ${card} -x`, "ERR_USAGE_OPTION", { option: "-x", problem: "unknown" }],
    ["pin tries --reader", "ERR_USAGE_OPTION", { option: "--reader", problem: "value-missing" }],
    ["pin tries -r", "ERR_USAGE_OPTION", { option: "--reader", problem: "value-missing" }],
    ["pin tries --reader=", "ERR_USAGE_OPTION", { option: "--reader", problem: "value-missing" }],
    ["portal whoami --platform=", "ERR_USAGE_OPTION", { option: "--platform", problem: "value-missing" }],
    [`pin tries ${card} --trace=`, "ERR_USAGE_OPTION", { option: "--trace", problem: "value-missing" }],
    ["sim create new --profile", "ERR_USAGE_OPTION", { option: "--profile", problem: "value-missing" }],
    ["pin tries -r --quiet", "ERR_USAGE_OPTION", { option: "--reader", problem: "value-missing" }],
    ["pin tries --reader --wait", "ERR_USAGE_OPTION", { option: "--reader", problem: "value-missing" }],
    [`pin tries ${card} --trace --wait=1`, "ERR_USAGE_OPTION", { option: "--trace", problem: "value-missing" }],
    [`cert show ${card} -o --format pem`, "ERR_USAGE_OPTION", { option: "--output", problem: "value-missing" }],
    ["sim create new --profile -o", "ERR_USAGE_OPTION", { option: "--profile", problem: "value-missing" }],
    ["reader list --lang fr", "ERR_USAGE_OPTION", { option: "--lang", problem: "not-allowed", allowed: "ja, en" }],
    [`pin tries ${card} --wait=soon`, "ERR_USAGE_OPTION", { option: "--wait", problem: "not-allowed" }],
    [`pin tries ${card} --wait=-1`, "ERR_USAGE_OPTION", { option: "--wait", problem: "not-allowed" }],
    [`pin tries ${card} --quiet=1`, "ERR_USAGE_OPTION", { option: "--quiet", problem: "value-not-taken" }],
    [`pin tries ${card} --min-tries -1`, "ERR_USAGE_OPTION", { option: "--min-tries", problem: "not-allowed" }],
    [`pin tries ${card} --min-tries 1.5`, "ERR_USAGE_OPTION", { option: "--min-tries", problem: "not-allowed" }],
    [`pin tries ${card} --pin-fd x`, "ERR_USAGE_OPTION", { option: "--pin-fd", problem: "not-allowed" }],
    [`cert show ${card} --format jpeg`, "ERR_USAGE_OPTION", { option: "--format", allowed: "text, pem, der" }],
    ["sandbox start --port 65536", "ERR_USAGE_OPTION", { option: "--port", problem: "not-allowed" }],
    ["sandbox start --port http", "ERR_USAGE_OPTION", { option: "--port", problem: "not-allowed" }],
    ["sim insert standard --port 0", "ERR_USAGE_OPTION", { option: "--port", problem: "not-allowed" }],
    ["sim create", "ERR_USAGE_ARGUMENT", { argument: "name", problem: "missing" }],
    ["completion", "ERR_USAGE_ARGUMENT", { argument: "shell", problem: "missing" }],
    ["completion tcsh", "ERR_USAGE_ARGUMENT", { argument: "shell", allowed: "bash, zsh, fish" }],
    [`pin tries ${card} auth pen`, "ERR_USAGE_ARGUMENT", { argument: "pins", problem: "not-allowed" }],
    [`cert show ${card} photo`, "ERR_USAGE_ARGUMENT", { argument: "kind", problem: "not-allowed" }],
    ["sim show one two", "ERR_USAGE_ARGUMENT", { problem: "too-many" }],
    ["sim show Über", "ERR_USAGE_SIM_NAME", { given: "Über" }],
    ["sim show ../standard", "ERR_USAGE_SIM_NAME", { given: "../standard" }],
    ["sim create new --profile nosuch", "ERR_USAGE_SIM_PROFILE", { given: "nosuch" }],
    ["pin tries -r sim:", "ERR_USAGE_READER", { given: "sim:" }],
    ["pin tries -r replay:", "ERR_USAGE_READER", { given: "replay:" }],
  ] as const)("%s: is named", async ([words, code, details], { mynakit }) => {
    expect(failed(await mynakit(`--json ${words}`), code).details).toMatchObject(details);
    const english = failedInWords(await mynakit(words), code);
    const japanese = failedInWords(await mynakit(words, { env: { LANG: "ja_JP.UTF-8" } }), code);
    expect(english).not.toMatch(/undefined|\p{Script=Hiragana}/u);
    expect(japanese).not.toMatch(/undefined/);
    expect(japanese).toMatch(/\p{Script=Hiragana}/u);
  });

  test("a card that exists is not made again", async ({ mynakit }) => {
    success("sim create", await mynakit("sim create mine --json"));
    expect(failed(await mynakit("sim create mine --json"), "ERR_USAGE_SIM_EXISTS").details).toEqual({ name: "mine" });
  });
});

describe("a PIN on the command line", () => {
  const secret = "8317";

  test.for([
    `portal login ${card} --pin ${secret}`,
    `portal login ${card} --pin=${secret}`,
    `--pin ${secret} portal login ${card}`,
    `portal login ${card} --PIN ${secret}`,
    `portal login ${card} --pin-code ${secret}`,
    `portal login ${card} -pin ${secret}`,
    `cert show sign ${card} --password ${secret}`,
    `cert show sign ${card} --passphrase=${secret}`,
  ])("%s: is refused with the reason, and repeated nowhere", async (words, { mynakit }) => {
    for (const form of [words, `--json ${words}`, `--lang ja --verbose ${words}`, `${words} --help`]) {
      const { code, stdout, stderr } = await mynakit(form);
      expect(code).toBe(2);
      expect(stdout + stderr).toContain("ERR_USAGE_PIN_ON_ARGV");
      expect(stdout + stderr).not.toContain(secret);
    }
  });

  test.for([
    secret,
    `portal ${secret}`,
    `portal login ${secret}`,
    `portal login --pin-stdin=${secret}`,
    `portal login --pin-stdin ${secret}`,
    `portal login -p ${secret}`,
    `portal login -p${secret}`,
    `portal login --pni=${secret}`,
    `portal login --${secret}`,
    `portal login --pin-fd ${secret}`,
    `pin tries ${secret} ${card}`,
    `cert show ${secret} ${card}`,
    `cert show --format ${secret} ${card}`,
    `--lang ${secret} portal login`,
    `--min-tries ${secret} portal login`,
    `--wait=x${secret} portal login`,
  ])("in a wrong place (%s) is not repeated either", async (words, { mynakit }) => {
    for (const form of [words, `--json ${words}`, `--verbose ${words}`]) {
      const { code, stdout, stderr } = await mynakit(form);
      expect(code).toBe(2);
      expect(stdout + stderr).not.toContain(secret);
    }
  });
});

describe("the end of the options", () => {
  test("makes words that look like options arguments", async ({ mynakit }) => {
    expect(success("pin tries", await mynakit(`pin tries ${card} --json -- auth`)).data.pins).toHaveLength(1);
    failed(await mynakit(`--json pin tries ${card} -- --pin`), "ERR_USAGE_ARGUMENT");
  });

  test("is the end of the global ones, too", async ({ mynakit }) => {
    failedInWords(await mynakit(`pin tries ${card} -- --json`), "ERR_USAGE_ARGUMENT");
    failedInWords(await mynakit(`pin tries ${card} -- --lang ja`), "ERR_USAGE_ARGUMENT");
    failedInWords(await mynakit(`pin tries ${card} -- --help`), "ERR_USAGE_ARGUMENT");
  });
});

describe("global options", () => {
  const expected = {
    data: { reader: "sim:standard", pins: [{ id: "auth", name: "利用者証明用電子証明書の暗証番号" }] },
  };

  test.for([
    "-r sim:standard --json --lang ja pin tries auth",
    "pin -r sim:standard --json --lang ja tries auth",
    "pin tries --reader sim:standard auth --lang=ja --json",
    "--reader=sim:standard pin --json tries auth --lang=ja",
    "pin tries -rsim:standard auth --lang ja --json",
    "pin tries auth -r sim:nosuch -r sim:standard --lang en --lang ja --json --json",
  ])("stand anywhere: %s", async (words, { mynakit }) => {
    expect(success("pin tries", await mynakit(words))).toMatchObject(expected);
  });

  test("come from the environment where the line does not give them", async ({ mynakit }) => {
    const env = { MYNAKIT_READER: "sim:standard", LANG: "ja_JP.UTF-8" };
    expect(success("pin tries", await mynakit("pin tries auth --json", { env }))).toMatchObject(expected);
    const overridden = { ...env, MYNAKIT_READER: "sim:nosuch" };
    expect(
      success("pin tries", await mynakit("pin tries auth --json -r sim:standard", { env: overridden })),
    ).toMatchObject(expected);
  });

  test.for([
    [{ LANG: "ja_JP.UTF-8" }, "ja"],
    [{ LANG: "ja_JP.UTF-8", LC_MESSAGES: "en_US.UTF-8" }, "en"],
    [{ LANG: "en_US.UTF-8", LC_ALL: "ja" }, "ja"],
    [{ LANG: "C" }, "en"],
    [{ LC_ALL: "", LANG: "ja" }, "ja"],
    [{ LANG: "jam_JM" }, "en"],
    [{}, "en"],
  ] as const)("the language follows the locale %o: %s", async ([env, language], { mynakit }) => {
    const told = failedInWords(await mynakit("foo", { env }), "ERR_USAGE_COMMAND");
    expect(/\p{Script=Hiragana}/u.test(told)).toBe(language === "ja");
  });

  test("--wait takes no next word", async ({ mynakit }) => {
    expect(success("pin tries", await mynakit(`--wait pin tries ${card} auth --json`)).data.pins).toHaveLength(1);
    expect(success("pin tries", await mynakit(`pin tries --wait=0.5 ${card} auth --json`)).data.pins).toHaveLength(1);
  });

  test("--quiet takes away what is not the result", async ({ mynakit }) => {
    expect((await mynakit(`pin tries ${card}`)).stderr).toBe("The card may be removed now.\n");
    expect((await mynakit(`pin tries ${card} --quiet`)).stderr).toBe("");
    expect((await mynakit(`pin tries ${card} --json`)).stderr).toBe("");
  });
});

describe("what a usage error offers", () => {
  test.for([
    ["verify a.txt", ["mynakit verify cms", "mynakit verify pdf", "mynakit verify jws"]],
    ["-r sim:standard sign a.txt --json", ["mynakit sign cms"]],
    ["apdu a.txt", ["mynakit apdu send", "mynakit apdu trace decode"]],
    ["card statsu", ["mynakit card status"]],
  ] as const)("are the verbs of the noun: %s", async ([words, offered], { mynakit }) => {
    const { hint } = failed(await mynakit(`${words} --json`), "ERR_USAGE_COMMAND");
    for (const each of offered) expect(hint).toContain(each);
  });

  test("is advice to whoever writes a PIN as an argument, which is not repeated", async ({ mynakit }) => {
    for (const [language, advice] of [
      ["en", "Change the PIN if you fear that it was seen."],
      ["ja", "人に見られたおそれがあるときは、暗証番号を変更してください。"],
    ]) {
      const { code, stderr } = await mynakit(`pin check auth 7391 --lang ${language}`);
      expect(code).toBe(2);
      expect(stderr).toContain(advice);
      expect(stderr).not.toContain("7391");
    }
  });

  test("is an example where the form is wrong, in words of the language", async ({ mynakit }) => {
    const at = "verify cms a.p7s --at 2026-01-01";
    expect((await mynakit(`${at} --lang en`)).stderr).toContain("Write it like 2026-04-01T09:00:00+09:00");
    expect((await mynakit(`${at} --lang ja`)).stderr).toContain("例: 2026-04-01T09:00:00+09:00");
    const digest = await mynakit("sign raw --digest ab --lang ja");
    expect(digest.stderr).toContain("sha256: 64 桁の 16 進数");
  });
});
