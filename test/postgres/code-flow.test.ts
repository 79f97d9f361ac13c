import { codeFlowContract } from "../sandbox/support/code-flow-contract.ts";
import { freshDatabase } from "./support/database.ts";

codeFlowContract(freshDatabase);
