import { readdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { MynakitError } from "../errors.ts";
import { reading, replaceFile, writing } from "../files.ts";
import { type CardImage, parseImage } from "./image.ts";

const suffix = ".json";
const namePattern = /^[a-z0-9][a-z0-9-]{0,31}$/;

/** @throws {MynakitError} ERR_USAGE_SIM_NAME on anything but 1 to 32 lower-case letters, digits and hyphens */
export function checkName(name: string): void {
  if (!namePattern.test(name)) throw new MynakitError("ERR_USAGE_SIM_NAME", { given: name });
}

/** Where the cards of a home are. */
export const stateFolder = (home: string): string => path.join(home, "sim");

/** Where the log of a card is. */
export const logPath = (folder: string, name: string): string => path.join(folder, `${name}.log`);

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
  replaceFile(statePath(folder, image.name), JSON.stringify(image));
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
