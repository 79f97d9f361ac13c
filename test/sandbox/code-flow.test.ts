import path from "node:path";
import { codeFlowContract } from "./support/code-flow-contract.ts";
import { temporaryFolder } from "./support/sandbox.ts";

codeFlowContract(async () => path.join(temporaryFolder(), "sandbox.db"));
