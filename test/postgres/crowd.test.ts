import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { crowdContract } from "../sandbox/support/crowd-contract.ts";
import { freshDatabase } from "./support/database.ts";

describe("two platforms on one PostgreSQL", () => {
  crowdContract(freshDatabase, 2);

  test("may start for the first time at once, even four: one of them makes the schema", async () => {
    const database = await freshDatabase();
    const script = path.join(import.meta.dirname, "../sandbox/support/open-store.ts");
    const codes = Array.from({ length: 4 }, async () => {
      const words = ["--import", "tsx", script, database];
      const [code] = await once(spawn(process.execPath, words, { stdio: ["ignore", "inherit", "inherit"] }), "exit");
      return code;
    });
    expect(await Promise.all(codes)).toEqual([0, 0, 0, 0]);
  });
});
