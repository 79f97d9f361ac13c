import { isStorable } from "../text.ts";
import { type ColumnKind, type MovedTable, movedTables, type Value } from "./tables.ts";

/** Of the form of the file, not of the database's schema, which the header names besides. */
const version = 1;
const format = "mynakit-platform";

/** One line of JSON, with its end. */
export const jsonLine = (value: unknown): string => `${JSON.stringify(value)}\n`;

/** The first line: what follows. */
export interface Header {
  readonly format: typeof format;
  readonly version: number;
  /** The schema of the database that it came from. */
  readonly schema: number;
  readonly tables: readonly { readonly name: string; readonly columns: readonly string[]; readonly rows: number }[];
}

/** @param rows how many rows each of `movedTables` has, in their order */
export function headerOf(schema: number, rows: readonly number[]): Header {
  const tables = movedTables.map(({ name, columns }, at) => ({
    name,
    columns: columns.map(([column]) => column),
    rows: rows[at] ?? 0,
  }));
  return { format, version, schema, tables };
}

/**
 * How many rows each table has, by the first line; or why it is none that this mynakit takes.
 * @param schema that of the database that it is for
 */
export function countsIn(line: string, schema: number): readonly number[] | "foreign" | "newer" | "older" {
  const header = parsed(line) as Partial<Header> | null | undefined;
  if (header?.format !== format || !isCount(header.version) || !isCount(header.schema)) return "foreign";
  if (header.version > version || header.schema > schema) return "newer";
  if (header.schema < schema) return "older";
  const rows = Array.isArray(header.tables) ? header.tables.map((table) => table?.rows) : [];
  return rows.every(isCount) && jsonLine(headerOf(schema, rows)) === line ? rows : "foreign";
}

/** A row: the name of its table, and its values in the order of the columns. */
export const rowLine = ({ name, columns }: MovedTable, row: Readonly<Record<string, Value>>): string =>
  jsonLine([name, ...columns.map(([column]) => row[column])]);

/** The row of a line; undefined where it is none of this table. */
export function rowIn({ name, columns }: MovedTable, line: string): Record<string, Value> | undefined {
  const values = parsed(line);
  if (!Array.isArray(values) || values.length !== columns.length + 1 || values[0] !== name) return undefined;
  const row: Record<string, Value> = {};
  for (const [at, [column, kind]] of columns.entries()) {
    const value: unknown = values[at + 1];
    if (!isOf(kind, value)) return undefined;
    row[column] = value;
  }
  return row;
}

/** The last line. @param sha256 over all lines before, hexadecimal */
export const endLine = (sha256: string): string => jsonLine({ sha256 });

function isOf(kind: ColumnKind, value: unknown): value is Value {
  if (value === null) return kind === "text?" || kind === "integer?";
  if (kind === "text" || kind === "text?") return typeof value === "string" && isStorable(value);
  return Number.isSafeInteger(value);
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
