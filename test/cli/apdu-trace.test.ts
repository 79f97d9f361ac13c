import { chmodSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect } from "vitest";
import { setFaults } from "./support/cards.ts";
import { failed, failedInWords, plain, success } from "./support/documents.ts";
import { test } from "./support/test.ts";

const pin = { input: "1234" };
const check = "pin check auth -r sim:standard --pin-stdin";

const handWritten = `# typed by hand
> 00 A4 04 0C 0A D392F000260100000001
< 9000   # 31 ms
> 00 A4 02 0C 02 00 0A
< 9000
> 00 B0 00 00 00
< [MYNUMBER 2] **** 9000   # 9 ms
atr 3B80800101
> 00CA5F5100
`;

describe("apdu trace decode", () => {
  test("puts a recording into words", async ({ home, mynakit }) => {
    const trace = path.join(home, "trace");
    await mynakit(`${check} --trace ${trace}`, pin);
    const { data } = success("apdu trace decode", await mynakit(`apdu trace decode ${trace} --json`));
    expect(data.sessions).toHaveLength(2);
    const told = data.sessions.flatMap(({ exchanges }) => exchanges.map(({ command }) => command));
    expect(
      told.map(({ name, application, fileName, dataLength }) => [name, application, fileName, dataLength]),
    ).toEqual([
      ["SELECT", "jpki", null, 10],
      ["READ BINARY", "jpki", "token information", 0],
      ["VERIFY", "jpki", "authentication PIN", 0],
      ["SELECT", "jpki", null, 10],
      ["READ BINARY", "jpki", "token information", 0],
      ["SELECT", "jpki", null, 10],
      ["VERIFY", "jpki", "authentication PIN", 0],
      ["VERIFY", "jpki", "authentication PIN", 4],
      ["SELECT", "isd", null, 7],
    ]);
    expect(told.at(-2)?.bytes).toBe("0020009804********");
    expect(data.summary).toMatchObject({ commands: 9, milliseconds: null, concealed: { commands: 1, responses: 0 } });
  });

  test("reads what was typed by hand, from standard input, with times", async ({ mynakit }) => {
    const outcome = await mynakit("apdu trace decode - --json", { input: handWritten });
    const { data } = success("apdu trace decode", outcome);
    expect(data.sessions.map(({ atr, exchanges }) => [atr, exchanges.length])).toEqual([
      [null, 3],
      ["3B80800101", 1],
    ]);
    const [, , read] = data.sessions[0]?.exchanges ?? [];
    expect(read).toMatchObject({
      line: 6,
      command: { fileName: "authentication certificate", expected: 256 },
      response: { sw: "9000", meaning: "done", length: 4, content: "personal", concealed: true, milliseconds: 9 },
    });
    expect(data.sessions[1]?.exchanges[0]).toMatchObject({ line: 9, command: { object: "5F51" }, response: null });
    expect(data.summary).toEqual({
      commands: 4,
      bytesSent: 32,
      bytesReceived: 10,
      milliseconds: 40,
      concealed: { commands: 0, responses: 1 },
    });
  });

  test("tells the same in words, in both languages", async ({ mynakit }) => {
    for (const [language, words] of [
      ["en", ["JPKI (certificates)", "authentication certificate 000A", "no answer", "data object 5F51", "40 ms"]],
      ["ja", ["公的個人認証AP", "利用者証明用電子証明書 000A", "応答なし", "データオブジェクト 5F51", "40 ミリ秒"]],
    ] as const) {
      const { code, stdout } = await mynakit(`apdu trace decode - --lang ${language}`, { input: handWritten });
      expect(code).toBe(0);
      for (const word of words) expect(stdout).toContain(word);
      expect(stdout).not.toMatch(/undefined|null|\[object/);
      expect(plain(stdout)).toBe(true);
    }
  });

  test("shows the data objects of public answers with --verbose", async ({ mynakit }) => {
    const input = "> 00A404000AD392F000260100000001\n< 6F05 8403010203 9000\n";
    expect((await mynakit("apdu trace decode -", { input })).stdout).not.toContain("010203");
    expect((await mynakit("apdu trace decode - --verbose", { input })).stdout).toContain("    84 3 bytes  010203");
    const { data } = success("apdu trace decode", await mynakit("apdu trace decode - --verbose --json", { input }));
    expect(data.sessions[0]?.exchanges[0]?.response?.objects).toEqual([
      { depth: 0, tag: "6F", length: 5, value: null },
      { depth: 1, tag: "84", length: 3, value: "010203" },
    ]);
  });

  test("repeats no personal data of the recording", async ({ mynakit }) => {
    const input = "> 00A4040C0AD3921000310001010408\n< 9000\n> 00B0820003\n< 800155 9000\n";
    for (const form of ["", "--json"]) {
      const { stdout } = await mynakit(`apdu trace decode - --verbose ${form}`, { input });
      expect(stdout).not.toContain("8001");
    }
  });

  test.for([
    ["> 00B0000000\nhello", { line: 2, problem: "no-dialogue" }],
    ["> 00B0000000\n< 9", { line: 2, problem: "not-bytes" }],
    ["> 00B0000000\n< 90", { line: 2, problem: "no-status" }],
    ["> 00B0", { line: 1, problem: "short-command" }],
    ["\n\n> 00B000000201", { line: 3, problem: "malformed-command" }],
    ["> 00B0000000\n< 9000\n< 9000", { line: 3, problem: "no-command" }],
    ["atr", { line: 1, problem: "empty-atr" }],
    ["> 00B00000 [PIN 99999]", { line: 1, problem: "too-long" }],
    ["\u0000\u0001\uffff", { line: 1, problem: "no-dialogue" }],
  ] as const)("of %j says which line is wrong", async ([input, details], { mynakit }) => {
    const outcome = await mynakit("apdu trace decode - --json", { input });
    expect(failed(outcome, "ERR_IO_TRACE").details).toMatchObject(details);
    failedInWords(await mynakit("apdu trace decode - --lang ja", { input }), "ERR_IO_TRACE");
  });

  test("of many short lines that stand for many bytes takes little memory", async ({ mynakit }) => {
    const input = "> 00B00000 [PIN 65000]\n".repeat(100_000);
    const outcome = await mynakit("apdu trace decode - --json", { input });
    expect(failed(outcome, "ERR_IO_TRACE").details).toMatchObject({ problem: "too-long" });
  });

  test("of no file says that it cannot be read; of an empty one, nothing", async ({ home, mynakit }) => {
    failed(await mynakit("apdu trace decode /nonexistent --json"), "ERR_IO_READ");
    const { data } = success("apdu trace decode", await mynakit("apdu trace decode - --json", { input: "" }));
    expect(data.sessions).toEqual([]);
    failed(await mynakit(`apdu trace decode ${home} --json`), "ERR_IO_READ");
  });
});

const endOf = (file: string): string =>
  readFileSync(file, "utf8").slice(readFileSync(file, "utf8").indexOf("# the end"));

describe("a recording", () => {
  test("says at its end what was left out, also where the command fails", async ({ home, mynakit }) => {
    const trace = path.join(home, "trace");
    expect(await mynakit(`cert show -r sim:standard --trace ${trace}`)).toMatchObject({ code: 0 });
    expect(endOf(trace)).toMatch(/^# the end; commands: 4\n# left out: data of answers that .*personal.*: 2\n$/);
    expect(await mynakit(`${check} --trace ${trace}`, { input: "9999" })).toMatchObject({ code: 5 });
    expect(endOf(trace)).toMatch(/\n# left out: data of commands with a PIN, which is never recorded: 1\n$/);
    await mynakit(`pin tries auth -r sim:standard --trace ${trace}`);
    expect(endOf(trace)).toMatch(/\n# nothing was left out\n$/);
    setFaults(home, "standard", { removeAfter: 1 });
    expect(await mynakit(`pin tries -r sim:standard --trace ${trace}`)).toMatchObject({ code: 4 });
    expect(readFileSync(trace, "utf8")).toMatch(/# no response: ERR_CARD_REMOVED\n# the end; commands: 1\n/);
  });

  test("is its owner's alone, whoever could read the file before", async ({ home, mynakit }) => {
    const trace = path.join(home, "trace");
    writeFileSync(trace, "before");
    chmodSync(trace, 0o644);
    await mynakit(`pin tries -r sim:standard --trace ${trace}`);
    expect(statSync(trace).mode & 0o777).toBe(0o600);
    expect(readFileSync(trace, "utf8")).toMatch(/^atr /);
  });

  test("that cannot be written is an error before the card is touched", async ({ home, mynakit }) => {
    failed(await mynakit(`${check} --json --trace ${home}/no/trace`, pin), "ERR_IO_WRITE");
    expect(() => statSync(path.join(home, "sim"))).toThrow();
  });

  test("that no longer fits ends the command, and no PIN is sent twice", async ({ mynakit }) => {
    expect(failed(await mynakit(`${check} --json --trace /dev/full`, pin), "ERR_IO_WRITE").pinSent).toBe(false);
  });

  test("says with --verbose how long the card took, and replays all the same", async ({ home, mynakit }) => {
    const trace = path.join(home, "trace");
    await mynakit(`pin tries auth -r sim:standard --verbose --trace ${trace}`);
    expect(readFileSync(trace, "utf8")).toMatch(/^< 63C3 {3}# \d+ ms$/m);
    expect(await mynakit(`pin tries auth -r replay:${trace}`)).toMatchObject({ code: 0 });
    const { data } = success("apdu trace decode", await mynakit(`apdu trace decode ${trace} --json`));
    expect(data.summary.milliseconds).not.toBeNull();
  });
});

describe("--trace-personal", () => {
  const show = "cert show sign -r sim:standard --pin-stdin --json";
  const password = { input: "TEST1234" };

  test("lets a replay go past the certificates, and still keeps no PIN", async ({ home, mynakit }) => {
    const trace = path.join(home, "trace");
    const first = success("cert show", await mynakit(`${show} --trace ${trace} --trace-personal`, password));
    const again = success("cert show", await mynakit(`cert show sign -r replay:${trace} --pin-stdin --json`, password));
    expect(again.data.certificate).toEqual(first.data.certificate);
    expect(readFileSync(trace, "utf8")).toContain("[PIN 8]");
    expect(readFileSync(trace, "utf8")).not.toContain(Buffer.from("TEST1234").toString("hex").toUpperCase());
  });

  test("is nothing without --trace", async ({ mynakit }) => {
    expect(failed(await mynakit("pin tries --trace-personal --json"), "ERR_USAGE_OPTION").details).toEqual({
      option: "--trace",
      problem: "missing",
    });
  });
});

describe("a replay that does not fit", () => {
  test.for([
    [
      "another command",
      "> 00A4040C0AD392F000260100000001\n< 9000\n> 00A40400\n< 9000\n",
      3,
      "other-command",
      "00A40400",
    ],
    ["a session that ends", "> 00A4040C0AD392F000260100000001\n< 9000\natr 3B00\n", 3, "session-over", undefined],
    ["a response first", "< 9000\n", 1, "no-command", undefined],
    ["a concealed answer", "> 00A4040C0AD392F000260100000001\n< ** 9000\n", 2, "concealed", undefined],
  ] as const)("says where and why: %s", async ([, text, line, problem, recorded], { home, mynakit }) => {
    const file = path.join(home, "dialogue");
    writeFileSync(file, text);
    const { details } = failed(await mynakit(`card status -r replay:${file} --json`), "ERR_CARD_REPLAY");
    expect(details).toMatchObject({ file, line, problem, ...(recorded && { recorded, sent: "00B08600" }) });
    for (const language of ["en", "ja"]) {
      failedInWords(await mynakit(`card status -r replay:${file} --lang ${language}`), "ERR_CARD_REPLAY");
    }
  });

  test("takes ** in a command for any byte", async ({ home, mynakit }) => {
    const file = path.join(home, "dialogue");
    writeFileSync(file, "> 00A4040C0A ** 92F000260100000001\n< 9000\n> 002000**\n< 63C2\n");
    const { data } = success("pin tries", await mynakit(`pin tries auth -r replay:${file} --json`));
    expect(data.pins).toMatchObject([{ id: "auth", remaining: 2 }]);
  });
});
