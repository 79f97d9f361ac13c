import { describe } from "vitest";
import { pagesContract } from "../sandbox/support/pages-contract.ts";
import { freshDatabase } from "./support/database.ts";

describe("pages with PostgreSQL", () => {
  pagesContract(freshDatabase);
});
