import { exitCodeOf } from "./errors.ts";
import { main } from "./main.ts";
import { processHost } from "./process-host.ts";

export { main };

/** Runs the program in this process and ends it: native reader code can keep a process alive, so its end is explicit. */
export async function run(): Promise<void> {
  // Where nothing is left that could go on, Node.js ends the process: that is a fault, and no success.
  process.exitCode = exitCodeOf("ERR_INTERNAL");
  const { exitCode, stuck } = await main(processHost());
  // An orderly exit waits for native calls, and this one will not come back: its exit code is the price.
  if (stuck) process.kill(process.pid, "SIGKILL");
  process.exit(exitCode);
}
