import { accessSync, appendFileSync, constants, lstatSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { MynakitError, type OutputOption } from "../errors.ts";
import { createFile, makeFile, reading, replaceFile, writing } from "../files.ts";

export interface Output {
  readonly file: string;
  /** True where a file that is there may be replaced. */
  readonly force: boolean;
  /** Which names the file; left out: --output. */
  readonly option?: OutputOption;
}

/**
 * Refuses an output that cannot be made, or would take the place of a file: before anybody is asked for anything.
 * @throws {MynakitError} ERR_IO_EXISTS, ERR_IO_WRITE
 */
export function requireFree({ file, force, option }: Output): void {
  if (isChannel(file)) return;
  // A link that leads nowhere is there, too.
  const entry = writing(file, () => lstatSync(file, { throwIfNoEntry: false }));
  if (!force && entry) throw new MynakitError("ERR_IO_EXISTS", { path: file, ...(option && { option }) });
  if (entry?.isDirectory()) throw new MynakitError("ERR_IO_WRITE", { path: file, reason: "EISDIR" });
  // The dot: what is no folder is refused.
  writing(file, () => accessSync(`${path.dirname(file)}/.`, constants.W_OK));
}

/**
 * Writes a result for its owner alone, whole or not at all; a device or a pipe takes it as it comes.
 * @throws {MynakitError} ERR_IO_EXISTS, ERR_IO_WRITE
 */
export function writeOutput({ file, force }: Output, content: string | Uint8Array): void {
  if (isChannel(file)) writing(file, () => writeFileSync(file, content));
  else if (force) replaceFile(file, content);
  else createFile(file, content);
}

/** The same with a text that is made piece by piece. @throws {MynakitError} also what `make` throws: then there is no file */
export function makeOutput<T>(
  { file, force }: Output,
  make: (write: (piece: string) => void) => Promise<T>,
): Promise<T> {
  if (!isChannel(file)) return makeFile(file, force, make);
  return make((piece) => writing(file, () => appendFileSync(file, piece)));
}

/** True where an output would be the document. @throws {MynakitError} ERR_IO_WRITE, ERR_IO_READ */
export function isSameFile(output: string, document: string): boolean {
  const first = writing(output, () => statSync(output, { throwIfNoEntry: false, bigint: true }));
  if (!first?.isFile()) return false;
  const second = reading(document, (file) => statSync(file, { bigint: true }));
  return first.ino === second?.ino && first.dev === second.dev;
}

/** Devices, pipes and sockets hold nothing that could be lost, and must not be replaced by a file. */
function isChannel(file: string): boolean {
  const status = writing(file, () => statSync(file, { throwIfNoEntry: false }));
  return status !== undefined && !status.isFile() && !status.isDirectory();
}
