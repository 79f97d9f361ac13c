import { describe, expect, test } from "vitest";
import { exitCodes } from "../../scripts/docs/exit-codes.ts";
import { exitCodeOf } from "../../src/errors.ts";
import { errorCodes, sampleErrors } from "../../src/ui/messages/samples.ts";

describe("exit codes", () => {
  test.each(errorCodes)("%s has one, and the documents explain it", (code) => {
    const explained = exitCodes.find(({ exit }) => exit === exitCodeOf(code));
    const families = explained?.codes.replaceAll("`", "").split(", ") ?? [];
    expect(families.some((family) => new RegExp(`^${family.replace("*", "\\w+")}$`).test(code))).toBe(true);
  });

  test("every documented one above 1 belongs to an error", () => {
    const used = new Set(errorCodes.map(exitCodeOf));
    expect(exitCodes.map(({ exit }) => exit).filter((exit) => exit > 1 && !used.has(exit))).toEqual([]);
  });

  test("an error carries that of its code", () => {
    for (const error of errorCodes.flatMap(sampleErrors)) expect(error.exit).toBe(exitCodeOf(error.code));
  });
});
