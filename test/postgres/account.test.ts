import { describe } from "vitest";
import { accountContract } from "../mykey/support/account-contract.ts";
import { passwordContract } from "../mykey/support/password-contract.ts";
import { freshDatabase } from "./support/database.ts";

describe("an account on PostgreSQL", () => {
  accountContract(freshDatabase);
  passwordContract(freshDatabase);
});
