import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from "node:fs";
import path from "node:path";
import { MynakitError } from "../errors.ts";
import { type CardImage, parseImage } from "./image.ts";

const suffix = ".json";
const namePattern = /^[a-z0-9][a-z0-9-]{0,31}$/;

/** @throws {MynakitError} ERR_USAGE_SIM_NAME on anything but 1 to 32 lower-case letters, digits and hyphens */
export function checkName(name: string): void {
  if (!namePattern.test(name)) throw new MynakitError("ERR_USAGE_SIM_NAME", { given: name });
}

/** Where the cards of a home are. */
export const stateFolder = (home: string): string => path.join(home, "sim");

const statePath = (folder: string, name: string) => path.join(folder, `${name}${suffix}`);

/**
 * The names of the cards that have a state file, sorted.
 * @throws {MynakitError} ERR_IO_READ
 */
export function storedNames(folder: string): string[] {
  const files = reading(folder, (from) => readdirSync(from)) ?? [];
  const names = files.filter((file) => file.endsWith(suffix)).map((file) => file.slice(0, -suffix.length));
  return names.filter((name) => namePattern.test(name)).sort();
}

/**
 * The card of this name; undefined where it has no state file.
 * @throws {MynakitError} ERR_IO_READ, ERR_IO_STATE_CORRUPT
 */
export function readState(folder: string, name: string): CardImage | undefined {
  const file = statePath(folder, name);
  const text = reading(file, (from) => readFileSync(from, "utf8"));
  if (text === undefined) return undefined;
  try {
    return parseImage(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new MynakitError("ERR_IO_STATE_CORRUPT", { path: file, problem: error.message }, { cause: error });
  }
}

/**
 * Replaces the card's state, durably and at once: a crash at any moment leaves the old one or the new one, whole.
 * The caller holds the card (`lock.ts`).
 * @throws {MynakitError} ERR_IO_WRITE
 */
export function writeState(folder: string, image: CardImage): void {
  const file = statePath(folder, image.name);
  writing(file, () => {
    const draft = path.join(folder, `${image.name}.draft`);
    synced(draft, "w", (descriptor) => writeSync(descriptor, JSON.stringify(image)));
    renameSync(draft, file);
    synced(folder, "r");
  });
}

/**
 * @returns whether there was one
 * @throws {MynakitError} ERR_IO_WRITE
 */
export function deleteState(folder: string, name: string): boolean {
  const file = statePath(folder, name);
  if (!storedNames(folder).includes(name)) return false;
  writing(file, () => rmSync(file));
  return true;
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

function synced(file: string, flags: "r" | "w", work?: (descriptor: number) => void): void {
  const descriptor = openSync(file, flags, 0o600);
  try {
    work?.(descriptor);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

const absent = ["ENOENT", "ESRCH"];

/** What `read` returns; undefined where there is no such file or process. @throws {MynakitError} ERR_IO_READ on any other failure */
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

/** True for an error of the operating system, which has a code such as `ENOENT`. */
export const isSystemError = (error: unknown): error is Error & { code: string } =>
  error instanceof Error && "code" in error && typeof error.code === "string";
