import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { describe } from "vitest";
import { privacyContract } from "../sandbox/support/privacy-contract.ts";
import { freshDatabase } from "./support/database.ts";

const run = promisify(execFile);

describe("with PostgreSQL", () => {
  privacyContract(freshDatabase, async (database) => {
    const { stdout } = await run("pg_dump", [database], { encoding: "latin1", maxBuffer: 64 * 1024 * 1024 });
    return new Map([["pg_dump", stdout]]);
  });
});
