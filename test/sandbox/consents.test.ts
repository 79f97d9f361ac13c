import path from "node:path";
import { describe } from "vitest";
import { consentContract } from "./support/consent-contract.ts";
import { temporaryFolder } from "./support/sandbox.ts";

describe("consents on SQLite", () => {
  consentContract(async () => path.join(temporaryFolder(), "sandbox.db"));
});
