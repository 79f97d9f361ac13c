import { describe } from "vitest";
import { portalHomeContract } from "../sandbox/support/portal-home-contract.ts";
import { portalPagesContract } from "../sandbox/support/portal-pages-contract.ts";
import { freshDatabase } from "./support/database.ts";

describe("the pages of Mynaportal on PostgreSQL", () => {
  portalPagesContract(freshDatabase);
  portalHomeContract(freshDatabase);
});
