import { readFileSync } from "node:fs";
import path from "node:path";
import { MynakitError } from "../errors.ts";
import { makeFolder, reading, replaceFile } from "../files.ts";
import { type Members, members } from "./shape.ts";

/** Sessions as they lie in `<home>/sessions.json`, by whom they are with. Only its owner can read the file. */
type StoredSessions = Record<string, unknown>;

/** Makes sure that a session can be stored beside the others. @throws {MynakitError} ERR_IO_READ, ERR_IO_STATE_CORRUPT */
export const requireStorable = (home: string): void => void readAll(fileIn(home));

/**
 * What was stored under a name, as `parse` reads it; undefined: nothing.
 * @param parse throws a SyntaxError where it is not what it should be
 * @throws {MynakitError} ERR_IO_READ, ERR_IO_STATE_CORRUPT
 */
export function readStored<T>(home: string, name: string, parse: (stored: Members) => T): T | undefined {
  const file = fileIn(home);
  const stored = readAll(file)[name];
  return stored === undefined ? undefined : parsing(file, () => parse(members(stored)));
}

/**
 * Stores a session in place of an older one of the same name. Of two processes that store at the same moment, one may
 * undo the other's; the file is whole in any case.
 * @throws {MynakitError} ERR_IO_READ, ERR_IO_WRITE, ERR_IO_STATE_CORRUPT
 */
export function writeStored(home: string, name: string, session: object): void {
  writeAll(home, { ...readAll(fileIn(home)), [name]: session });
}

/** Forgets a session, if there is one. @throws {MynakitError} ERR_IO_READ, ERR_IO_WRITE, ERR_IO_STATE_CORRUPT */
export function forgetStored(home: string, name: string): void {
  const { [name]: ended, ...others } = readAll(fileIn(home));
  if (ended !== undefined) writeAll(home, others);
}

const fileIn = (home: string): string => path.join(home, "sessions.json");

function readAll(file: string): StoredSessions {
  const text = reading(file, (path) => readFileSync(path, "utf8")) ?? "{}";
  return parsing(file, () => {
    const parsed: unknown = JSON.parse(text);
    members(parsed);
    return parsed as StoredSessions;
  });
}

function parsing<T>(file: string, parse: () => T): T {
  try {
    return parse();
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    throw new MynakitError("ERR_IO_STATE_CORRUPT", { path: file, problem: cause.message }, { cause });
  }
}

function writeAll(home: string, sessions: StoredSessions): void {
  makeFolder(home);
  replaceFile(fileIn(home), `${JSON.stringify(sessions, null, 2)}\n`);
}
