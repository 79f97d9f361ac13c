import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect } from "vitest";
import { recordOf } from "./support/cards.ts";
import { answer, failed, failedInWords, plain, success } from "./support/documents.ts";
import { test } from "./support/test.ts";

const card = "-r sim:standard";
const jpki = "00A4040C0AD392F000260100000001";
const text = "00A4040C0AD3921000310001010408";
const token = Buffer.from("JPKIAPICCTOKEN2").toString("hex").toUpperCase();

describe("apdu send", () => {
  test("sends commands in one hold of the card, and says what they and the answers mean", async ({ home, mynakit }) => {
    const trace = path.join(home, "trace");
    const { data } = success(
      "apdu send",
      await mynakit(`apdu send ${jpki} 00200098 00B086000F ${card} --json --trace ${trace}`),
    );
    expect(data).toMatchObject({ reader: "sim:standard", succeeded: true, unsent: 0 });
    expect(data.exchanges.map(({ command, response }) => [command.name, command.file, response])).toEqual([
      ["SELECT", null, { sw: "9000", meaning: "done", length: 0, data: "", masked: false }],
      ["VERIFY", "0018", { sw: "63C3", meaning: "not verified; 3 tries left", length: 0, data: "", masked: false }],
      ["READ BINARY", "0006", { sw: "9000", meaning: "done", length: 15, data: token, masked: false }],
    ]);
    expect(data.exchanges[2]?.command).toMatchObject({ application: "jpki", fileName: "token information" });
    expect(readFileSync(trace, "utf8").match(/^atr /gm)).toHaveLength(1);
    expect(recordOf(home, "standard", "auth")).toMatchObject({ remaining: 3, verifies: 0 });
  });

  test("tells the same in words, in both languages", async ({ mynakit }) => {
    const english = await mynakit(`apdu send ${jpki} 00200098 ${card}`);
    const japanese = await mynakit(`apdu send ${jpki} 00200098 ${card} --lang ja`);
    expect(english.stdout).toContain("< 63C3  not verified; 3 tries left");
    expect(japanese.stdout).toContain("< 63C3  未照合（残り 3 回）");
    for (const { code, stdout } of [english, japanese]) {
      expect(code).toBe(0);
      expect(stdout).not.toMatch(/undefined|null|\[object/);
      expect(plain(stdout)).toBe(true);
    }
  });

  test("ends with exit 1 at the first error, and goes on with --continue", async ({ mynakit }) => {
    const words = `apdu send 00A4020C02FFFF ${jpki} ${card}`;
    const stopped = await mynakit(`${words} --json`);
    expect(stopped.code).toBe(1);
    expect(answer("apdu send", stopped).data).toMatchObject({ succeeded: false, unsent: 1, exchanges: [{}] });
    expect((await mynakit(words)).stdout).toContain("--continue");
    const whole = await mynakit(`${words} --json --continue`);
    expect(whole.code).toBe(1);
    expect(answer("apdu send", whole).data).toMatchObject({ succeeded: false, unsent: 0, exchanges: [{}, {}] });
  });

  test.for([
    ["with spaces and colons", "00 a4:04 0c 0A D392F000260100000001", jpki],
    ["in the extended form where the short one would do", "00840000000008", "00840000000008"],
    ["with data in the extended form", "00A4040C00000AD392F000260100000001", "00A4040C00000AD392F000260100000001"],
  ])("takes commands %s, as they are", async ([, typed = "", sent], { home, mynakit }) => {
    const trace = path.join(home, "trace");
    const outcome = await mynakit(["apdu", "send", typed, "-r", "sim:standard", "--json", "--trace", trace]);
    expect(answer("apdu send", outcome).data.exchanges[0]?.command.bytes).toBe(sent);
    expect(readFileSync(trace, "utf8")).toContain(`> ${sent}\n`);
  });

  test("neither fetches nor repeats what a card keeps back", async ({ home, mynakit }) => {
    const file = path.join(home, "dialogue");
    writeFileSync(file, `> ${jpki}\n< 6110\n> 00B0860000\n< 6C20\n`);
    const outcome = await mynakit(`apdu send ${jpki} 00B0860000 -r replay:${file} --json`);
    expect(outcome.code).toBe(1);
    expect(answer("apdu send", outcome).data.exchanges.map(({ response }) => response.sw)).toEqual(["6110", "6C20"]);
  });
});

describe("what apdu send does not send", () => {
  const pin = "31323334";
  const data = `04${pin}`;

  test.for([
    ["VERIFY", "secret", `00200080${data}`],
    ["VERIFY", "secret", `00200098${data}`],
    ["VERIFY", "secret", `00200098000004${pin}`],
    ["VERIFY", "secret", `01200098${data}`],
    ["VERIFY", "secret", `41200098${data}`],
    ["VERIFY", "secret", `0C200098${data}`],
    ["VERIFY", "secret", `10200098${data}`],
    ["VERIFY", "secret", `80200098${data}`],
    ["VERIFY", "secret", `00210098${data}`],
    ["VERIFY", "secret", "0020009800"],
    ["VERIFY", "secret", "00200001"],
    ["CHANGE REFERENCE DATA", "secret", `00240180${data}`],
    ["CHANGE REFERENCE DATA", "secret", `10240180${data}`],
    ["CHANGE KEY", "secret", `80320080${data}`],
    ["RESET RETRY COUNTER", "secret", `002C0180${data}`],
    ["DISABLE VERIFICATION REQUIREMENT", "secret", `00260080${data}`],
    ["EXTERNAL AUTHENTICATE", "secret", `00820000${data}`],
    ["EXTERNAL AUTHENTICATE", "secret", `84820000${data}`],
    ["GENERAL AUTHENTICATE", "secret", `00860000${data}`],
    ["ENVELOPE", "secret", `00C20000${data}`],
    ["SET SESSION KEY", "secret", `80AE0000${data}`],
    ["UNLOCK KEY", "secret", `80540080${data}`],
    ["MANAGE ATTRIBUTES", "issuer", `808A0000${data}`],
    ["LOCK DF / INITIALIZE UPDATE", "issuer", "80500000"],
    ["UNLOCK DF", "issuer", "80520000"],
    ["ERASE", "issuer", "80060000"],
    ["STORE DATA", "issuer", `80E20000${data}`],
    ["INSTALL", "issuer", `84E60000${data}`],
    ["DELETE", "issuer", `80E40000${data}`],
    ["PUT DATA", "issuer", `00DA0000${data}`],
    ["UPDATE BINARY", "issuer", `00D60000${data}`],
    ["CREATE FILE", "issuer", `00E00000${data}`],
    ["READ BINARY", "not-listed", "01B0000000"],
    ["SELECT", "not-listed", `0CA4040C${data}`],
    [null, "not-listed", `00FB0000${data}`],
    [null, "not-listed", "FFCA000000"],
    [null, "not-listed", pin],
  ] as const)("%s (%s): %s", async ([name, reason, command], { home, mynakit }) => {
    const trace = path.join(home, "trace");
    const words = `apdu send ${jpki} ${command} --continue ${card} --trace ${trace} --verbose`;
    const outcomes = [await mynakit(`${words} --json`), await mynakit(words), await mynakit(`${words} --lang ja`)];
    expect(failed(outcomes[0] ?? (await mynakit(words)), "ERR_USAGE_APDU_REFUSED")).toMatchObject({
      details: { command: 2, name, reason },
      pinSent: false,
    });
    for (const { stdout, stderr, code } of outcomes) {
      expect(code).toBe(2);
      expect(stdout + stderr).not.toContain(pin);
    }
    expect(readFileSync(trace, "utf8")).not.toMatch(/^>/m);
    expect(existsSync(path.join(home, "sim", "standard.json"))).toBe(false);
  });

  test("names the command that does it safely", async ({ mynakit }) => {
    for (const language of ["en", "ja"]) {
      const text = failedInWords(
        await mynakit(`apdu send 00200098${data} ${card} --lang ${language}`),
        "ERR_USAGE_APDU_REFUSED",
      );
      for (const safe of ["mynakit pin check", "mynakit pin change", "mynakit pin tries"]) expect(text).toContain(safe);
    }
  });

  test.for([
    ["00A4040C0x", { command: 1, at: 10, problem: "not-hex" }],
    ["00A4 040C 0", { command: 1, at: 11, problem: "half-byte" }],
    ["00A404", { command: 1, at: 0, problem: "too-short" }],
    ["002000803132333435", { command: 1, at: 0, problem: "lengths" }],
    ["00B000000000", { command: 1, at: 0, problem: "lengths" }],
  ] as const)("is malformed: %s", async ([command, details], { mynakit }) => {
    const outcome = await mynakit(["apdu", "send", command, "-r", "sim:standard", "--json", "--verbose"]);
    expect(failed(outcome, "ERR_USAGE_APDU").details).toEqual(details);
    expect(outcome.stdout + outcome.stderr).not.toContain(command.slice(-6));
    failedInWords(await mynakit(["apdu", "send", command, "-r", "sim:standard", "--lang", "ja"]), "ERR_USAGE_APDU");
  });
});

describe("the My Number", () => {
  test.for([
    ["the file", [text, "00B0810011"]],
    ["the file of whatever is selected", ["00B0000011"]],
    ["the digest of it", [text, "00B0830011"]],
    ["its image", ["00A4040C0AD3921000310001010402", "00B0850011"]],
  ] as const)("is not shown: %s", async ([, commands], { home, mynakit }) => {
    const number = Buffer.from("123456789012").toString("hex");
    const file = path.join(home, "dialogue");
    const trace = path.join(home, "trace");
    const answers = commands.map((command) => (command === commands.at(-1) ? `FF100C${number}FFFF9000` : "9000"));
    writeFileSync(file, commands.map((command, at) => `> ${command}\n< ${answers[at]}\n`).join(""));
    const words = `apdu send ${commands.join(" ")} -r replay:${file} --trace ${trace} --trace-personal`;
    const { data, warnings } = success("apdu send", await mynakit(`${words} --json`));
    expect(data.exchanges.at(-1)?.response).toMatchObject({ sw: "9000", length: 17, data: null, masked: true });
    expect(warnings.map(({ code }) => code)).toEqual(["WARN_APDU_MY_NUMBER"]);
    const told = await mynakit(words);
    expect(told.stderr).toContain("mynakit card number");
    expect(told.stdout + readFileSync(trace, "utf8")).not.toContain(number);
  });

  test("does not hide other personal data that was asked for", async ({ home, mynakit }) => {
    const file = path.join(home, "dialogue");
    writeFileSync(file, `> ${text}\n< 9000\n> 00B0820002\n< FF209000\n`);
    const { data, warnings } = success(
      "apdu send",
      await mynakit(`apdu send ${text} 00B0820002 -r replay:${file} --json`),
    );
    expect(data.exchanges.at(-1)?.response).toMatchObject({ data: "FF20", masked: false });
    expect(warnings).toEqual([]);
  });
});
