import { describe, expect } from "vitest";
import { recordOf, setFaults } from "./support/cards.ts";
import { keys } from "./support/terminal.ts";
import { test } from "./support/test.ts";

const show = "cert show sign -r sim:standard";
const password = "TEST1234";

describe("the prompt for a PIN", () => {
  test("says in English which PIN, what for, of what form, and how many tries are left", async ({ terminal }) => {
    const person = terminal(show);
    await person.sees(
      "Signature password to read the certificate (6 to 16 capital letters and digits; 5 of 5 tries left):",
    );
    person.type(`${password}${keys.enter}`);
    await person.sees("The card may be removed now.");
    await person.sees("見本　太郎");
    expect(await person.ended()).toBe(0);
    expect(person.text).not.toContain(password);
  });

  test("says the same in Japanese", async ({ terminal }) => {
    const person = terminal(`${show} --lang ja`);
    await person.sees("証明書を読み取ります。署名用電子証明書のパスワード（英大文字と数字 6～16 文字、残り 5/5 回）:");
    person.type(`${password}${keys.enter}`);
    await person.sees("カードを取り外してもかまいません。");
    expect(await person.ended()).toBe(0);
    expect(person.text).not.toContain(password);
  });

  test("tells how many tries are left of those that were", async ({ mynakit, terminal }) => {
    await mynakit(`${show} --pin-stdin`, { input: "WRONG123" });
    const person = terminal(show);
    await person.sees("4 of 5 tries left");
    person.type(`WRONG456${keys.enter}`);
    await person.sees("Wrong signature password. 3 tries are left.");
    expect(await person.ended()).toBe(5);
    expect(person.text).not.toContain("WRONG456");
  });

  test("asks again for a malformed entry, which spends nothing", async ({ home, terminal }) => {
    const person = terminal(show);
    await person.sees("tries left):");
    person.type(`12${keys.enter}`);
    await person.sees("It has 6 to 16 capital letters and digits. Nothing was sent; type it again.");
    expect(recordOf(home, "standard", "sign")).toMatchObject({ remaining: 5, verifies: 0 });
    person.type(`${password}${keys.enter}`);
    await person.sees("見本　太郎");
    expect(await person.ended()).toBe(0);
    expect(recordOf(home, "standard", "sign")).toMatchObject({ remaining: 5, verifies: 1 });
    expect(person.text).not.toContain(password);
  });

  test("shows nothing of a PIN that is typed before it stands, and asks for it then", async ({
    home,
    mynakit,
    terminal,
  }) => {
    await mynakit("sim create slow");
    setFaults(home, "slow", { slowMs: 300 });
    const person = terminal("pin check auth -r sim:slow");
    await person.sees("Reading the card");
    person.type("8642");
    await person.sees("3 of 3 tries left):");
    person.type(`1234${keys.enter}`);
    await person.sees("is right");
    expect(await person.ended()).toBe(0);
    expect(person.text).not.toMatch(/8642|1234/);
  });

  test("can be given up with Ctrl-C before it stands", async ({ home, mynakit, terminal }) => {
    await mynakit("sim create slow");
    setFaults(home, "slow", { slowMs: 300 });
    const person = terminal("pin check auth -r sim:slow");
    await person.sees("Reading the card");
    person.type(keys.ctrlC);
    expect(await person.ended()).toBe(130);
  });

  test("takes full-width characters and small letters", async ({ terminal }) => {
    const person = terminal(show);
    await person.sees("tries left):");
    person.type(`ｔｅｓｔ１２３４${keys.enter}`);
    await person.sees("見本　太郎");
    expect(await person.ended()).toBe(0);
  });

  test.for([keys.ctrlC, keys.ctrlD])("ends at %j with nothing sent", async (key, { home, terminal }) => {
    const person = terminal(show);
    await person.sees("tries left):");
    person.type(`TEST${key}`);
    if (key === keys.ctrlD) person.type(keys.ctrlC);
    await person.sees("The PIN was not sent to the card.");
    await person.sees("ERR_CANCELLED (130)");
    expect(await person.ended()).toBe(130);
    expect(recordOf(home, "standard", "sign")).toMatchObject({ remaining: 5, verifies: 0 });
  });

  test("ends with the end of input", async ({ terminal }) => {
    const person = terminal(show);
    await person.sees("tries left):");
    person.type(keys.ctrlD);
    await person.sees("ERR_CANCELLED (130)");
    expect(await person.ended()).toBe(130);
  });

  test("leaves the card to others while it waits", async ({ mynakit, terminal }) => {
    const person = terminal(show);
    await person.sees("tries left):");
    expect(await mynakit("pin tries -r sim:standard")).toMatchObject({ code: 0 });
    person.type(`${password}${keys.enter}`);
    await person.sees("見本　太郎");
    expect(await person.ended()).toBe(0);
  });

  test("does not trust the counter that it showed", async ({ home, mynakit, terminal }) => {
    const wrong = () => mynakit(`${show} --pin-stdin`, { input: "WRONG123" });
    for (let turn = 0; turn < 3; turn++) await wrong();
    const person = terminal(show);
    await person.sees("2 of 5 tries left");
    await wrong();
    person.type(`${password}${keys.enter}`);
    await person.sees("ERR_PIN_WITHHELD (7)");
    expect(await person.ended()).toBe(7);
    expect(recordOf(home, "standard", "sign")).toMatchObject({
      remaining: 1,
      verifies: 4,
      lastTryBurnt: false,
    });
  });

  test("does not come with --no-input, nor before a card that makes it useless", async ({ terminal }) => {
    const forbidden = terminal(`${show} --no-input`);
    await forbidden.sees("Give --pin-stdin, --pin-fd N or --pin-file FILE.");
    expect(await forbidden.ended()).toBe(2);
    const useless = terminal("cert show sign -r sim:under-15");
    await useless.sees("ERR_CERT_ABSENT (8)");
    expect(await useless.ended()).toBe(8);
    expect(forbidden.text + useless.text).not.toContain("tries left):");
  });

  test("stands on standard error: the result alone goes to a pipe", async ({ home, terminal }) => {
    const person = terminal(["cert", "show", "sign", "-r", "sim:standard", "--json", "-o", `${home}/sign.pem`]);
    await person.sees("tries left):");
    person.type(`${password}${keys.enter}`);
    await person.sees('{"schema":"mynakit.cert.show/1"');
    expect(await person.ended()).toBe(0);
  });
});

describe("a terminal", () => {
  const sequence = "\u001b[";

  test("gets colour", async ({ terminal }) => {
    const person = terminal("pin tries -r sim:auth-locked");
    expect(await person.ended()).toBe(0);
    expect(person.raw).toContain(`${sequence}31m`);
  });

  test.for([
    ["NO_COLOR", "", { NO_COLOR: "1" }],
    ["TERM=dumb", "", { TERM: "dumb" }],
    ["--no-color", "--no-color", {}],
  ] as const)("gets none with %s, in results and errors", async ([, option, env], { terminal }) => {
    for (const words of ["pin tries -r sim:auth-locked", "pin tries -r sim:nosuch", "--help"]) {
      const person = terminal(`${words} ${option}`, { env });
      await person.ended();
      expect(person.raw).not.toContain(sequence);
    }
  });

  test("sees a spinner while a slow card is read, and nothing is left of it", async ({ home, mynakit, terminal }) => {
    await mynakit("sim create slow");
    setFaults(home, "slow", { slowMs: 60 });
    const person = terminal("card status -r sim:slow");
    await person.sees("Reading the card; keep it still");
    await person.sees("The card may be removed now.");
    expect(await person.ended()).toBe(0);
    expect(person.raw.lastIndexOf(`${sequence}?25h`)).toBeGreaterThan(person.raw.lastIndexOf(`${sequence}?25l`));
  });

  test("is refused binary output", async ({ terminal }) => {
    const person = terminal("cert show -r sim:standard --format der");
    await person.sees("ERR_USAGE_OPTION (2)");
    expect(await person.ended()).toBe(2);
  });
});
