import { describe } from "vitest";
import { fieldsContract } from "../sandbox/support/fields-contract.ts";
import { freshDatabase } from "./support/database.ts";

describe("a field, before PostgreSQL", () => {
  fieldsContract(freshDatabase);
});
