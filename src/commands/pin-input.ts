import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { MynakitError } from "../errors.ts";
import type { Host } from "../host.ts";
import type { GlobalOptions } from "./options.ts";

/** More than any PIN, less than a mistake. */
const longest = 1024;

const reasonOf = (error: unknown): string =>
  error instanceof Error && "code" in error ? String(error.code) : String(error);

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
 * @throws {MynakitError} ERR_USAGE_PIN_EMPTY, ERR_IO_READ, ERR_IO_PIN_FILE_MODE
 */
export async function readPin(host: Host, options: GlobalOptions): Promise<string> {
  const source = pinSource(options) ?? "--pin-stdin";
  const text =
    source === "--pin-stdin"
      ? await firstLineOf(host.stdin, host.interrupted)
      : source === "--pin-fd"
        ? fromDescriptor(options.pinFd ?? 0)
        : fromFile(host, options.pinFile ?? "");
  if (text === "") throw new MynakitError("ERR_USAGE_PIN_EMPTY", { option: source });
  return text;
}

async function firstLineOf(stream: NodeJS.ReadStream, signal: AbortSignal): Promise<string> {
  const chunks: Buffer[] = [];
  const stop = (): void => {
    stream.destroy();
  };
  signal.addEventListener("abort", stop, { once: true });
  try {
    for await (const chunk of stream) {
      chunks.push(Buffer.from(chunk));
      const bytes = Buffer.concat(chunks);
      if (bytes.includes(10) || bytes.length > longest) break;
    }
  } catch (error) {
    if (!signal.aborted)
      throw new MynakitError("ERR_IO_READ", { path: "stdin", reason: reasonOf(error) }, { cause: error });
  } finally {
    signal.removeEventListener("abort", stop);
  }
  if (signal.aborted) throw new MynakitError("ERR_CANCELLED", { signal: String(signal.reason) });
  return firstLine(Buffer.concat(chunks));
}

function fromDescriptor(descriptor: number): string {
  const buffer = Buffer.alloc(longest);
  let length = 0;
  try {
    while (length < longest && !buffer.subarray(0, length).includes(10)) {
      const read = readSync(descriptor, buffer, length, longest - length, null);
      if (read === 0) break;
      length += read;
    }
    return firstLine(buffer.subarray(0, length));
  } catch (error) {
    throw new MynakitError("ERR_IO_READ", { path: `fd ${descriptor}`, reason: reasonOf(error) }, { cause: error });
  } finally {
    buffer.fill(0);
  }
}

function fromFile(host: Host, path: string): string {
  let descriptor: number;
  try {
    descriptor = openSync(path, "r");
  } catch (error) {
    throw new MynakitError("ERR_IO_READ", { path, reason: reasonOf(error) }, { cause: error });
  }
  try {
    const { mode } = fstatSync(descriptor);
    // Windows has no such mode bits; access there is by ACL.
    if (host.platform !== "win32" && (mode & 0o077) !== 0) {
      throw new MynakitError("ERR_IO_PIN_FILE_MODE", { path, mode: (mode & 0o777).toString(8).padStart(3, "0") });
    }
    return fromDescriptor(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
