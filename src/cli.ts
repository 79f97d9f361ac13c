import { main } from "./main.ts";
import { processHost } from "./process-host.ts";

export { main };

/** Runs the program in this process and ends it: native reader code can keep a process alive, so its end is explicit. */
export async function run(): Promise<void> {
  process.exit(await main(processHost()));
}
