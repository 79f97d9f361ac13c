import { createHash } from "node:crypto";
import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";
import { type ExportProblem, MynakitError } from "../../../errors.ts";
import { isSystemError } from "../../../files.ts";
import { schemaVersion } from "../migrations.ts";
import { type Moved, summaryOf } from "./export.ts";
import { countsIn, endLine, rowIn } from "./form.ts";
import { type MovedTable, movedTables, type Value } from "./tables.ts";

export interface MovedRow {
  readonly table: MovedTable;
  readonly row: Record<string, Value>;
}

/** In bytes; far longer than any row. */
const longestLine = 1024 * 1024;
const partSize = 64 * 1024;

/** An exported platform. */
export interface Export {
  readonly file: string;
  /**
   * Its rows, from the first; the whole file has been checked only when all have been asked for. May be called again.
   * @returns what they were
   * @throws {MynakitError} ERR_IO_EXPORT, ERR_IO_READ
   */
  rows(): Generator<MovedRow, Moved>;
  close(): void;
}

/** Opens a file that `exportPlatform` made. @throws {MynakitError} ERR_IO_READ, ERR_IO_EXPORT where it is no file */
export function openExport(file: string): Export {
  const refused = (problem: ExportProblem, line: number) => new MynakitError("ERR_IO_EXPORT", { file, line, problem });
  const descriptor = readingFrom(file, () => openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)));
  const close = (): void => closeSync(descriptor);
  if (!readingFrom(file, () => fstatSync(descriptor)).isFile()) {
    close();
    // It is read twice: a pipe cannot be.
    throw refused("not-a-file", 0);
  }
  return { file, rows: () => rowsOf(linesOf(descriptor, file), refused), close };
}

function* rowsOf(
  lines: Iterator<Buffer>,
  refused: (problem: ExportProblem, line: number) => MynakitError,
): Generator<MovedRow, Moved> {
  const hash = createHash("sha256");
  let number = 0;
  const next = (): Buffer => {
    const { value, done } = lines.next();
    number += 1;
    if (done || value.at(-1) !== lineEnd) throw refused(number === 1 ? "foreign" : "cut", number);
    return value;
  };
  const head = next();
  hash.update(head);
  const counts = countsIn(head.toString(), schemaVersion);
  if (typeof counts === "string") throw refused(counts, 1);
  for (const [at, table] of movedTables.entries()) {
    for (let left = counts[at] ?? 0; left > 0; left--) {
      const line = next();
      hash.update(line);
      const row = rowIn(table, line.toString());
      if (!row) throw refused("changed", number);
      yield { table, row };
    }
  }
  const sha256 = hash.digest("hex");
  if (next().toString() !== endLine(sha256)) throw refused("changed", number);
  if (!lines.next().done) throw refused("changed", number + 1);
  return { ...summaryOf(counts), sha256 };
}

const lineEnd = 0x0a;

/** With their ends; only the last may have none, or one that is too long. */
function* linesOf(descriptor: number, file: string): Generator<Buffer> {
  const part = Buffer.alloc(partSize);
  let rest = Buffer.alloc(0);
  let position = 0;
  for (;;) {
    const read = readingFrom(file, () => readSync(descriptor, part, 0, partSize, position));
    if (read === 0) break;
    position += read;
    const bytes = Buffer.concat([rest, part.subarray(0, read)]);
    let start = 0;
    for (let end = bytes.indexOf(lineEnd); end >= 0; end = bytes.indexOf(lineEnd, start)) {
      yield bytes.subarray(start, end + 1);
      start = end + 1;
    }
    rest = bytes.subarray(start);
    if (rest.length > longestLine) break;
  }
  if (rest.length > 0) yield rest;
}

function readingFrom<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!isSystemError(error)) throw error;
    throw new MynakitError("ERR_IO_READ", { path: file, reason: error.code }, { cause: error });
  }
}
