import { MynakitError } from "../../errors.ts";

/**
 * What a database is opened for: `make`: to use it, be it a new one; `change`: it has to be a sandbox's; `read`: likewise,
 * and nothing is written into it.
 */
export type Access = "make" | "change" | "read";

/** The table that every schema of ours has. */
const history = "schema_migration";

/**
 * Makes sure that a database is a sandbox's, or may become one.
 * @param tables the names of those that it has
 * @throws {MynakitError} ERR_IO_DATABASE
 */
export function requireOurs(tables: readonly string[], access: Access, database: string): void {
  if (tables.includes(history)) return;
  const empty = tables.length === 0;
  if (empty && access === "make") return;
  const problem = empty ? "empty" : "foreign";
  throw new MynakitError("ERR_IO_DATABASE", { database, reason: `no table ${history}`, problem });
}
