import type { Readable } from "node:stream";
import { MynakitError, type SecretLine } from "../errors.ts";
import { reasonOf } from "../files.ts";
import type { Host } from "../host.ts";
import { readable } from "./content.ts";
import type { GlobalOptions } from "./options.ts";
import { openPrivate } from "./private-file.ts";

/** Of one line: more than any PIN, less than a mistake. */
const longest = 1024;

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
 * PINs as text, one a line, from where the options say. Never from the command line or the environment.
 * @param wanted what each line is; what follows them is not looked at
 * @throws {MynakitError} ERR_USAGE_PIN_EMPTY, ERR_IO_READ, ERR_IO_PIN_FILE_MODE, ERR_CANCELLED
 */
export async function readPins(host: Host, options: GlobalOptions, wanted: readonly SecretLine[]): Promise<string[]> {
  const option = pinSource(options) ?? "--pin-stdin";
  const lines = await readLines(host, options, wanted.length);
  return wanted.map((what, index) => {
    const line = lines[index]?.replace(/\r$/, "");
    if (!line) throw new MynakitError("ERR_USAGE_PIN_EMPTY", { option, line: index + 1, what });
    return line;
  });
}

async function readLines(host: Host, { pinFd, pinFile }: GlobalOptions, count: number): Promise<string[]> {
  const path = pinFile ?? (pinFd === undefined ? "stdin" : `fd ${pinFd}`);
  const { interrupted } = host;
  try {
    const descriptor = pinFile === undefined ? pinFd : openPinFile(host, pinFile);
    const stream = descriptor === undefined ? host.stdin : await streamOf(descriptor);
    const bytes = await upToLineEnd(stream, count, interrupted);
    const lines = bytes.toString("utf8").split("\n");
    bytes.fill(0);
    if (!interrupted.aborted) return lines;
  } catch (error) {
    if (error instanceof MynakitError) throw error;
    if (!interrupted.aborted)
      throw new MynakitError("ERR_IO_READ", { path, reason: reasonOf(error) }, { cause: error });
  }
  throw new MynakitError("ERR_CANCELLED", { signal: String(interrupted.reason) });
}

/** What the stream brings until so many lines have ended, or until it is longer than they can be. */
async function upToLineEnd(stream: Readable, count: number, signal: AbortSignal): Promise<Buffer> {
  let bytes = Buffer.alloc(0);
  const stop = (): void => void stream.destroy();
  signal.addEventListener("abort", stop, { once: true });
  if (signal.aborted) stop();
  try {
    for await (const chunk of stream) {
      const sofar = bytes;
      bytes = Buffer.concat([sofar, Buffer.from(chunk)]);
      sofar.fill(0);
      if (lineEnds(bytes) >= count || bytes.length > count * longest) break;
    }
  } finally {
    signal.removeEventListener("abort", stop);
  }
  return bytes;
}

const lineEnds = (bytes: Uint8Array): number => bytes.filter((byte) => byte === 0x0a).length;

/** What may keep us waiting is read in a way that Ctrl-C can end. */
async function streamOf(descriptor: number): Promise<Readable> {
  const { isatty, ReadStream } = await import("node:tty");
  return isatty(descriptor) ? new ReadStream(descriptor) : readable(descriptor);
}

const openPinFile = (host: Host, path: string): number =>
  openPrivate(host, path, (mode) => new MynakitError("ERR_IO_PIN_FILE_MODE", { path, mode }));
