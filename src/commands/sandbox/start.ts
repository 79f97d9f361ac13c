import type { Run } from "../command.ts";
import { wholeNumber } from "../number.ts";
import type { DataOf } from "../results.ts";
import { databaseOf } from "./database.ts";

/** Runs the local platform until Ctrl-C or SIGTERM; prints its URL when it accepts requests. */
export const run: Run<DataOf<"sandbox start">> = async (context, input) => {
  const port = wholeNumber("--port", input.options.port, [0, 65535]);
  const database = databaseOf(context, input);
  const { capacity } = input.options;
  const reservationCap = capacity === undefined ? undefined : wholeNumber("--capacity", capacity, [0, 999_999_999]);
  const { startSandbox } = await import("../../sandbox/server.ts");
  const { host } = context;
  const sandbox = await startSandbox({
    database,
    port,
    clock: host.now,
    random: host.random,
    ...(reservationCap !== undefined && { reservationCap }),
  });
  try {
    const { url } = sandbox;
    const data = { url, database: sandbox.database };
    context.announce(url, { step: "sandbox-ready", url }, data);
    await interruption(host.interrupted);
    return { announced: true };
  } finally {
    await sandbox.close();
  }
};

function interruption(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
