import { createHash } from "node:crypto";
import { setImmediate as otherWork } from "node:timers/promises";
import { sql } from "kysely";
import { schemaVersion } from "../migrations.ts";
import type { Db } from "../schema.ts";
import type { Store } from "../store.ts";
import { endLine, headerOf, jsonLine, rowLine } from "./form.ts";
import { byName, type MovedTable, movedTables } from "./tables.ts";

/** What was moved. */
export interface Moved {
  readonly accounts: number;
  readonly auditLines: number;
  readonly rows: number;
  /** Over all lines but the last, which has it; hexadecimal. */
  readonly sha256: string;
}

/** After how many rows signals and other work have their turn. */
const turn = 1000;

/**
 * Writes what the platform keeps, as it stood at one moment, while others go on using it: a header, the rows of every
 * table in the order of their keys' bytes, and a digest. The same content makes the same bytes, whatever the database.
 * @param write takes a part of the text: UTF-8
 */
export async function exportPlatform(
  { db, reading }: Pick<Store, "db" | "reading">,
  write: (text: string) => void,
  signal: AbortSignal,
): Promise<Moved> {
  const hash = createHash("sha256");
  const put = (line: string): void => {
    hash.update(line);
    write(line);
  };
  return db.connection().execute(async (connection) => {
    await sql.raw(reading.begin).execute(connection);
    try {
      const counts = await rowCounts(connection);
      put(jsonLine(headerOf(schemaVersion, counts)));
      let rows = 0;
      for (const table of movedTables) {
        for await (const row of reading.rows(connection, inOrder(connection, table, reading.collation))) {
          put(rowLine(table, row));
          rows += 1;
          if (rows % turn === 0) await otherWork(undefined, { signal });
        }
      }
      const sha256 = hash.digest("hex");
      write(endLine(sha256));
      return { ...summaryOf(counts), sha256 };
    } finally {
      await sql.raw("rollback").execute(connection);
    }
  });
}

/** @param counts how many rows each of `movedTables` has, in their order */
export function summaryOf(counts: readonly number[]): Omit<Moved, "sha256"> {
  const of = (name: string) => counts[movedTables.findIndex((table) => table.name === name)] ?? 0;
  return { accounts: of("person"), auditLines: of("audit"), rows: counts.reduce((sum, rows) => sum + rows, 0) };
}

async function rowCounts(db: Db): Promise<readonly number[]> {
  const counts: number[] = [];
  for (const { name } of movedTables) {
    const { rows } = await byName(db)
      .selectFrom(name)
      .select((of) => of.fn.countAll<number>().as("rows"))
      .executeTakeFirstOrThrow();
    counts.push(rows);
  }
  return counts;
}

function inOrder(db: Db, { name, columns, key }: MovedTable, collation: string) {
  const kinds = new Map(columns);
  const query = byName(db)
    .selectFrom(name)
    .select(columns.map(([column]) => column));
  return key.reduce(
    (ordered, column) =>
      ordered.orderBy(column, (order) => (kinds.get(column) === "text" ? order.collate(collation) : order)),
    query,
  );
}
