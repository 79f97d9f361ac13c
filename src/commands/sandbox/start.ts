import type { Run } from "../command.ts";
import { wholeNumber } from "../number.ts";
import type { DataOf } from "../results.ts";
import { databaseOf } from "./database.ts";
import { servingOf } from "./serving.ts";

/** Runs the local platform until Ctrl-C or SIGTERM; prints its URL when it accepts requests. */
export const run: Run<DataOf<"sandbox start">> = async (context, input) => {
  const { host } = context;
  const database = databaseOf(context, input);
  const { capacity } = input.options;
  const reservationCap = capacity === undefined ? undefined : wholeNumber("--capacity", capacity, [0, 999_999_999]);
  const serving = await servingOf(host, input);
  const { logLevelOf, logLine } = await import("../../sandbox/http/log-lines.ts");
  const level = logLevelOf(input.options.log);
  const { startSandbox } = await import("../../sandbox/server.ts");
  const sandbox = await startSandbox({
    ...serving,
    database,
    clock: host.now,
    random: host.random,
    log(entry) {
      const line = logLine(entry, level, host.now());
      if (line !== undefined) host.stderr.write(`${line}\n`);
    },
    ...(reservationCap !== undefined && { reservationCap }),
  });
  try {
    const { url, listening, metrics } = sandbox;
    const data = { url, database: sandbox.database, listening, metrics };
    context.announce(url, { step: "sandbox-ready", url }, data);
    await interruption(host.interrupted);
    return { data, announced: true };
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
