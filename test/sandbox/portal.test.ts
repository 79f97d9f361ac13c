import path from "node:path";
import { describe } from "vitest";
import { portalContract } from "./support/portal-contract.ts";
import { temporaryFolder } from "./support/sandbox.ts";

describe("the services of Mynaportal on SQLite", () => {
  portalContract(async () => path.join(temporaryFolder(), "sandbox.db"));
});
