import type { Run } from "../command.ts";
import type { DataOf } from "../results.ts";
import { withReadStore } from "./database.ts";

/** Says whether the audit log is whole, or which line is missing or changed: then the exit code is 1. */
export const run: Run<DataOf<"sandbox audit verify">> = (context, input) =>
  withReadStore(context, input, async ({ db, name }) => {
    const { verifyAudit } = await import("../../sandbox/store/audit-verify.ts");
    const { lines, hash, problem } = await verifyAudit(db);
    const data = { database: name, whole: problem === null, lines, hash: hash === "" ? null : hash, problem };
    return { data, ...(problem && { exit: 1 }) };
  });
