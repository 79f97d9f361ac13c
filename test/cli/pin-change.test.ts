import { closeSync, openSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect } from "vitest";
import { recordOf, setFaults } from "./support/cards.ts";
import { failed, failedInWords, success } from "./support/documents.ts";
import { keys } from "./support/terminal.ts";
import { test } from "./support/test.ts";

const values = { auth: ["1234", "8302"], sign: ["TEST1234", "NEW8302X"], text: ["5678", "8302"] } as const;
const ids = ["auth", "sign", "text"] as const;
const max = { auth: 3, sign: 5, text: 3 } as const;
const card = "-r sim:standard";
const kept = { pinSent: false, changed: false };

describe("pin check", () => {
  test.for(ids)("of the right %s PIN fills its counter", async (id, { home, mynakit }) => {
    const check = `pin check ${id} ${card} --pin-stdin --json`;
    failed(await mynakit(check, { input: values[id][1] }), "ERR_PIN_WRONG");
    const { data } = success("pin check", await mynakit(check, { input: values[id][0] }));
    expect(data).toMatchObject({
      reader: "sim:standard",
      id,
      pinSent: true,
      triesBefore: max[id] - 1,
      triesAfter: max[id],
    });
    expect(recordOf(home, "standard", id)).toMatchObject({ remaining: max[id], verifies: 2 });
  });

  test("of a wrong PIN fails with what it cost, and never takes the last try", async ({ home, mynakit }) => {
    const check = `pin check auth ${card} --pin-stdin --json`;
    for (const triesBefore of [3, 2]) {
      const error = failed(await mynakit(check, { input: "9999" }), "ERR_PIN_WRONG");
      expect(error).toMatchObject({ pinSent: true, triesBefore, triesAfter: triesBefore - 1 });
      expect(error).not.toHaveProperty("changed");
    }
    const error = failed(await mynakit(check, { input: "1234" }), "ERR_PIN_WITHHELD");
    expect(error).toMatchObject({ pinSent: false, triesBefore: 1, triesAfter: 1 });
    expect(recordOf(home, "standard", "auth")).toMatchObject({
      remaining: 1,
      verifies: 2,
      lastTryBurnt: false,
    });
  });

  test.for([
    ["auth-locked", "auth", "ERR_PIN_LOCKED"],
    ["under-15", "sign", "ERR_CERT_ABSENT"],
    ["suica", "auth", "ERR_CARD_KIND"],
  ] as const)("of %s %s asks nobody", async ([name, id, code], { mynakit }) => {
    failed(await mynakit(`pin check ${id} -r sim:${name} --no-input --json`), code);
    failed(await mynakit(`pin change ${id} -r sim:${name} --no-input --json`), code);
  });

  test("says it in words", async ({ mynakit }) => {
    const check = `pin check text ${card} --pin-stdin`;
    const english = await mynakit(check, { input: "5678" });
    expect(english).toMatchObject({ code: 0, stdout: "The card-face input support PIN is right.\n\nTries left  3\n" });
    const japanese = await mynakit(`${check} --lang ja`, { input: "5678" });
    expect(japanese.stdout).toBe("券面事項入力補助用の暗証番号は合っています。\n\n残り回数  3\n");
    expect(failedInWords(await mynakit(check, { input: "0000" }), "ERR_PIN_WRONG")).not.toContain("old one");
  });

  test.for(["pin check", "pin change"])("%s needs one of three PINs", async (command, { mynakit }) => {
    expect(failed(await mynakit(`${command} --json`), "ERR_USAGE_ARGUMENT").details).toMatchObject({ argument: "pin" });
    for (const id of ["text-a", "1234"]) {
      const outcome = await mynakit(`${command} ${id} --json`);
      expect(failed(outcome, "ERR_USAGE_ARGUMENT").details).toMatchObject({ allowed: "auth, sign, text" });
      expect(outcome.stdout).not.toContain("1234");
    }
  });
});

describe("pin change", () => {
  test.for(ids)("sets another %s PIN, with which the card opens from then on", async (id, { home, mynakit }) => {
    const [old, fresh] = values[id];
    const outcome = await mynakit(`pin change ${id} ${card} --pin-stdin --json`, { input: `${old}\n${fresh}\n` });
    expect(success("pin change", outcome).data).toMatchObject({
      reader: "sim:standard",
      id,
      pinSent: true,
      triesBefore: max[id],
      triesAfter: max[id],
      changed: true,
    });
    expect(recordOf(home, "standard", id)).toMatchObject({ value: fresh, remaining: max[id], verifies: 1 });
    const check = `pin check ${id} ${card} --pin-stdin --json`;
    success("pin check", await mynakit(check, { input: fresh }));
    failed(await mynakit(check, { input: old }), "ERR_PIN_WRONG");
  });

  test("takes the characters of a Japanese keyboard, and small letters", async ({ home, mynakit }) => {
    const input = "ｔｅｓｔ１２３４\nｎｅｗ8302x\n";
    success("pin change", await mynakit(`pin change sign ${card} --pin-stdin --json`, { input }));
    expect(recordOf(home, "standard", "sign")).toMatchObject({ value: "NEW8302X" });
  });

  test("says it in words", async ({ mynakit }) => {
    const change = `pin change auth ${card} --pin-stdin`;
    expect(await mynakit(change, { input: "1234\n8302" })).toMatchObject({
      code: 0,
      stdout: "The user authentication PIN was changed.\n",
    });
    expect(await mynakit(`${change} --lang ja`, { input: "8302\r\n5739\r\n" })).toMatchObject({
      code: 0,
      stdout: "利用者証明用電子証明書の暗証番号を変更しました。\n",
    });
  });

  test("with a wrong old PIN changes nothing and says so", async ({ home, mynakit }) => {
    const change = `pin change auth ${card} --pin-stdin`;
    const wrong = { input: "9999\n8302\n" };
    const error = failed(await mynakit(`${change} --json`, wrong), "ERR_PIN_WRONG");
    expect(error).toMatchObject({ pinSent: true, triesBefore: 3, triesAfter: 2, changed: false });
    const words = failedInWords(await mynakit(change, wrong), "ERR_PIN_WRONG");
    expect(words).toContain("The PIN was not changed; the old one still holds.");
    expect(words).not.toMatch(/9999|8302/);
    const withheld = failed(await mynakit(`${change} --json`, { input: "1234\n8302" }), "ERR_PIN_WITHHELD");
    expect(withheld).toMatchObject({ ...kept, triesBefore: 1, triesAfter: 1 });
    expect(recordOf(home, "standard", "auth")).toMatchObject({
      value: "1234",
      remaining: 1,
      verifies: 2,
      lastTryBurnt: false,
    });
  });

  test.for([
    ["auth", "1234\n1234\n", "ERR_PIN_UNCHANGED", {}],
    ["auth", "1234\n0000\n", "ERR_PIN_OBVIOUS", { reason: "sequence" }],
    ["text", "5678\n4321\n", "ERR_PIN_OBVIOUS", { reason: "sequence" }],
    ["sign", "TEST1234\nABC123\n", "ERR_PIN_OBVIOUS", { reason: "sequence" }],
    ["sign", "TEST1234\n830271\n", "ERR_PIN_OBVIOUS", { reason: "one-kind" }],
    ["auth", "1234\n83021\n", "ERR_PIN_FORMAT", { entry: "new" }],
    ["sign", "TEST1234\nNEW8\n", "ERR_PIN_FORMAT", { entry: "new" }],
    ["auth", "12345\n8302\n", "ERR_PIN_FORMAT", {}],
    ["auth", "1234\n", "ERR_USAGE_PIN_EMPTY", { option: "--pin-stdin", line: 2 }],
    ["auth", "1234\n\n8302\n", "ERR_USAGE_PIN_EMPTY", { option: "--pin-stdin", line: 2 }],
    ["auth", "\n8302\n", "ERR_USAGE_PIN_EMPTY", { option: "--pin-stdin", line: 1 }],
    ["auth", "", "ERR_USAGE_PIN_EMPTY", { option: "--pin-stdin", line: 1 }],
  ] as const)("%s from %j sends nothing: %s", async ([id, input, code, details], { home, mynakit }) => {
    const change = `pin change ${id} ${card} --pin-stdin`;
    const outcome = await mynakit(`${change} --json`, { input });
    const error = failed(outcome, code);
    expect(error).toMatchObject({ ...kept, triesBefore: max[id], triesAfter: max[id], details });
    for (const lang of ["ja", "en"]) failedInWords(await mynakit(`${change} --lang ${lang}`, { input }), code);
    expect(recordOf(home, "standard", id)).toMatchObject({ value: values[id][0], verifies: 0 });
    for (const secret of input.split("\n").filter((line) => line.length > 3)) {
      expect(outcome.stdout + outcome.stderr).not.toContain(secret);
    }
  });

  test("takes an obvious PIN where --allow-obvious wants it, but not an unchanged one", async ({ home, mynakit }) => {
    const change = `pin change auth ${card} --pin-stdin --allow-obvious --json`;
    success("pin change", await mynakit(change, { input: "1234\n0000\n" }));
    expect(recordOf(home, "standard", "auth")).toMatchObject({ value: "0000" });
    failed(await mynakit(change, { input: "0000\n0000\n" }), "ERR_PIN_UNCHANGED");
  });

  test("needs somebody to ask, and names the option that helps", async ({ mynakit }) => {
    const error = failed(await mynakit(`pin change auth ${card} --json`), "ERR_USAGE_INPUT_NEEDED");
    expect(error).toMatchObject({ ...kept, details: { what: "pin", option: "--pin-stdin" } });
  });

  test("leaves no PIN in a trace", async ({ home, mynakit }) => {
    const trace = path.join(home, "trace");
    const change = `pin change auth ${card} --pin-stdin --trace ${trace}`;
    expect(await mynakit(change, { input: "1234\n8302\n" })).toMatchObject({ code: 0 });
    const written = readFileSync(trace, "utf8");
    expect(written).toMatch(/^> 00 ?24 ?01 ?80/m);
    expect(written.replaceAll(" ", "")).not.toMatch(/31323334|38333032/);
  });
});

describe("the two lines come", () => {
  const change = `pin change auth ${card} --json`;

  test("from a file that its owner alone can read", async ({ home, mynakit }) => {
    const file = path.join(home, "secrets");
    writeFileSync(file, "1234\n8302\n", { mode: 0o600 });
    success("pin change", await mynakit(`${change} --pin-file ${file}`));
    writeFileSync(file, "8302\n", { mode: 0o600 });
    const error = failed(await mynakit(`${change} --pin-file ${file}`), "ERR_USAGE_PIN_EMPTY");
    expect(error.details).toEqual({ option: "--pin-file", line: 2, what: "new-pin" });
  });

  test("from another descriptor", async ({ home, mynakit }) => {
    const file = path.join(home, "secrets");
    writeFileSync(file, "1234\n8302\nnot this one\n");
    const descriptor = openSync(file, "r");
    success("pin change", await mynakit(`${change} --pin-fd 3`, { descriptors: [descriptor] }));
    closeSync(descriptor);
  });

  test("in pieces, from a standard input that is not closed behind them", async ({ home, start }) => {
    const running = start(`${change} --pin-stdin`);
    for (const piece of ["12", "34\n8", "302\n"]) running.child.stdin.write(piece);
    success("pin change", await running.ended);
    expect(recordOf(home, "standard", "auth")).toMatchObject({ value: "8302" });
  });
});

describe("a card that is pulled away", () => {
  test("at any command holds the PIN that the error says, or that it does not know of", async ({ home, mynakit }) => {
    const told = new Set<unknown>();
    const words = "pin change auth -r sim:pulled --pin-stdin";
    const input = "1234\n8302\n";
    for (let removeAfter = 1; ; removeAfter++) {
      await mynakit(["sim", removeAfter === 1 ? "create" : "reset", "pulled"]);
      setFaults(home, "pulled", { removeAfter });
      const outcome = await mynakit(`${words} --json`, { input });
      const { value, remaining, verifies } = recordOf(home, "pulled", "auth");
      expect(verifies).toBeLessThanOrEqual(1);
      expect(remaining).toBeGreaterThanOrEqual(2);
      if (outcome.code === 0) {
        expect(value).toBe("8302");
        break;
      }
      const error = failed(outcome, "ERR_CARD_REMOVED");
      expect(error.pinSent).toBe(verifies === 1);
      expect([error.changed, value]).toEqual(error.changed === null ? [null, "8302"] : [false, "1234"]);
      told.add(error.changed);
    }
    expect(told).toEqual(new Set([false, null]));
  });

  test("at the change itself leaves the question open, in words", async ({ home, mynakit }) => {
    const trace = path.join(home, "trace");
    await mynakit("sim create pulled");
    const change = `pin change auth -r sim:pulled --pin-stdin --trace ${trace}`;
    await mynakit(change, { input: "1234\n8302\n" });
    const commands = readFileSync(trace, "utf8")
      .split("\n")
      .filter((line) => line.startsWith("> "));
    const removeAfter = commands.findIndex((line) => /^> 00 ?24/.test(line)) + 1;
    for (const [lang, said] of [
      ["en", "mynakit pin check with the new one tells"],
      ["ja", "変更されたかどうかわかりません"],
    ]) {
      await mynakit("sim reset pulled");
      setFaults(home, "pulled", { removeAfter });
      const outcome = await mynakit(`${change} --lang ${lang}`, { input: "1234\n8302\n" });
      expect(failedInWords(outcome, "ERR_CARD_REMOVED")).toContain(said);
    }
  });
});

describe("at a terminal", () => {
  const change = `pin change auth ${card}`;
  const secret = /1234|8302|0000|9999/;

  test("the PIN as it is now is asked once and the new one twice", async ({ home, terminal }) => {
    const person = terminal(change);
    await person.sees(
      "User authentication PIN as it is now, which the card checks once the new one is typed (4 digits; 3 of 3 tries left):",
    );
    person.type(`1234${keys.enter}`);
    await person.sees("New user authentication PIN (4 digits):");
    person.type(`8302${keys.enter}`);
    await person.sees("New user authentication PIN once more:");
    expect(recordOf(home, "standard", "auth")).toMatchObject({ verifies: 0 });
    person.type(`8302${keys.enter}`);
    await person.sees("The user authentication PIN was changed.");
    expect(await person.ended()).toBe(0);
    expect(person.text).not.toMatch(secret);
    expect(recordOf(home, "standard", "auth")).toMatchObject({ value: "8302", verifies: 1 });
  });

  test("the same in Japanese", async ({ terminal }) => {
    const person = terminal(`${change} --lang ja`);
    await person.sees(
      "現在のものを入力します。合っているかは、新しいものの入力が終わってからカードで確かめます。利用者証明用電子証明書の暗証番号（数字 4 桁、残り 3/3 回）:",
    );
    person.type(`1234${keys.enter}`);
    await person.sees("新しい利用者証明用電子証明書の暗証番号（数字 4 桁）:");
    person.type(`8302${keys.enter}`);
    await person.sees("新しい利用者証明用電子証明書の暗証番号（もう一度）:");
    person.type(`8302${keys.enter}`);
    await person.sees("利用者証明用電子証明書の暗証番号を変更しました。");
    expect(await person.ended()).toBe(0);
    expect(person.text).not.toMatch(secret);
  });

  test("two entries that differ are asked for again", async ({ home, terminal }) => {
    const person = terminal(change);
    await person.sees("tries left):");
    person.type(`1234${keys.enter}`);
    await person.sees("New user authentication PIN (4 digits):");
    person.type(`8302${keys.enter}`);
    await person.sees("once more:");
    person.type(`8303${keys.enter}`);
    await person.sees("The two entries differ. Nothing was sent; type a new one.\r\n");
    await person.sees("New user authentication PIN (4 digits):");
    person.type(`5739${keys.enter}`);
    await person.sees("once more:");
    person.type(`5739${keys.enter}`);
    await person.sees("was changed.");
    expect(await person.ended()).toBe(0);
    expect(recordOf(home, "standard", "auth")).toMatchObject({ value: "5739", verifies: 1 });
    expect(person.text).not.toContain("✔");
  });

  test("an unchanged and a malformed one are refused at once", async ({ terminal }) => {
    const person = terminal(change);
    await person.sees("tries left):");
    person.type(`1234${keys.enter}`);
    await person.sees("New user authentication PIN (4 digits):");
    person.type(`1234${keys.enter}`);
    await person.sees("It is the same as it is now. Nothing was sent; type another one.");
    person.type(`5${keys.enter}`);
    await person.sees("It has 4 digits. Nothing was sent; type it again.");
    person.type(keys.ctrlC);
    await person.sees("ERR_CANCELLED (130)");
    expect(await person.ended()).toBe(130);
  });

  test.for([
    ["en", "easy to guess", "yes", "0000"],
    ["en", "easy to guess", "y", "0000"],
    ["ja", "推測されやすい", "はい", "0000"],
    ["ja", "推測されやすい", "ＹＥＳ", "0000"],
    ["en", "easy to guess", "no", "5739"],
    ["ja", "推測されやすい", "", "5739"],
  ] as const)(
    "an obvious one has to be confirmed, and no asks for another: %s, %s, %j",
    async ([lang, why, answer, value], { home, terminal }) => {
      const person = terminal(`${change} --lang ${lang}`);
      await person.sees(/3 of 3|3\/3/);
      person.type(`1234${keys.enter}`);
      await person.sees(/New .*:|新しい.*:/);
      person.type(`0000${keys.enter}`);
      await person.sees(why);
      await person.sees(":");
      person.type(`${answer}${keys.enter}`);
      if (value !== "0000") {
        await person.sees(/New .*:|新しい.*:/);
        person.type(`${value}${keys.enter}`);
      }
      await person.sees(/once more:|もう一度）:/);
      person.type(`${value}${keys.enter}`);
      expect(await person.ended()).toBe(0);
      expect(recordOf(home, "standard", "auth")).toMatchObject({ value, verifies: 1 });
    },
  );

  test("an obvious one that --allow-obvious wants needs no more words", async ({ terminal }) => {
    const person = terminal(`${change} --allow-obvious`);
    await person.sees("tries left):");
    person.type(`1234${keys.enter}`);
    await person.sees("New user authentication PIN (4 digits):");
    person.type(`0000${keys.enter}`);
    await person.sees("once more:");
    person.type(`0000${keys.enter}`);
    await person.sees("was changed.");
    expect(person.text).not.toContain("easy to guess");
  });

  test("a PIN is checked after a prompt that says so", async ({ terminal }) => {
    const english = terminal(`pin check sign ${card}`);
    await english.sees("Signature password to be checked (6 to 16 capital letters and digits; 5 of 5 tries left):");
    english.type(`TEST1234${keys.enter}`);
    await english.sees("The signature password is right.");
    expect(await english.ended()).toBe(0);
    const japanese = terminal(`pin check text ${card} --lang ja`);
    await japanese.sees("合っているかどうかを確かめます。券面事項入力補助用の暗証番号（数字 4 桁、残り 3/3 回）:");
    japanese.type(`5678${keys.enter}`);
    await japanese.sees("券面事項入力補助用の暗証番号は合っています。");
    expect(await japanese.ended()).toBe(0);
    expect(english.text + japanese.text).not.toMatch(/TEST1234|5678/);
  });
});
