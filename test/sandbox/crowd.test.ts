import path from "node:path";
import { describe } from "vitest";
import { crowdContract } from "./support/crowd-contract.ts";
import { temporaryFolder } from "./support/sandbox.ts";

describe("a platform on SQLite", () => {
  crowdContract(async () => path.join(temporaryFolder(), "sandbox.db"), 1);
});
