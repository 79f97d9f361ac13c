import path from "node:path";
import { describe } from "vitest";
import { operatorContract } from "./support/operator-contract.ts";
import { temporaryFolder } from "./support/sandbox.ts";

describe("what the operator sets in an SQLite file", () => {
  operatorContract(async () => path.join(temporaryFolder(), "sandbox.db"));
});
