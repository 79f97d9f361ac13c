import { describe } from "vitest";
import { consentContract } from "../sandbox/support/consent-contract.ts";
import { freshDatabase } from "./support/database.ts";

describe("consents on PostgreSQL", () => {
  consentContract(freshDatabase);
});
