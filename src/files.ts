import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { kill, pid } from "node:process";
import { MynakitError } from "./errors.ts";

/** Files of ours, for their owner alone, and failures in mynakit's words. Any ring may use them. */

/** True for what Node's file and network calls throw: an error with a system error's code, and none of ours. */
export function isSystemError(error: unknown): error is Error & { code: string } {
  if (error instanceof MynakitError) return false;
  return error instanceof Error && "code" in error && typeof error.code === "string";
}

/** The system's code of a failure (`EACCES`), else its text. */
export const reasonOf = (error: unknown): string => (isSystemError(error) ? error.code : String(error));

const absent: readonly string[] = ["ENOENT", "ESRCH"];

/** What `read` returns; undefined where there is no such file. @throws {MynakitError} ERR_IO_READ on any other failure */
export function reading<T>(file: string, read: (file: string) => T): T | undefined {
  try {
    return read(file);
  } catch (error) {
    if (!isSystemError(error)) throw error;
    if (absent.includes(error.code)) return undefined;
    throw new MynakitError("ERR_IO_READ", { path: file, reason: error.code }, { cause: error });
  }
}

/** Runs a piece of work on a file. @throws {MynakitError} ERR_IO_WRITE where it fails */
export function writing<T>(file: string, write: () => T): T {
  try {
    return write();
  } catch (error) {
    if (!isSystemError(error)) throw error;
    throw new MynakitError("ERR_IO_WRITE", { path: file, reason: error.code }, { cause: error });
  }
}

/** Makes a folder for its owner alone, where it is missing. @throws {MynakitError} ERR_IO_WRITE */
export function makeFolder(folder: string): void {
  writing(folder, () => makeWithParents(folder));
}

/** Node's own recursive mkdir never returns where a folder that exists takes no entries (such as /proc). */
function makeWithParents(folder: string): void {
  if (existsSync(folder)) return;
  makeWithParents(path.dirname(folder));
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    if (!isSystemError(error) || error.code !== "EEXIST") throw error;
  }
}

/** Removes a file, if it is there. @throws {MynakitError} ERR_IO_WRITE */
export const removeFile = (file: string): void => writing(file, () => rmSync(file, { force: true }));

const draftName = /\.(\d+)-\d+\.draft$/;

/**
 * Removes from a folder what processes that were killed have left there: drafts that never got their name.
 * @throws {MynakitError} ERR_IO_READ, ERR_IO_WRITE
 */
export function removeDrafts(folder: string): void {
  for (const name of reading(folder, (of) => readdirSync(of)) ?? []) {
    const [, owner] = draftName.exec(name) ?? [];
    if (owner !== undefined && !isRunning(Number(owner))) removeFile(path.join(folder, name));
  }
}

/** Signal 0 is sent to nobody, and fails where there is no such process, or it is somebody else's. */
function isRunning(process: number): boolean {
  try {
    return kill(process, 0);
  } catch (error) {
    return isSystemError(error) && error.code === "EPERM";
  }
}

let drafts = 0;

/**
 * Replaces a file, durably and at once: a crash at any moment leaves the old one or the new one, whole.
 * @throws {MynakitError} ERR_IO_WRITE
 */
export function replaceFile(file: string, content: string | Uint8Array): void {
  putWhole(file, content, renameSync);
}

/**
 * Makes a file in the same way, and never takes the place of one that is there.
 * @throws {MynakitError} ERR_IO_EXISTS, ERR_IO_WRITE
 */
export function createFile(file: string, content: string | Uint8Array): void {
  putWhole(file, content, linkNew);
}

/**
 * As `replaceFile` where `replace` is true, else as `createFile`, with content that is made piece by piece.
 * @param make gets a function that writes a piece
 * @throws {MynakitError} ERR_IO_EXISTS, ERR_IO_WRITE, and what `make` throws: then there is no file
 */
export async function makeFile<T>(
  file: string,
  replace: boolean,
  make: (write: (piece: string) => void) => Promise<T>,
): Promise<T> {
  const draft = draftOf(file);
  const descriptor = writing(file, () => openSync(draft, "wx", 0o600));
  try {
    const made = await make((piece) => writing(file, () => writeFileSync(descriptor, piece)));
    writing(file, () => {
      fsyncSync(descriptor);
      (replace ? renameSync : linkNew)(draft, file);
      syncFolder(path.dirname(file));
    });
    return made;
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  } finally {
    closeSync(descriptor);
  }
}

/** Writes a draft beside the file, and gives it the file's name with `name`. */
function putWhole(file: string, content: string | Uint8Array, name: (draft: string, file: string) => void): void {
  const draft = draftOf(file);
  writing(file, () => {
    try {
      synced(draft, "wx", (descriptor) => writeFileSync(descriptor, content));
      name(draft, file);
    } catch (error) {
      rmSync(draft, { force: true });
      throw error;
    }
    syncFolder(path.dirname(file));
  });
}

function draftOf(file: string): string {
  drafts += 1;
  return `${file}.${pid}-${drafts}.draft`;
}

/** Gives a draft its name, unless that is taken. @throws {MynakitError} ERR_IO_EXISTS */
function linkNew(draft: string, file: string): void {
  try {
    linkSync(draft, file);
  } catch (error) {
    if (!isSystemError(error) || error.code !== "EEXIST") throw error;
    throw new MynakitError("ERR_IO_EXISTS", { path: file }, { cause: error });
  }
  rmSync(draft);
}

/** Makes the new name durable; Windows has no way to ask for that, and needs none. */
function syncFolder(folder: string): void {
  try {
    synced(folder, "r");
  } catch (error) {
    if (!isSystemError(error) || !["EISDIR", "EPERM", "EINVAL"].includes(error.code)) throw error;
  }
}

function synced(file: string, flags: "r" | "wx", work?: (descriptor: number) => void): void {
  const descriptor = openSync(file, flags, 0o600);
  try {
    work?.(descriptor);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
