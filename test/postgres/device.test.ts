import { describe } from "vitest";
import { deviceContract } from "../portal/support/device-contract.ts";
import { freshDatabase } from "./support/database.ts";

describe("device logins on PostgreSQL", () => {
  deviceContract(freshDatabase);
});
