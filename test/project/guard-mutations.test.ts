import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { conditionsIn, untouched } from "../../scripts/mutations/conditions.ts";
import { guardFiles, mutations } from "../../scripts/mutations/list.ts";
import { sourceOf } from "../../scripts/mutations/run.ts";
import { survives, tableOf, verdictIn } from "../../scripts/mutations/table.ts";

const root = path.join(import.meta.dirname, "../..");
const textOf = (file: string): string => readFileSync(path.join(root, file), "utf8");
const table = textOf("docs/guard-mutations.md");

describe.each(guardFiles)("of %s", (file) => {
  const own = mutations.filter((mutation) => mutation.file === file);
  const source = textOf(sourceOf(file));

  test("every condition is removed or turned round by a mutation that applies", () => {
    expect(conditionsIn(source).length).toBeGreaterThan(0);
    expect(untouched(source, own)).toEqual([]);
  });

  test("the table has every mutation, in order: else run npx tsx scripts/mutate-guard.ts", () => {
    const [, section = ""] = table.split(`## ${sourceOf(file)}\n`);
    const rows = section.split("\n## ")[0]?.match(/^\| (?!A guard|---).*$/gm) ?? [];
    expect(rows.map((row) => row.split(" | ")[0]?.slice(2))).toEqual(
      own.map(({ name }) => name.replaceAll("|", "\\|")),
    );
  });
});

test("no mutation in the table survived", () => {
  expect(table).not.toContain("SURVIVED");
  expect(table).toContain(" 0 survived.");
});

describe("the check finds", () => {
  const source = `const f = (a, b) => { if (a && (b || !a)) return a ? 1 : 2; };`;
  const edit = (from: string, to: string) => ({ name: "other", file: "guard.ts", from, to });

  test("conditions of every kind", () => {
    expect(conditionsIn(source).map(({ text }) => text)).toEqual(["a", "b", "!a", "a"]);
  });

  test("a condition that no mutation touches", () => {
    expect(untouched(source, [edit("a &&", "true &&"), edit("a ? 1", "!a ? 1")]).map(({ text }) => text)).toEqual([
      "b",
      "!a",
    ]);
  });

  test.each([
    ["applies no more", "gone", /does not apply any more/],
    ["applies twice", "a", /applies twice/],
  ])("a mutation that %s", (_, from, problem) => {
    expect(() => untouched(source, [edit(from, "b")])).toThrow(problem);
  });

  test("a survivor, and lets one pass that is shown to be equivalent", () => {
    const mutation = edit("a", "b");
    const excused = { ...mutation, equivalent: "the same" };
    expect(
      [
        { mutation, caughtBy: null },
        { mutation, caughtBy: "a test" },
        { mutation: excused, caughtBy: null },
      ].map(survives),
    ).toEqual([true, false, false]);
    expect(tableOf([{ mutation, caughtBy: null }])).toContain("**SURVIVED**");
  });

  test("in a table what was written there", () => {
    const mutation = { ...edit("a", "b"), name: "a | b" };
    for (const verdict of [
      { mutation, caughtBy: null },
      { mutation, caughtBy: "this | that, and 2 more" },
      { mutation: { ...mutation, equivalent: "the same" }, caughtBy: null },
    ]) {
      expect(verdictIn(tableOf([verdict]), verdict.mutation)).toEqual(verdict);
    }
    expect(verdictIn(tableOf([]), mutation)).toBeUndefined();
  });
});
