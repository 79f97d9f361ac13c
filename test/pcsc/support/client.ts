import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

export interface Answer {
  readonly value?: unknown;
  readonly code?: string;
  readonly details?: Record<string, unknown>;
}

/** A PC/SC client in a process of its own: what it does to the reader, and how it ends, is what a user's process would. */
export class Client {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #answers: AsyncIterator<string>;
  #errors = "";

  private constructor(child: ChildProcessWithoutNullStreams) {
    this.#child = child;
    this.#answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    child.stderr.on("data", (chunk) => {
      this.#errors += chunk;
    });
  }

  static start(env: Record<string, string> = {}): Client {
    const script = fileURLToPath(new URL("client-process.ts", import.meta.url));
    const options = { env: { ...process.env, ...env } };
    return new Client(spawn(process.execPath, ["--import", "tsx", script], options));
  }

  /** Sends one line; resolves with the answer to it. */
  async ask(line: string): Promise<Answer> {
    this.#child.stdin.write(`${line}\n`);
    const { value, done } = await this.#answers.next();
    if (done) throw new Error(`the client died at "${line}": ${this.#errors}`);
    return JSON.parse(value);
  }

  /** Asks it to end. @returns how it did, and after how many milliseconds */
  async end(): Promise<{ code: number | null; signal: string | null; milliseconds: number }> {
    const started = performance.now();
    const exited = once(this.#child, "exit");
    this.#child.stdin.write("close\n");
    const [code, signal] = await exited;
    return { code, signal, milliseconds: performance.now() - started };
  }

  kill(): void {
    this.#child.kill("SIGKILL");
  }
}
