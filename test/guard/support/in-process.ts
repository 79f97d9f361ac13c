import { randomBytes } from "node:crypto";
import { Readable, Writable } from "node:stream";
import { setTimeout as delay } from "node:timers/promises";
import type { Host } from "../../../src/host.ts";
import { main } from "../../../src/main.ts";
import type { Outcome } from "../../cli/support/program.ts";

/** A stream that keeps what is written to it. */
class Kept extends Writable {
  readonly chunks: Buffer[] = [];

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.chunks.push(chunk);
    done();
  }

  text(): string {
    return Buffer.concat(this.chunks).toString();
  }
}

export interface RunOptions {
  readonly home: string;
  readonly input?: string;
  /** What happens while the person types. */
  readonly meanwhile?: () => void;
  readonly env?: Readonly<Record<string, string>>;
  /** The network. */
  readonly fetch?: typeof globalThis.fetch;
  /** Waits are so many times shorter than they should be. */
  readonly haste?: number;
}

function* typed({ input = "", meanwhile }: RunOptions): Generator<Buffer> {
  meanwhile?.();
  yield Buffer.from(input);
}

/** One run of the program in this process, with pipes for its standard streams. */
export async function runMain(argv: readonly string[], options: RunOptions): Promise<Outcome> {
  const { home, env = {}, fetch = globalThis.fetch, haste = 1 } = options;
  const stdout = new Kept();
  const stderr = new Kept();
  const host: Host = {
    argv,
    env: { HOME: home, MYNAKIT_HOME: home, ...env },
    platform: process.platform,
    hostname: "guarded",
    stdin: Readable.from(typed(options)) as unknown as NodeJS.ReadStream,
    stdout: stdout as unknown as NodeJS.WriteStream,
    stderr: stderr as unknown as NodeJS.WriteStream,
    now: () => new Date(),
    random: (length) => new Uint8Array(randomBytes(length)),
    fetch,
    sleep: (ms, signal) => delay(ms / haste, undefined, signal ? { signal } : {}),
    interrupted: new AbortController().signal,
    interrupt: () => {},
  };
  const started = performance.now();
  const { exitCode } = await main(host);
  const stdoutBytes = Buffer.concat(stdout.chunks);
  return {
    code: exitCode,
    signal: null,
    stdout: stdout.text(),
    stdoutBytes,
    stderr: stderr.text(),
    milliseconds: performance.now() - started,
  };
}
