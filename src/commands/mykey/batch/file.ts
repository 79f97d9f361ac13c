import { createReadStream, realpathSync, statSync } from "node:fs";
import path from "node:path";
import { type BatchProblem, MynakitError } from "../../../errors.ts";
import { isSystemError, reasonOf } from "../../../files.ts";

/** One line of a batch: a reader, and the file that holds the PIN of its card where that is not everybody's. */
export interface BatchLine {
  /** Counts from 1. */
  readonly line: number;
  /** As `--reader` takes it. */
  readonly reader: string;
  readonly pinFile: string | undefined;
}

/** In characters. */
const longestLine = 4096;

/**
 * The one path of a batch file that no link leads to. It is read twice, and again by the run that resumes: a pipe cannot be.
 * @throws {MynakitError} ERR_IO_READ, ERR_IO_BATCH
 */
export function batchPath(file: string): string {
  try {
    const status = statSync(file);
    if (!status.isFile() && !status.isDirectory()) throw malformed(file, 0, "not-a-file");
    return realpathSync(file);
  } catch (cause) {
    throw unreadable(file, cause);
  }
}

/**
 * The lines of a batch file, read as they are asked for: UTF-8, a reader a line, and behind a tab, where that card has a
 * PIN of its own, the path of the file that holds it, seen from the batch file's folder. Empty lines and those that
 * begin with `#` are passed over.
 * @throws {MynakitError} ERR_IO_READ, ERR_IO_BATCH
 */
export async function* batchLines(file: string): AsyncGenerator<BatchLine> {
  let number = 0;
  for await (const text of textLines(file)) {
    number += 1;
    const content = text.trim();
    if (content !== "" && !content.startsWith("#")) yield parse(file, number, content);
  }
}

function parse(file: string, line: number, content: string): BatchLine {
  const [reader = "", pinFile, ...more] = content.split("\t").map((field) => field.trim());
  if (more.length > 0 || pinFile === "") throw malformed(file, line, "fields");
  if (/[^\P{Cc}\t]/u.test(content)) throw malformed(file, line, "control");
  return { line, reader, pinFile: pinFile && path.resolve(path.dirname(file), pinFile) };
}

/** The text between line ends, without a byte order mark. */
async function* textLines(file: string): AsyncGenerator<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let number = 0;
  let rest = "";
  const decode = (part?: Uint8Array): string => {
    try {
      return part ? decoder.decode(part, { stream: true }) : decoder.decode();
    } catch (cause) {
      throw new MynakitError("ERR_IO_BATCH", { file, line: number + 1, problem: "not-text" }, { cause });
    }
  };
  for await (const part of parts(file)) {
    const lines = (rest + decode(part)).split("\n");
    rest = lines.pop() ?? "";
    for (const line of [...lines, rest]) {
      if (line.length > longestLine) throw malformed(file, number + 1, "too-long");
    }
    for (const line of lines) {
      number += 1;
      yield line;
    }
  }
  yield rest + decode();
}

async function* parts(file: string): AsyncGenerator<Uint8Array> {
  try {
    yield* createReadStream(file);
  } catch (cause) {
    throw unreadable(file, cause);
  }
}

function unreadable(path: string, cause: unknown): unknown {
  return isSystemError(cause) ? new MynakitError("ERR_IO_READ", { path, reason: reasonOf(cause) }, { cause }) : cause;
}

const malformed = (file: string, line: number, problem: BatchProblem): MynakitError =>
  new MynakitError("ERR_IO_BATCH", { file, line, problem });
