import { setImmediate as otherWork } from "node:timers/promises";
import { MynakitError } from "../../../errors.ts";
import { verifyAudit } from "../audit-verify.ts";
import type { Db } from "../schema.ts";
import type { Store } from "../store.ts";
import type { Moved } from "./export.ts";
import type { Export } from "./read.ts";
import { byName, type MovedTable, movedTables, type Value } from "./tables.ts";

/** Rows in one statement: far fewer values than either database takes. */
const together = 500;

/** Looks through all of a file, before any database is touched. @throws {MynakitError} ERR_IO_EXPORT, ERR_IO_READ */
export async function checkExport({ rows }: Export, signal: AbortSignal): Promise<Moved> {
  return eachGroup(rows(), signal, async () => undefined);
}

/**
 * Puts what was exported into a database that has nothing yet, in one transaction. Writes no line of the audit log:
 * exported again, it is the same file. Nobody else may use the database meanwhile.
 * @throws {MynakitError} ERR_IO_DATABASE_USED, ERR_IO_EXPORT, ERR_IO_READ
 */
export function importPlatform(
  { db, name }: Pick<Store, "db" | "name">,
  { rows, file }: Pick<Export, "rows" | "file">,
  signal: AbortSignal,
): Promise<Moved> {
  return db.transaction().execute(async (transaction) => {
    await requireUnused(transaction, name);
    const moved = await eachGroup(rows(), signal, async (table, group) => {
      await byName(transaction).insertInto(table.name).values(group).execute();
    });
    const { lines, problem } = await verifyAudit(transaction);
    if (problem || lines !== moved.auditLines) {
      throw new MynakitError("ERR_IO_EXPORT", { file, line: 0, problem: "audit" });
    }
    return moved;
  });
}

/** Hands over the rows in groups of one table. */
async function eachGroup(
  rows: ReturnType<Export["rows"]>,
  signal: AbortSignal,
  take: (table: MovedTable, group: Record<string, Value>[]) => Promise<void>,
): Promise<Moved> {
  let group: Record<string, Value>[] = [];
  let of: MovedTable | undefined;
  const handOver = async (): Promise<void> => {
    if (of && group.length > 0) await take(of, group);
    group = [];
    await otherWork(undefined, { signal });
  };
  for (;;) {
    const { value, done } = rows.next();
    if (done || value.table !== of || group.length === together) await handOver();
    if (done) return value;
    of = value.table;
    group.push(value.row);
  }
}

/** What the schema begins with goes, so that it does not stand beside what comes. */
async function requireUnused(db: Db, database: string): Promise<void> {
  // First: whoever else writes waits for it, and then finds that it is gone.
  await db.deleteFrom("audit_anchor").where("lines", "=", 0).execute();
  await db.deleteFrom("quota").where("taken", "=", 0).where("most", "is", null).execute();
  for (const { name, key } of movedTables) {
    const row = await byName(db)
      .selectFrom(name)
      .select([...key])
      .limit(1)
      .executeTakeFirst();
    if (row) throw new MynakitError("ERR_IO_DATABASE_USED", { database });
  }
}
