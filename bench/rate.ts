import { createRequire } from "node:module";
import path from "node:path";
import { PassThrough } from "node:stream";
import type { main } from "../src/main.ts";
import { inFolder, root } from "./processes.ts";

type Main = typeof main;

/** How often a second the compiled program answers `pin tries` on the simulated card, once it is loaded. */
export const triesPerSecond = (seconds: number): Promise<number> =>
  inFolder(async (home) => {
    const { load } = createRequire(import.meta.url)(path.join(root, "bin/launch.cjs")).launcher(
      path.join(root, "dist"),
    );
    const run = (load("cli.cjs") as { main: Main }).main;
    const host = (): Parameters<Main>[0] => {
      const sink = () => new PassThrough().resume() as unknown as NodeJS.WriteStream;
      return {
        argv: ["pin", "tries", "-r", "sim:standard", "--json"],
        env: { MYNAKIT_HOME: home },
        platform: process.platform,
        hostname: "bench",
        stdin: process.stdin,
        stdout: sink(),
        stderr: sink(),
        now: () => new Date(),
        random: (length) => new Uint8Array(length),
        fetch: () => Promise.reject(new Error("nothing here needs a network")),
        sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
        interrupted: new AbortController().signal,
        interrupt: () => {},
      };
    };
    if ((await run(host())).exitCode !== 0) throw new Error("pin tries failed");
    const began = performance.now();
    let runs = 0;
    for (; performance.now() - began < seconds * 1000; runs++) await run(host());
    return (runs * 1000) / (performance.now() - began);
  });
