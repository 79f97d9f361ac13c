import { MynakitError } from "../errors.ts";
import type { Revision } from "./revision.ts";

/** Runs a piece of work on a PDF. @throws {MynakitError} ERR_IO_PDF in place of SyntaxError */
export function inPdf<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    throw new MynakitError("ERR_IO_PDF", { path, problem: cause.message }, { cause });
  }
}

/** @throws {MynakitError} ERR_IO_PDF_REFUSED: whoever has not the password sees only parts of it */
export function refuseEncrypted({ trailer }: Revision, path: string): void {
  if (trailer.entries.has("Encrypt")) throw new MynakitError("ERR_IO_PDF_REFUSED", { path, reason: "encrypted" });
}
