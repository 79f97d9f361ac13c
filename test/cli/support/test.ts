import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { test as plainTest } from "vitest";
import { type Outcome, Running, type RunOptions, runCli, type Words } from "./program.ts";
import { Terminal } from "./terminal.ts";

export interface Fixtures {
  /** A folder of this test's own for all state, empty at first. */
  readonly home: string;
  /** What stands in the environment of every run beside the usual. */
  readonly env: RunOptions["env"];
  /** Runs the program in that home, to its end. */
  readonly mynakit: (words: Words, options?: RunOptions) => Promise<Outcome>;
  /** Starts the program in that home; whatever still runs at the end of the test is killed. */
  readonly start: (words: Words, options?: RunOptions) => Running;
  /** Starts the program in that home on a terminal. */
  readonly terminal: (words: Words, options?: Pick<RunOptions, "env">) => Terminal;
}

export function makeHome(): string {
  return mkdtempSync(path.join(tmpdir(), "mynakit-cli-"));
}

export function removeHome(home: string): void {
  rmSync(home, { recursive: true, force: true });
}

/** A test with the program at hand. */
export const test = plainTest.extend<Fixtures>({
  home: async ({ task: _task }, use) => {
    const home = makeHome();
    await use(home);
    removeHome(home);
  },
  env: {},
  mynakit: async ({ home, env }, use) => {
    await use((words, options) => runCli(home, words, { ...options, env: { ...env, ...options?.env } }));
  },
  start: async ({ home, env }, use) => {
    const started: Running[] = [];
    await use((words, options) => {
      const running = new Running(home, words, { ...options, env: { ...env, ...options?.env } });
      started.push(running);
      return running;
    });
    await Promise.all(started.map((running) => running.stop("SIGKILL")));
  },
  terminal: async ({ home, env }, use) => {
    const opened: Terminal[] = [];
    await use((words, options) => {
      const terminal = new Terminal(home, words, { env: { ...env, ...options?.env } });
      opened.push(terminal);
      return terminal;
    });
    for (const terminal of opened) terminal.hangUp();
  },
});
