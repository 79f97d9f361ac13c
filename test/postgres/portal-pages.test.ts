import { describe } from "vitest";
import { portalPagesContract } from "../sandbox/support/portal-pages-contract.ts";
import { freshDatabase } from "./support/database.ts";

describe("the pages of Mynaportal on PostgreSQL", () => {
  portalPagesContract(freshDatabase);
});
