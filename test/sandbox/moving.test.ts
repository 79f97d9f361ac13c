import path from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { movingContract, someExport, verdict } from "./support/moving-contract.ts";
import { temporaryFolder } from "./support/sandbox.ts";

describe("from an SQLite file", () => {
  movingContract(async () => path.join(temporaryFolder(), "sandbox.db"));
});

describe("a file of a platform", () => {
  const refused = { code: "ERR_IO_EXPORT" };

  test("with any byte changed or missing, or cut anywhere, is refused", async () => {
    const exported = Buffer.from(await someExport());
    await verdict(exported);
    const places = fc.nat(exported.length - 1);
    const change = async (at: number, by: number) => {
      const changed = Buffer.from(exported);
      changed[at] = (changed[at] ?? 0) ^ by;
      await expect(verdict(changed)).rejects.toMatchObject(refused);
      await expect(verdict(exported.subarray(0, at))).rejects.toMatchObject(refused);
      const without = Buffer.concat([exported.subarray(0, at), exported.subarray(at + 1)]);
      await expect(verdict(without)).rejects.toMatchObject(refused);
    };
    await fc.assert(fc.asyncProperty(places, fc.integer({ min: 1, max: 255 }), change), { numRuns: 60 });
  });

  test("of another version or another program is refused for that", async () => {
    const exported = await someExport();
    const schema = Number(/"schema":(\d+)/.exec(exported)?.[1]);
    const cases: [string, string][] = [
      [exported.replace('"version":1', '"version":2'), "newer"],
      [exported.replace(`"schema":${schema}`, `"schema":${schema + 1}`), "newer"],
      [exported.replace(`"schema":${schema}`, `"schema":${schema - 1}`), "older"],
      [exported.replace('"linkage"', '"linkages"'), "foreign"],
      [exported.replace(/"rows":\d+/, '"rows":-1'), "foreign"],
      ["", "foreign"],
      ["{}\n", "foreign"],
      ["null\n", "foreign"],
      ['{"format":"mynakit-platform","version":1,"schema":null,"tables":[null]}\n', "foreign"],
      ["SQLite format 3\0", "foreign"],
      ["x".repeat(3_000_000), "foreign"],
      [exported.replace('"カナ"', `"${"カ".repeat(1_000_000)}"`), "cut"],
    ];
    for (const [content, problem] of cases) {
      await expect(verdict(content), problem).rejects.toMatchObject({ ...refused, details: { problem } });
    }
  });
});
