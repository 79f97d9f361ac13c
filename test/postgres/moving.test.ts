import { describe } from "vitest";
import { movingContract } from "../sandbox/support/moving-contract.ts";
import { freshDatabase } from "./support/database.ts";

describe("from PostgreSQL through an SQLite file", () => {
  movingContract(freshDatabase);
});
