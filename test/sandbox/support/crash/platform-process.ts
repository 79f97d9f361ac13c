import { onTestFinished } from "vitest";
import { Running } from "../../../cli/support/program.ts";
import { makeHome, removeHome } from "../../../cli/support/test.ts";
import { clockEnv } from "./clock.ts";

/** A platform in a process of its own. */
export interface PlatformProcess {
  /** Where it answers, once it does; undefined where it ended instead. */
  readonly url: Promise<string | undefined>;
  readonly ended: Promise<{ readonly code: number | null; readonly stderr: string }>;
  signal(signal: "SIGKILL" | "SIGTERM"): void;
}

export type StartPlatform = (database: string, capacity: number) => PlatformProcess;

/** The compiled program: `sandbox start`. `env` beside the usual; without it, while a programme runs. */
export const compiledPlatform =
  (env: Readonly<Record<string, string>> = clockEnv): StartPlatform =>
  (database, capacity) => {
    const home = makeHome();
    const words = ["sandbox", "start", "--port", "0", "--database", database, "--capacity", `${capacity}`];
    const running = new Running(home, words, { env });
    onTestFinished(() => void running.child.kill("SIGKILL"));
    return {
      url: running.line().catch(() => undefined),
      ended: running.ended.finally(() => removeHome(home)),
      signal: (signal) => running.child.kill(signal),
    };
  };
