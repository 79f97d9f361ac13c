import { hostname } from "node:os";
import { setTimeout as delay } from "node:timers/promises";
import type { Host } from "./host.ts";

/** The real process as a `Host`. A second Ctrl-C ends it at once. */
export function processHost(): Host {
  const interruption = new AbortController();
  const interrupt = (signal: NodeJS.Signals): void => {
    if (interruption.signal.aborted) process.exit(130);
    interruption.abort(signal);
  };
  process.on("SIGINT", interrupt);
  process.on("SIGTERM", interrupt);
  // Whoever writes learns of a failure by the callback; without a listener it would end the process.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});
  return {
    argv: process.argv.slice(2),
    env: process.env,
    platform: process.platform,
    get hostname() {
      return hostname();
    },
    get stdin() {
      return process.stdin;
    },
    stdout: process.stdout,
    stderr: process.stderr,
    now: () => new Date(),
    random: (length) => crypto.getRandomValues(new Uint8Array(length)),
    fetch: (input, init) => fetch(input, init),
    sleep: async (ms, signal) => {
      await delay(ms, undefined, signal ? { signal } : {});
    },
    interrupted: interruption.signal,
    interrupt: () => interrupt("SIGINT"),
  };
}
