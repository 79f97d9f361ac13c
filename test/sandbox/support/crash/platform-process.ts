import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { createInterface } from "node:readline";
import { onTestFinished } from "vitest";
import { Running } from "../../../cli/support/program.ts";
import { makeHome, removeHome } from "../../../cli/support/test.ts";
import { clockEnv } from "./clock.ts";

/** A platform in a process of its own. */
export interface PlatformProcess {
  /** Where it listens, once it does; undefined where it ended instead. */
  readonly url: Promise<string | undefined>;
  readonly ended: Promise<{ readonly code: number | null; readonly stderr: string }>;
  signal(signal: "SIGKILL" | "SIGTERM"): void;
}

/** @param publicUrl where clients find it, if not where it listens */
export type StartPlatform = (database: string, capacity: number, publicUrl?: string) => PlatformProcess;

/** The compiled program: `sandbox start`. `env` beside the usual; without it, while a programme runs. */
export const compiledPlatform =
  (env: Readonly<Record<string, string>> = clockEnv): StartPlatform =>
  (database, capacity, publicUrl) => {
    const home = makeHome();
    const words = [..."sandbox start --json --port 0 --database".split(" "), database, "--capacity", `${capacity}`];
    if (publicUrl !== undefined) words.push("--public-url", publicUrl);
    const running = new Running(home, words, { env });
    onTestFinished(() => void running.child.kill("SIGKILL"));
    return {
      url: running.line().then(
        (line): string | undefined => JSON.parse(line).data?.listening,
        () => undefined,
      ),
      ended: running.ended.finally(() => removeHome(home)),
      signal: (signal) => running.child.kill(signal),
    };
  };

const script = path.join(import.meta.dirname, "worse-platform.ts");

/** A platform with one fault (`worse-platform.ts`). `env` as above. */
export const worsePlatform =
  (fault: string, env: Readonly<Record<string, string>> = clockEnv): StartPlatform =>
  (database, capacity, publicUrl) => {
    const words = ["--import", "tsx", script, fault, database, `${capacity}`];
    if (publicUrl !== undefined) words.push(publicUrl);
    const child = spawn(process.execPath, words, {
      env: { PATH: process.env.PATH, ...env },
      stdio: ["ignore", "pipe", "ignore"],
    });
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    return {
      url: lines.next().then(({ value }) => value),
      ended: once(child, "exit").then(([code]) => ({ code, stderr: "" })),
      signal: (signal) => child.kill(signal),
    };
  };
