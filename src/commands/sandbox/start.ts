import type { Host } from "../../host.ts";
import type { Anchor } from "../../sandbox/certificate/check.ts";
import type { Run } from "../command.ts";
import { readContent } from "../content.ts";
import { wholeNumber } from "../number.ts";
import type { DataOf } from "../results.ts";
import { databaseOf } from "./database.ts";
import { servingOf } from "./serving.ts";

const mostAuthorityBytes = 1024 * 1024;

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
  const anchors = await authoritiesIn(host, (input.options.ca ?? []) as readonly string[]);
  const { crl } = input.options;
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
    ...(anchors.length > 0 && { anchors }),
    ...(crl !== undefined && { revocationList: String(crl) }),
  });
  try {
    const { url, listening, metrics } = sandbox;
    const data = { url, database: sandbox.database, listening, metrics };
    context.announce(url, { step: "sandbox-ready", url }, data);
    await interruption(host.interrupted);
    return { announced: true };
  } finally {
    await sandbox.close();
  }
};

/** @throws {MynakitError} ERR_IO_READ, ERR_CERT_MALFORMED, ERR_CANCELLED */
async function authoritiesIn(host: Host, files: readonly string[]): Promise<Anchor[]> {
  const { anchorsIn } = await import("../../sandbox/certificate/anchors.ts");
  const anchors: Anchor[] = [];
  for (const file of files) anchors.push(...anchorsIn(await readContent(host, file, mostAuthorityBytes), file));
  return anchors;
}

function interruption(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
