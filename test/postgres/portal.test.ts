import { describe } from "vitest";
import { portalContract } from "../sandbox/support/portal-contract.ts";
import { freshDatabase } from "./support/database.ts";

describe("the services of Mynaportal on PostgreSQL", () => {
  portalContract(freshDatabase);
});
