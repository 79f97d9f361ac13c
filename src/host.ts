/**
 * Everything a command may know about the process it runs in. `main.ts` builds the real one;
 * tests hand in their own. Nothing below `src/commands` and `src/ui` imports `process`, `console`
 * or a clock: it receives what it needs from here.
 */
export interface Host {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** `process.platform`; tables of paths, service names and hints take it as a value. */
  readonly platform: NodeJS.Platform;
  /** What this machine calls itself. */
  readonly hostname: string;
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  /** The wall clock. Commands use `Clock` from their context, which honours MYNAKIT_NOW where that is allowed. */
  now(): Date;
  /** Cryptographically strong random bytes. */
  random(length: number): Uint8Array;
  fetch: typeof globalThis.fetch;
  /** Resolves after `ms` milliseconds; rejects with the signal's reason when aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** Aborted once by the first Ctrl-C or SIGTERM; its reason is the signal's name. */
  readonly interrupted: AbortSignal;
  /** What Ctrl-C does, where the terminal hands it over as a key. */
  interrupt(): void;
}

export type Clock = () => Date;
