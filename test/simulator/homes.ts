import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface, type Interface } from "node:readline";
import { setImmediate } from "node:timers/promises";
import type { SimulatorHost } from "../../src/simulator/store.ts";
import { today } from "./cards.ts";

export interface Home extends SimulatorHost, Disposable {}

/** A home of its own for one test, with a clock that stands still and waits that take no time. */
export function temporaryHome(): Home {
  const home = mkdtempSync(path.join(tmpdir(), "mynakit-sim-"));
  return {
    home,
    now: () => today,
    sleep: async (_, signal) => {
      await setImmediate();
      signal?.throwIfAborted();
    },
    [Symbol.dispose]: () => rmSync(home, { recursive: true, force: true }),
  };
}

export interface Child extends AsyncDisposable {
  readonly process: ChildProcess;
  /** The next line that it prints. */
  line(): Promise<string>;
  /** Resolves when it has ended and the system has forgotten it. */
  kill(): Promise<void>;
  ended(): Promise<number | NodeJS.Signals>;
}

/** One of the programs in `children/`, in a process of its own. */
export function startChild(program: string, ...args: string[]): Child {
  const file = path.join(import.meta.dirname, "children", program);
  const child = spawn(process.execPath, ["--import", "tsx", file, ...args], { stdio: ["ignore", "pipe", "inherit"] });
  const ended = once(child, "exit").then(([code, signal]) => code ?? signal);
  const lines = linesOf(createInterface({ input: child.stdout }));
  const kill = async () => {
    child.kill("SIGKILL");
    await ended;
  };
  return {
    process: child,
    line: async () => (await lines.next()).value ?? "",
    kill,
    ended: () => ended,
    [Symbol.asyncDispose]: kill,
  };
}

const linesOf = (reader: Interface) => reader[Symbol.asyncIterator]();
