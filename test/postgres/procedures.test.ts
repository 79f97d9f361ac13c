import { describe } from "vitest";
import { proceduresContract } from "../sandbox/support/procedures-contract.ts";
import { freshDatabase } from "./support/database.ts";

describe("applications on PostgreSQL", () => {
  proceduresContract(freshDatabase);
});
