import { chmodSync, closeSync, mkdirSync, openSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect } from "vitest";
import { recordOf } from "./support/cards.ts";
import { failed, failedInWords, success } from "./support/documents.ts";
import { test } from "./support/test.ts";

/** The command that needs a password, and nothing but a card. */
const show = "cert show sign -r sim:standard --json";
const password = "TEST1234";
const full = { pinSent: true, triesBefore: 5, triesAfter: 5 };
const kept = { pinSent: false, triesBefore: 5, triesAfter: 5 };

describe("the password comes", () => {
  test.for([
    ["a line", "TEST1234\n"],
    ["a line without its end", "TEST1234"],
    ["a line of another system", "TEST1234\r\n"],
    ["the first of several lines", "TEST1234\nnot this one\n"],
    ["small letters", "test1234\n"],
    ["full-width characters", "ＴＥＳＴ１２３４\n"],
  ])("from standard input as %s", async ([, input = ""], { mynakit }) => {
    expect(success("cert show", await mynakit(`${show} --pin-stdin`, { input })).data).toMatchObject(full);
  });

  test("from standard input that is not closed behind it", async ({ start }) => {
    const running = start(`${show} --pin-stdin`);
    running.child.stdin.write("TEST");
    running.child.stdin.write("1234\n");
    expect(success("cert show", await running.ended).data).toMatchObject(full);
  });

  test("from another descriptor", async ({ home, mynakit }) => {
    const file = path.join(home, "secret");
    writeFileSync(file, `${password}\n`);
    const descriptor = openSync(file, "r");
    const outcome = await mynakit(`${show} --pin-fd 3`, { descriptors: [descriptor] });
    closeSync(descriptor);
    expect(success("cert show", outcome).data).toMatchObject(full);
  });

  test("from a pipe in another descriptor", async ({ mynakit }) => {
    const under = ["bash", "-c", `"$@" 3< <(sleep 0.1; echo ${password})`, "bash"];
    expect(success("cert show", await mynakit(`${show} --pin-fd 3`, { under })).data).toMatchObject(full);
  });

  test("from a pipe that looks like a file", async ({ mynakit }) => {
    const under = ["bash", "-c", `"$@" --pin-file <(echo ${password})`, "bash"];
    expect(success("cert show", await mynakit(show, { under })).data).toMatchObject(full);
  });

  test("from a file that its owner alone can read", async ({ home, mynakit }) => {
    const file = path.join(home, "secret");
    writeFileSync(file, `${password}\n`, { mode: 0o600 });
    expect(success("cert show", await mynakit(`${show} --pin-file ${file}`)).data).toMatchObject(full);
  });
});

describe("no password comes", () => {
  test.for(["", "\n", "\r\n", "\nTEST1234\n"])("with standard input %j", async (input, { mynakit }) => {
    expect(failed(await mynakit(`${show} --pin-stdin`, { input }), "ERR_USAGE_PIN_EMPTY")).toMatchObject({
      ...kept,
      details: { option: "--pin-stdin" },
    });
  });

  test("from a standard input that is closed", async ({ mynakit }) => {
    const under = ["bash", "-c", '"$@" <&-', "bash"];
    failed(await mynakit(`${show} --pin-stdin`, { under }), "ERR_USAGE_PIN_EMPTY");
    failed(await mynakit(show, { under }), "ERR_USAGE_INPUT_NEEDED");
  });

  test("from a descriptor that is not open", async ({ mynakit }) => {
    const error = failed(await mynakit(`${show} --pin-fd 99`), "ERR_IO_READ");
    expect(error).toMatchObject({ ...kept, details: { path: "fd 99", reason: "EBADF" } });
    for (const [language, told] of [
      ["en", "as the shell does with 99<FILE"],
      ["ja", "99 番は、読み取り用に開かれていません"],
    ] as const) {
      const words = show.replace(" --json", ` --lang ${language}`);
      expect(failedInWords(await mynakit(`${words} --pin-fd 99`), "ERR_IO_READ")).toContain(told);
    }
  });

  test.for([0o644, 0o640, 0o604, 0o660, 0o602])("from a file with mode %o", async (mode, { home, mynakit }) => {
    const file = path.join(home, "secret");
    writeFileSync(file, `${password}\n`);
    chmodSync(file, mode);
    const error = failed(await mynakit(`${show} --pin-file ${file}`), "ERR_IO_PIN_FILE_MODE");
    expect(error).toMatchObject({ ...kept, details: { path: file, mode: mode.toString(8) } });
    expect(error.hint).toContain("chmod 600");
    failedInWords(
      await mynakit(["cert", "show", "sign", "-r", "sim:standard", "--lang=ja", "--pin-file", file]),
      "ERR_IO_PIN_FILE_MODE",
    );
  });

  test("from a file that is not there, or is a folder", async ({ home, mynakit }) => {
    const error = failed(await mynakit(`${show} --pin-file ${home}/nothing`), "ERR_IO_READ");
    expect(error).toMatchObject({ ...kept, details: { reason: "ENOENT" } });
    mkdirSync(path.join(home, "folder"), { mode: 0o700 });
    expect(failed(await mynakit(`${show} --pin-file ${home}/folder`), "ERR_IO_READ").details.reason).toBe("EISDIR");
  });

  test.for([
    ["--pin-stdin --pin-fd 3", ["--pin-stdin", "--pin-fd"]],
    ["--pin-file x --pin-stdin", ["--pin-stdin", "--pin-file"]],
    ["--pin-fd 3 --pin-file x", ["--pin-fd", "--pin-file"]],
  ] as const)("from two places: %s", async ([options, named], { mynakit }) => {
    const error = failed(await mynakit(`${show} ${options}`, { input: password }), "ERR_USAGE_PIN_SOURCES");
    expect(error).toMatchObject({ pinSent: false, details: { options: named } });
  });

  test.for(["", "--no-input"])(
    "where nobody can be asked, and the option is named (%s)",
    async (option, { mynakit }) => {
      const error = failed(await mynakit(`${show} ${option}`), "ERR_USAGE_INPUT_NEEDED");
      expect(error).toMatchObject({ ...kept, details: { what: "pin", option: "--pin-stdin" } });
      for (const source of ["--pin-stdin", "--pin-fd", "--pin-file", "standard error"]) {
        expect(error.hint).toContain(source);
      }
    },
  );
});

describe("a password that is", () => {
  test.for(["TEST1", "TEST1234567890123", "TEST 1234", "TEST-1234", "パスワード１２３", "TEST1234\0", "1234\t5678"])(
    "malformed (%j) is not sent",
    async (secret, { home, mynakit }) => {
      const outcome = await mynakit(`${show} --pin-stdin`, { input: `${secret}\n` });
      expect(failed(outcome, "ERR_PIN_FORMAT")).toMatchObject({ ...kept, details: { pin: "sign" } });
      expect(outcome.stdout).not.toContain(secret);
      expect(recordOf(home, "standard", "sign")).toMatchObject({ remaining: 5, verifies: 0 });
    },
  );

  test("longer than any is not read for ever", async ({ mynakit }) => {
    failed(await mynakit(`${show} --pin-stdin`, { input: "A".repeat(1_000_000) }), "ERR_PIN_FORMAT");
  });

  test("wrong costs a try, says so, and never the last", async ({ home, mynakit }) => {
    const wrong = { input: "WRONG123\n" };
    for (const triesBefore of [5, 4, 3, 2]) {
      const error = failed(await mynakit(`${show} --pin-stdin`, wrong), "ERR_PIN_WRONG");
      const triesAfter = triesBefore - 1;
      expect(error).toMatchObject({ pinSent: true, triesBefore, triesAfter, details: { pin: "sign", triesAfter } });
    }
    for (let turn = 0; turn < 3; turn++) {
      const error = failed(await mynakit(`${show} --pin-stdin`, wrong), "ERR_PIN_WITHHELD");
      expect(error).toMatchObject({ pinSent: false, triesBefore: 1, triesAfter: 1, details: { reason: "last-try" } });
    }
    expect(recordOf(home, "standard", "sign")).toMatchObject({
      remaining: 1,
      verifies: 4,
      lastTryBurnt: false,
    });
  });

  test("wrong is told of in words, with what it cost", async ({ mynakit }) => {
    const words = "cert show sign -r sim:standard --pin-stdin";
    const english = failedInWords(await mynakit(words, { input: "WRONG123" }), "ERR_PIN_WRONG");
    expect(english).toContain("4 tries are left");
    expect(english).toContain("The PIN was sent to the card.");
    const japanese = failedInWords(await mynakit(`${words} --lang ja`, { input: "WRONG123" }), "ERR_PIN_WRONG");
    expect(japanese).toContain("残りは 3 回");
    expect(japanese).toContain("暗証番号はカードに送られました。");
    expect(english + japanese).not.toContain("WRONG123");
  });

  test("right fills the counter again", async ({ mynakit }) => {
    failed(await mynakit(`${show} --pin-stdin`, { input: "WRONG123" }), "ERR_PIN_WRONG");
    const { data } = success("cert show", await mynakit(`${show} --pin-stdin`, { input: password }));
    expect(data).toMatchObject({ pinSent: true, triesBefore: 4, triesAfter: 5 });
  });
});

describe("the floor of tries", () => {
  const floor = (n: number) => `${show} --pin-stdin --min-tries ${n}`;

  test("is raised by --min-tries", async ({ mynakit }) => {
    expect(failed(await mynakit(floor(6), { input: password }), "ERR_PIN_WITHHELD")).toMatchObject({
      ...kept,
      details: { reason: "min-tries", tries: 5, minTries: 6 },
    });
    expect(success("cert show", await mynakit(floor(5), { input: password })).data).toMatchObject(full);
  });

  test.for([0, 1, 2])("is not lowered by --min-tries %i", async (n, { home, mynakit }) => {
    for (let turn = 0; turn < 4; turn++) await mynakit(`${show} --pin-stdin`, { input: "WRONG123" });
    for (const input of [password, "WRONG123"]) {
      expect(failed(await mynakit(floor(n), { input }), "ERR_PIN_WITHHELD")).toMatchObject({
        pinSent: false,
        triesAfter: 1,
        details: { reason: "last-try", minTries: 2 },
      });
    }
    expect(recordOf(home, "standard", "sign")).toMatchObject({ remaining: 1, verifies: 4 });
  });
});

describe("a telephone's certificate, which the authentication PIN opens,", () => {
  test("costs a try where the PIN is wrong, and says how many are left", async ({ mynakit }) => {
    const words = "cert show auth -r sim:android-token --pin-stdin --json";
    expect(failed(await mynakit(words, { input: "0000" }), "ERR_PIN_WRONG")).toMatchObject({
      pinSent: true,
      triesBefore: 3,
      triesAfter: 2,
    });
    expect(failed(await mynakit(words, { input: "12345" }), "ERR_PIN_FORMAT")).toMatchObject({
      pinSent: false,
      triesAfter: 2,
    });
    expect(success("cert show", await mynakit(words, { input: "１２３４" })).data).toMatchObject({
      pinSent: true,
      triesAfter: 3,
    });
  });
});

describe("an unreadable counter", () => {
  test("keeps the password away from the card", async ({ home, mynakit }) => {
    const words = "cert show sign -r sim:counter-unreadable --pin-stdin --json";
    expect(failed(await mynakit(words, { input: password }), "ERR_PIN_WITHHELD")).toMatchObject({
      pinSent: false,
      triesBefore: null,
      triesAfter: null,
      details: { reason: "unreadable" },
    });
    expect(recordOf(home, "counter-unreadable", "sign")).toMatchObject({ remaining: 5, verifies: 0 });
  });
});
