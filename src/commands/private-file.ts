import { closeSync, constants, fstatSync, openSync } from "node:fs";
import { MynakitError } from "../errors.ts";
import type { Host } from "../host.ts";

/**
 * Opens a file that holds a secret.
 * @param exposed the error where others than its owner can read or change it; it is told the mode in octal
 * @throws {MynakitError} that error; ERR_IO_READ for a folder. And what the system throws.
 */
export function openPrivate(
  { platform }: Pick<Host, "platform">,
  path: string,
  exposed: (mode: string) => MynakitError,
): number {
  // A named pipe that nobody writes to would block its opening.
  const descriptor = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  const status = fstatSync(descriptor);
  const { mode } = status;
  // Windows has no such mode bits; access there is by ACL.
  const isPrivate = platform === "win32" || (mode & 0o077) === 0;
  if (isPrivate && !status.isDirectory()) return descriptor;
  closeSync(descriptor);
  if (status.isDirectory()) throw new MynakitError("ERR_IO_READ", { path, reason: "EISDIR" });
  throw exposed((mode & 0o777).toString(8).padStart(3, "0"));
}
