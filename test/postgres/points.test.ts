import { describe } from "vitest";
import { pointsContract } from "../sandbox/support/points-contract.ts";
import { freshDatabase } from "./support/database.ts";

describe("points on PostgreSQL", () => {
  pointsContract(freshDatabase);
});
