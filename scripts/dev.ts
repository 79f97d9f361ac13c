import { run } from "../src/cli.ts";

/** The program from its sources: slow to start, nothing to build. */
await run();
