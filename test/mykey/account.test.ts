import path from "node:path";
import { describe } from "vitest";
import { temporaryFolder } from "../sandbox/support/sandbox.ts";
import { accountContract } from "./support/account-contract.ts";
import { passwordContract } from "./support/password-contract.ts";

describe("an account in an SQLite file", () => {
  const fresh = async () => path.join(temporaryFolder(), "sandbox.db");
  accountContract(fresh);
  passwordContract(fresh);
});
