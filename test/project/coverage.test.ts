import { describe, expect, test } from "vitest";
import { problemsOf, type Row, tagsIn } from "../../scripts/docs/coverage.ts";

const row = (number: number, changed: Partial<Row> = {}): Row => ({
  number,
  ja: "行",
  en: "row",
  commands: ["mykey issue"],
  remark: "",
  ...changed,
});
const tagged = (...numbers: readonly number[]) => new Map(numbers.map((number) => [number, []]));

describe("the map of what is covered", () => {
  test("finds the rows that a test names, however its name is quoted", () => {
    const open = "[";
    const source = `test("one ${open}row 3]", …); test(\`of a name ${open}rows 4, 15]\`); // test ${open}row 5]`;
    expect(tagsIn(source)).toEqual([
      { title: "one", rows: [3] },
      { title: "of a name", rows: [4, 15] },
    ]);
  });

  test("takes a row with a test, and one that says why there is none", () => {
    expect(problemsOf([row(1), row(2, { remark: "history: over" })], tagged(1))).toEqual([]);
  });

  test.each([
    ["a row has neither test nor reason", [row(1)], tagged(), "row 1 has no test and no reason"],
    ["a row has both", [row(1, { remark: "later: soon" })], tagged(1), "row 1 has a test and says that there is none"],
    ["a tag is of no row", [row(1)], tagged(1, 2), "there is no row 2"],
    ["a command is none", [row(1, { commands: ["mykey guess"] })], tagged(1), "row 1: there is no command mykey guess"],
    ["a number is left out", [row(2)], tagged(2), "rows are not numbered one after the other"],
  ])("fails where %s", (_name, rows, tags, problem) => {
    expect(problemsOf(rows, tags)).toEqual([problem]);
  });
});
