import { accessSync, constants, statSync } from "node:fs";
import path from "node:path";
import { MynakitError } from "../../errors.ts";
import { createFile, makeFolder, replaceFile, writing } from "../../files.ts";
import type { CardImage } from "../../jpki/visual/image.ts";
import { requireFree } from "../output.ts";

export const imageNames = ["photo", "name", "address", "security-code", "number"] as const;
export type ImageName = (typeof imageNames)[number];

export interface ImageFolder {
  /** @returns the path of the file; null where nothing is to be written. @throws {MynakitError} ERR_IO_EXISTS, ERR_IO_WRITE */
  write(name: ImageName, image: CardImage): string | null;
}

/**
 * Where images go, made ready before anybody is asked for a PIN: a folder for its owner alone, in which nothing stands
 * in the way.
 * @param given undefined: they are not written
 * @throws {MynakitError} ERR_IO_EXISTS, ERR_IO_WRITE
 */
export function imageFolder(given: unknown, { overwrite }: { readonly overwrite: boolean }): ImageFolder {
  if (given === undefined) return { write: () => null };
  const folder = String(given);
  makeFolder(folder);
  writing(folder, () => accessSync(folder, constants.W_OK));
  if (!statSync(folder).isDirectory()) throw new MynakitError("ERR_IO_WRITE", { path: folder, reason: "ENOTDIR" });
  const fileOf = (name: ImageName, type: CardImage["type"]): string => path.join(folder, `${name}.${type}`);
  for (const name of imageNames) {
    for (const type of ["png", "jp2"] as const) requireFree({ file: fileOf(name, type), force: overwrite });
  }
  return {
    write(name, { type, content }) {
      const file = fileOf(name, type);
      const put = overwrite ? replaceFile : createFile;
      put(file, content);
      return file;
    },
  };
}
