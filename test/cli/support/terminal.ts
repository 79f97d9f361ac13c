import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { stripVTControlCharacters } from "node:util";
import { environment, program, type RunOptions, type Words, wordsOf } from "./program.ts";

/** Wide enough that no sentence of ours is broken. */
const size = "stty cols 300 rows 40";

const quoted = (word: string): string => `'${word.replaceAll("'", "'\\''")}'`;

/** The program on a terminal of its own, and a person who reads and types. `script` (util-linux) makes the terminal. */
export class Terminal {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #closed: Promise<unknown[]>;
  #output = "";
  #seen = 0;

  constructor(home: string, words: Words, { env }: Pick<RunOptions, "env"> = {}) {
    const command = [process.execPath, program, ...wordsOf(words)].map(quoted).join(" ");
    this.#child = spawn(
      "script",
      ["--quiet", "--flush", "--return", "--command", `${size}; exec ${command}`, "/dev/null"],
      {
        env: environment(home, { TERM: "xterm-256color", SHELL: "/bin/sh", ...env }),
      },
    );
    this.#child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
      this.#output += chunk;
    });
    this.#child.stdin.on("error", () => {});
    this.#closed = once(this.#child, "close");
  }

  /** All that was written, with colours and the moves of the cursor. */
  get raw(): string {
    return this.#output;
  }

  /** All that was written, without them. */
  get text(): string {
    return stripVTControlCharacters(this.#output);
  }

  /** Resolves when the words have come, behind those seen before. */
  async sees(words: string | RegExp): Promise<void> {
    for (;;) {
      if (this.#find(words)) return;
      const ended = this.#closed.then(() => true);
      if (await Promise.race([ended, once(this.#child.stdout, "data").then(() => false)])) {
        if (this.#find(words)) return;
        throw new Error(`never said ${words}: ${this.text}`);
      }
    }
  }

  /** Steps behind the words, where they have come. */
  #find(words: string | RegExp): boolean {
    const fresh = this.text.slice(this.#seen);
    const found = typeof words === "string" ? (fresh.includes(words) ? words : "") : (words.exec(fresh)?.[0] ?? "");
    if (found) this.#seen += fresh.indexOf(found) + found.length;
    return found !== "";
  }

  type(keys: string): void {
    this.#child.stdin.write(keys);
  }

  /** The terminal goes away, as when its window is closed. */
  hangUp(): void {
    this.#child.kill("SIGKILL");
  }

  /** @returns the exit code */
  async ended(): Promise<number | null> {
    const [code] = await this.#closed;
    return code as number | null;
  }
}

export const keys = { enter: "\r", ctrlC: "\u0003", ctrlD: "\u0004" } as const;
