import { closeSync, constants, createReadStream, fstatSync, openSync } from "node:fs";
import type { Readable } from "node:stream";
import { MynakitError } from "../errors.ts";
import { reasonOf } from "../files.ts";
import type { Host } from "../host.ts";
import type { GlobalOptions } from "./options.ts";

/** More than any PIN, less than a mistake. */
const longest = 1024;

/** First line of the bytes, without its line end. */
function firstLine(bytes: Uint8Array): string {
  return (Buffer.from(bytes).toString("utf8").split("\n", 1)[0] ?? "").replace(/\r$/, "");
}

/** The option that brings the PIN, if one is given. @throws {MynakitError} ERR_USAGE_PIN_SOURCES where several are */
export function pinSource(options: GlobalOptions): "--pin-stdin" | "--pin-fd" | "--pin-file" | undefined {
  const given = [
    ...(options.pinStdin ? (["--pin-stdin"] as const) : []),
    ...(options.pinFd === undefined ? [] : (["--pin-fd"] as const)),
    ...(options.pinFile === undefined ? [] : (["--pin-file"] as const)),
  ];
  if (given.length > 1) throw new MynakitError("ERR_USAGE_PIN_SOURCES", { options: given });
  return given[0];
}

/**
 * The PIN as text from where the options say. Never from the command line or the environment.
 * @throws {MynakitError} ERR_USAGE_PIN_EMPTY, ERR_IO_READ, ERR_IO_PIN_FILE_MODE, ERR_CANCELLED
 */
export async function readPin(host: Host, options: GlobalOptions): Promise<string> {
  const source = pinSource(options) ?? "--pin-stdin";
  const text = await firstLineOf(host, options);
  if (text === "") throw new MynakitError("ERR_USAGE_PIN_EMPTY", { option: source });
  return text;
}

async function firstLineOf(host: Host, { pinFd, pinFile }: GlobalOptions): Promise<string> {
  const path = pinFile ?? (pinFd === undefined ? "stdin" : `fd ${pinFd}`);
  const { interrupted } = host;
  try {
    const descriptor = pinFile === undefined ? pinFd : openPrivate(host, pinFile);
    const stream = descriptor === undefined ? host.stdin : await streamOf(descriptor);
    const bytes = await upToLineEnd(stream, interrupted);
    if (!interrupted.aborted) return firstLine(bytes);
  } catch (error) {
    if (error instanceof MynakitError) throw error;
    if (!interrupted.aborted)
      throw new MynakitError("ERR_IO_READ", { path, reason: reasonOf(error) }, { cause: error });
  }
  throw new MynakitError("ERR_CANCELLED", { signal: String(interrupted.reason) });
}

async function upToLineEnd(stream: Readable, signal: AbortSignal): Promise<Buffer> {
  const chunks: Buffer[] = [];
  const stop = (): void => void stream.destroy();
  signal.addEventListener("abort", stop, { once: true });
  if (signal.aborted) stop();
  try {
    for await (const chunk of stream) {
      chunks.push(Buffer.from(chunk));
      const bytes = Buffer.concat(chunks);
      if (bytes.includes(10) || bytes.length > longest) break;
    }
  } finally {
    signal.removeEventListener("abort", stop);
  }
  return Buffer.concat(chunks);
}

/** What may keep us waiting is read in a way that Ctrl-C can end. */
async function streamOf(descriptor: number): Promise<Readable> {
  const { isatty, ReadStream } = await import("node:tty");
  if (isatty(descriptor)) return new ReadStream(descriptor);
  const stats = fstatSync(descriptor);
  if (!stats.isFIFO() && !stats.isSocket()) return createReadStream("", { fd: descriptor });
  const { Socket } = await import("node:net");
  return new Socket({ fd: descriptor, readable: true, writable: false });
}

/** @throws {MynakitError} ERR_IO_PIN_FILE_MODE where others can read it, or change it */
function openPrivate(host: Host, path: string): number {
  // A named pipe that nobody writes to would block its opening.
  const descriptor = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  const { mode } = fstatSync(descriptor);
  // Windows has no such mode bits; access there is by ACL.
  if (host.platform === "win32" || (mode & 0o077) === 0) return descriptor;
  closeSync(descriptor);
  throw new MynakitError("ERR_IO_PIN_FILE_MODE", { path, mode: (mode & 0o777).toString(8).padStart(3, "0") });
}
