import { describe, expect } from "vitest";
import { cardFile, changeCard } from "./support/cards.ts";
import { contentsOf, filesIn, findIn, formsOf } from "./support/search.ts";
import { keys } from "./support/terminal.ts";
import { test } from "./support/test.ts";

const secrets = { auth: "7302", sign: "GEHEIM77", wrong: "9753", wrongSign: "FALSCH99", malformed: "86420135" };

/** The card with those secrets, and full counters. @returns its My Number, which is its text-a PIN, too */
function giveSecrets(home: string): string {
  const values: Readonly<Record<string, string>> = { auth: secrets.auth, sign: secrets.sign };
  const { pins } = changeCard(home, "mine", (image) => ({
    ...image,
    pins: image.pins.map((pin) => ({ ...pin, value: values[pin.id] ?? pin.value, remaining: pin.max })),
  }));
  return pins.find(({ id }) => id === "text-a")?.value ?? "";
}

describe("a whole session", () => {
  test("leaves no PIN, password or My Number in any output, trace or file but the simulated card's own [row 56]", async ({
    home,
    mynakit,
    terminal,
  }) => {
    await mynakit("sim create mine");
    const myNumber = giveSecrets(home);
    expect(myNumber).toMatch(/^\d{12}$/);
    const outputs: string[] = [];
    let step = 0;
    const run = async (words: string, input?: string) => {
      const trace = `--trace ${home}/trace-${step++}`;
      for (const form of ["--json --verbose", "--verbose --lang ja", "--lang en"]) {
        const { stdout, stderr } = await mynakit(
          `${words} -r sim:mine ${form} ${trace}`,
          input === undefined ? {} : { input },
        );
        outputs.push(stdout, stderr);
      }
    };
    await run("card status");
    await run("portal login --pin-stdin", secrets.wrong);
    giveSecrets(home);
    await run("portal login --pin-stdin", secrets.malformed);
    await run("mykey issue --yes --pin-stdin", secrets.auth);
    await run("mykey show --pin-stdin", `${secrets.auth}\n${secrets.sign}`);
    await run("portal login --pin-stdin", secrets.auth);
    await run("portal whoami");
    await run("cert show sign --pin-stdin", secrets.sign);
    await run(`cert show sign --pin-stdin -o ${home}/sign.pem`, secrets.sign);
    await run("cert show sign --pin-stdin", secrets.wrongSign);
    await run(`portal login --pin ${secrets.auth}`);
    await run(`portal login ${secrets.auth}`);
    await run("portal logout");
    const person = terminal("portal login -r sim:mine --verbose");
    await person.sees("tries left):");
    person.type(`${secrets.malformed}${keys.enter}`);
    await person.sees("Nothing was sent");
    person.type(`${secrets.auth}${keys.enter}`);
    await person.sees("Logged in.");
    await person.ended();
    outputs.push(person.raw);

    const own = cardFile(home, "mine");
    const files = contentsOf(filesIn(home).filter((each) => each !== own));
    const places = new Map([...files, ...outputs.map((text, index) => [`output ${index}`, text] as const)]);
    expect([...places.keys()].filter((place) => place.includes("trace-")).length).toBeGreaterThan(8);
    expect(findIn(places, { ...secrets, myNumber })).toEqual([]);
  });

  test("is searched by a search that finds", () => {
    for (const [shift, secret] of [
      [0, "GEHEIM77"],
      [1, "GEHEIM77"],
      [2, "GEHEIM77"],
      [1, "123456789012"],
    ] as const) {
      const text = Buffer.concat([Buffer.alloc(shift, 65), Buffer.from(secret), Buffer.alloc(3, 66)]).toString(
        "base64",
      );
      expect(formsOf(secret).some((form) => form.test(text))).toBe(true);
    }
  });
});
