import { constants, createReadStream, fstatSync, openSync } from "node:fs";
import { addAbortSignal, type Readable } from "node:stream";
import { MynakitError } from "../errors.ts";
import { reasonOf } from "../files.ts";
import type { Host } from "../host.ts";
import { openPrivate } from "./private-file.ts";

/**
 * The content of a file or pipe, in a way that Ctrl-C can end.
 * @param mostBytes beyond which nothing is read
 * @throws {MynakitError} ERR_IO_READ, ERR_CANCELLED
 */
export async function readContent({ interrupted }: Host, path: string, mostBytes: number): Promise<Uint8Array> {
  return reading(path, interrupted, async () => upToEnd(await open(path), mostBytes, interrupted));
}

/**
 * As `readContent`, of a file that holds a secret.
 * @param exposed the error where others than its owner can read or change it; it is told the mode in octal
 */
export async function readPrivateContent(
  host: Host,
  path: string,
  mostBytes: number,
  exposed: (mode: string) => MynakitError,
): Promise<Uint8Array> {
  const { interrupted } = host;
  const read = async () => upToEnd(await readable(openPrivate(host, path, exposed)), mostBytes, interrupted);
  return reading(path, interrupted, read);
}

/** As `readContent`, where `-` is standard input. */
export async function readContentOrInput(host: Host, path: string, mostBytes: number): Promise<Uint8Array> {
  if (path !== "-") return readContent(host, path, mostBytes);
  return reading("stdin", host.interrupted, () => upToEnd(host.stdin, mostBytes, host.interrupted));
}

/**
 * Hands over what a file or pipe brings (`-`: standard input), part by part: it need not fit into memory.
 * @throws {MynakitError} ERR_IO_READ, ERR_CANCELLED
 */
export async function streamContent(host: Host, path: string, take: (part: Uint8Array) => void): Promise<void> {
  const { stdin, interrupted } = host;
  await reading(path === "-" ? "stdin" : path, interrupted, async () => {
    const stream = path === "-" ? stdin : await open(path);
    addAbortSignal(interrupted, stream);
    for await (const part of stream) take(part);
  });
}

async function reading<T>(path: string, signal: AbortSignal, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (signal.aborted) throw new MynakitError("ERR_CANCELLED", { signal: String(signal.reason) }, { cause: error });
    if (error instanceof MynakitError) throw error;
    throw new MynakitError("ERR_IO_READ", { path, reason: reasonOf(error) }, { cause: error });
  }
}

/** Opening a named pipe waits for its writer, and nothing ends that wait; reading one can be ended. */
const open = (path: string): Promise<Readable> =>
  readable(openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)));

/** What is open there, file or pipe, read in a way that Ctrl-C can end. */
export async function readable(fd: number): Promise<Readable> {
  const stats = fstatSync(fd);
  if (!stats.isFIFO() && !stats.isSocket()) return createReadStream("", { fd });
  const { Socket } = await import("node:net");
  return new Socket({ fd, readable: true, writable: false });
}

async function upToEnd(stream: Readable, mostBytes: number, signal: AbortSignal): Promise<Uint8Array> {
  addAbortSignal(signal, stream);
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of stream) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > mostBytes) throw new RangeError(`EFBIG: more than ${mostBytes} bytes`);
  }
  return new Uint8Array(Buffer.concat(chunks));
}
