import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { stripVTControlCharacters } from "node:util";
import fc from "fast-check";
import { describe, expect } from "vitest";
import { pageOf } from "../../src/prepared.ts";
import { failed } from "./support/documents.ts";
import { environment, program } from "./support/program.ts";
import { test } from "./support/test.ts";

const whole = path.join(import.meta.dirname, "support/whole-program.cjs");

/** What a line gives: through bin/mynakit, and from the program without its prepared pages. */
function bothWays(home: string, words: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const [shown, computed] = [program, whole].map((file) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [file, ...words], {
      env: { ...environment(home, env) },
      encoding: "utf8",
    });
    return { status, stdout, stderr };
  });
  return { shown, computed };
}

describe("a prepared page", () => {
  test.for([
    ["", {}],
    ["--version", {}],
    ["-V --json --lang ja", {}],
    ["--version --help", {}],
    ["--help", {}],
    ["-h --no-color --quiet --verbose --json", {}],
    ["--help", { LANG: "ja_JP.UTF-8" }],
    ["--help --lang=en", { LANG: "ja_JP.UTF-8" }],
    ["--lang en --help --lang=ja", {}],
    ["--help --lang", {}],
    ["--lang --help", {}],
    ["--lang fr --help", { LC_ALL: "ja" }],
    ["--help --nonsense", {}],
    ["--help --pin 1234", {}],
    ["--pin=1234 --version", {}],
    ["--help -- --pin", {}],
    ["-- --help", {}],
    ["--json", {}],
    ["--lang ja", {}],
    ["pin --help", {}],
    ["--help pin tries", {}],
    ["--version 1234", {}],
    ["--vers", {}],
  ] as const)("says what the program says: %j", ([line, env], { home }) => {
    const words = line.split(" ").filter((word) => word !== "");
    const { shown, computed } = bothWays(home, words, env);
    expect(shown).toEqual(computed);
  });

  test("is not shown beside a PIN", async ({ mynakit }) => {
    expect(failed(await mynakit("--help --pin 1234 --json"), "ERR_USAGE_PIN_ON_ARGV").exit).toBe(2);
  });

  test("that cannot be written is told as the program tells it", ({ home }) => {
    for (const words of [["--version"], ["--help", "--lang", "ja"]]) {
      const command = `exec "$0" "$@" > /dev/full`;
      const outcome = spawnSync("sh", ["-c", command, process.execPath, program, ...words], {
        env: environment(home),
        encoding: "utf8",
      });
      expect([outcome.status, outcome.stderr.includes("ERR_IO_WRITE")]).toEqual([11, true]);
    }
  });

  test("that nobody reads to its end is no failure", ({ home }) => {
    const { status, stderr } = spawnSync(
      "bash",
      ["-c", `"$0" "$1" --help | true; exit \${PIPESTATUS[0]}`, process.execPath, program],
      {
        env: environment(home),
        encoding: "utf8",
      },
    );
    expect([status, stderr]).toEqual([0, ""]);
  });

  test("has colours on a terminal only", () => {
    const pageFor = (env: Record<string, string>, terminal: boolean, ...argv: string[]) =>
      pageOf({ argv: ["--help", ...argv], env, terminal: () => terminal });
    expect(pageFor({}, true)).toBe("help.en.colour");
    expect(pageFor({}, false)).toBe("help.en");
    expect(pageFor({}, true, "--no-color")).toBe("help.en");
    expect(pageFor({ NO_COLOR: "1" }, true)).toBe("help.en");
    expect(pageFor({ TERM: "dumb" }, true)).toBe("help.en");
    const page = (name: string) => readFileSync(path.join(import.meta.dirname, "../../dist", `${name}.txt`), "utf8");
    expect(stripVTControlCharacters(page("help.ja.colour"))).toBe(page("help.ja"));
  });

  test("answers no line with a word that the parser might refuse", () => {
    const known = fc.constantFrom("--help", "-h", "--version", "-V", "--json", "--lang=ja");
    const harmless = ["--help", "-h", "--version", "-V", "--json", "--quiet", "--verbose", "--no-color"];
    const other = fc
      .oneof(fc.string(), fc.constantFrom("--pin", "--pin=1234", "1234", "--lang", "--lang=fr", "--", "pin", "-hV"))
      .filter((word) => !harmless.includes(word) && !/^--lang=(ja|en)$/.test(word));
    fc.assert(
      fc.property(fc.array(known), other, fc.array(known), (before, word, after) => {
        expect(pageOf({ argv: [...before, word, ...after], env: {}, terminal: () => false })).toBeNull();
      }),
    );
  });
});
