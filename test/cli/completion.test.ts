import { execFileSync, spawnSync } from "node:child_process";
import { describe, expect } from "vitest";
import { commandEntries } from "../../src/commands/registry.ts";
import { success } from "./support/documents.ts";
import { test } from "./support/test.ts";

/** What bash offers behind a line, by the function that the script gives it. */
function offered(script: string, line: string): string[] {
  const words = line.split(" ");
  const program = `${script}
    COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _mynakit; printf '%s\\n' "\${COMPREPLY[@]}"`;
  return execFileSync("bash", ["-c", program, "bash", ...words], { encoding: "utf8" })
    .split("\n")
    .filter(Boolean);
}

describe("the completion of bash", () => {
  test.for([
    ["mynakit pi", ["pin"]],
    ["mynakit sandbox us", ["user"]],
    ["mynakit sandbox user ", ["show", "suspend", "lift"]],
    ["mynakit -r sim:standard pin t", ["tries"]],
    ["mynakit pin tries si", ["sign"]],
    ["mynakit cert show --format ", ["text", "pem", "der"]],
    ["mynakit --lang ", ["ja", "en"]],
    ["mynakit portal lo", ["login", "logout"]],
    ["mynakit completion z", ["zsh"]],
    ["mynakit mykey issue --y", ["--yes"]],
    ["mynakit card status --pin-s", ["--pin-stdin"]],
    ["mynakit nonsense --xyz", []],
  ] as const)("offers behind %j: %j", async ([line, expected], { mynakit }) => {
    const { stdout } = await mynakit("completion bash");
    expect(offered(stdout, line).filter((word) => !word.startsWith("--") || line.includes(" --"))).toEqual(expected);
  });

  test("knows every noun and verb", async ({ mynakit }) => {
    const { stdout } = await mynakit("completion bash");
    const nouns = offered(stdout, "mynakit ");
    for (const [name] of commandEntries) {
      const [noun = "", verb] = name.split(" ");
      expect(nouns).toContain(noun);
      if (verb) expect(offered(stdout, `mynakit ${noun} `)).toContain(verb);
    }
  });
});

describe("the scripts of all shells", () => {
  test.for(["bash", "zsh", "fish"] as const)(
    "%s: comes whole, as text and in a document",
    async (shell, { mynakit }) => {
      const text = await mynakit(`completion ${shell}`);
      expect(text).toMatchObject({ code: 0, stderr: "" });
      expect(success("completion", await mynakit(`completion ${shell} --json`)).data).toEqual({
        shell,
        script: text.stdout,
      });
      const check = spawnSync(shell, ["-n"], { input: text.stdout, encoding: "utf8" });
      // Not every machine has every shell.
      if (!check.error) expect(check).toMatchObject({ status: 0, stderr: "" });
    },
  );
});
