import { accessSync, constants, existsSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { MynakitError } from "../errors.ts";
import { createFile, replaceFile, writing } from "../files.ts";

export interface Output {
  readonly file: string;
  /** True where a file that is there may be replaced. */
  readonly force: boolean;
}

/**
 * Refuses an output that cannot be made, or would take the place of a file: before anybody is asked for anything.
 * @throws {MynakitError} ERR_IO_EXISTS, ERR_IO_WRITE
 */
export function requireFree({ file, force }: Output): void {
  if (isChannel(file)) return;
  if (!force && existsSync(file)) throw new MynakitError("ERR_IO_EXISTS", { path: file });
  requireNoFolder(file);
  writing(file, () => accessSync(path.dirname(file), constants.W_OK));
}

/** No file takes the place of a folder. @throws {MynakitError} ERR_IO_WRITE */
export function requireNoFolder(file: string): void {
  const status = writing(file, () => statSync(file, { throwIfNoEntry: false }));
  if (status?.isDirectory()) throw new MynakitError("ERR_IO_WRITE", { path: file, reason: "EISDIR" });
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

/** Devices, pipes and sockets hold nothing that could be lost, and must not be replaced by a file. */
function isChannel(file: string): boolean {
  const status = writing(file, () => statSync(file, { throwIfNoEntry: false }));
  return status !== undefined && !status.isFile() && !status.isDirectory();
}
