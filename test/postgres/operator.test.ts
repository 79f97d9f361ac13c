import { describe } from "vitest";
import { operatorContract } from "../sandbox/support/operator-contract.ts";
import { freshDatabase } from "./support/database.ts";

describe("what the operator sets on PostgreSQL", () => {
  operatorContract(freshDatabase);
});
