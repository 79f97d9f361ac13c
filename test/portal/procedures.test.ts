import path from "node:path";
import { describe } from "vitest";
import { proceduresContract } from "../sandbox/support/procedures-contract.ts";
import { temporaryFolder } from "../sandbox/support/sandbox.ts";

describe("applications on SQLite", () => {
  proceduresContract(() => path.join(temporaryFolder(), "sandbox.db"));
});
