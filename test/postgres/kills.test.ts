import { killsContract } from "../portal/support/kills-contract.ts";
import { freshDatabase } from "./support/database.ts";

killsContract(freshDatabase, ["platform"]);
