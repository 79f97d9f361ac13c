import path from "node:path";
import { temporaryFolder } from "../sandbox/support/sandbox.ts";
import { killsContract } from "./support/kills-contract.ts";

killsContract(() => path.join(temporaryFolder(), "sandbox.db"), ["client", "platform"]);
