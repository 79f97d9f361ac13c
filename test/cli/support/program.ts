import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { fileURLToPath } from "node:url";

/** The compiled program; MYNAKIT_PROGRAM puts another installation to the same tests. */
export const program = process.env.MYNAKIT_PROGRAM || fileURLToPath(new URL("../../../bin/mynakit", import.meta.url));

/** How a process ended and all that it wrote. */
export interface Outcome {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stdoutBytes: Buffer;
  readonly stderr: string;
  readonly milliseconds: number;
}

export interface RunOptions {
  /** Beside the few variables that every run gets; undefined takes one away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Standard input, then its end; without it there is nothing to read. */
  readonly input?: string | Uint8Array;
  /** Where standard output goes instead: a file descriptor. */
  readonly stdout?: number;
  /** Further descriptors, from 3 on; `pipe`: one that nobody writes to. */
  readonly descriptors?: readonly (number | "pipe")[];
  /** Words in front of the program: another command that runs it. */
  readonly under?: readonly string[];
  readonly cwd?: string;
}

export type Words = string | readonly string[];

/** A command line as words; none of a text's words may hold a space. */
export const wordsOf = (words: Words): readonly string[] =>
  typeof words === "string" ? words.split(" ").filter((word) => word !== "") : words;

/** The same for every machine: no language, no reader, no service for them, and all state in `home`. */
export function environment(home: string, changes: RunOptions["env"] = {}): Record<string, string | undefined> {
  return {
    PATH: process.env.PATH,
    HOME: home,
    MYNAKIT_HOME: home,
    PCSCLITE_CSOCK_NAME: "/nonexistent/pcscd.comm",
    ...changes,
  };
}

/** The program as a process that runs. */
export class Running {
  readonly child: ChildProcessByStdio<Writable, Readable | null, Readable>;
  readonly ended: Promise<Outcome>;
  readonly #lines: AsyncIterator<string> | undefined;
  readonly #stdout: Buffer[] = [];
  #stderr = "";

  constructor(home: string, words: Words, options: RunOptions = {}) {
    const { env, stdout = "pipe", descriptors = [], under = [], cwd } = options;
    const [command = "", ...rest] = [...under, process.execPath, program, ...wordsOf(words)];
    this.child = spawn(command, rest, {
      env: environment(home, env),
      cwd,
      stdio: ["pipe", stdout, "pipe", ...descriptors],
    }) as Running["child"];
    // A program that does not read its input has done nothing wrong.
    this.child.stdin.on("error", () => {});
    this.child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
      this.#stderr += chunk;
    });
    if (this.child.stdout) {
      this.#lines = createInterface({ input: this.child.stdout })[Symbol.asyncIterator]();
      this.child.stdout.on("data", (chunk: Buffer) => {
        this.#stdout.push(chunk);
      });
    }
    this.ended = this.#end(performance.now());
  }

  /** The next line on standard output. */
  async line(): Promise<string> {
    const next = await this.#lines?.next();
    if (!next || next.done) throw new Error(`the program ended without a line: ${this.#stderr}`);
    return next.value;
  }

  /** Resolves once the words stand on standard error. */
  async tells(words: RegExp): Promise<void> {
    while (!words.test(this.#stderr)) {
      const ended = this.ended.then(() => true);
      if (await Promise.race([ended, once(this.child.stderr, "data").then(() => false)])) {
        if (words.test(this.#stderr)) return;
        throw new Error(`the program ended without saying ${words}: ${this.#stderr}`);
      }
    }
  }

  async stop(signal: NodeJS.Signals): Promise<Outcome> {
    this.child.kill(signal);
    return this.ended;
  }

  async #end(started: number): Promise<Outcome> {
    const [code, signal] = (await once(this.child, "close")) as [number | null, NodeJS.Signals | null];
    const stdoutBytes = Buffer.concat(this.#stdout);
    const milliseconds = performance.now() - started;
    return { code, signal, stdout: stdoutBytes.toString(), stdoutBytes, stderr: this.#stderr, milliseconds };
  }
}

/** Runs the program to its end. */
export function runCli(home: string, words: Words, options: RunOptions = {}): Promise<Outcome> {
  const running = new Running(home, words, options);
  running.child.stdin.end(options.input ?? "");
  return running.ended;
}
