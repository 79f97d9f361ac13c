import path from "node:path";
import { exitCodeOf, isError, MynakitError } from "../../../errors.ts";
import { parsePin } from "../../../jpki/pin/policy.ts";
import { pinReference } from "../../../jpki/pin/references.ts";
import { holdLock, type Lock } from "../../../simulator/lock.ts";
import type { Announced } from "../../command.ts";
import type { Context } from "../../context.ts";
import { shownPlatform } from "../../login.ts";
import { pinSource, readPins } from "../../pin-input.ts";
import { CommonPin } from "./common.ts";
import { type BatchLine, batchLines } from "./file.ts";
import { Journal, journalPath } from "./journal.ts";
import { issueForLine, type LineOutcome, type LineParts } from "./line.ts";
import type { BatchOrder } from "./order.ts";
import { inParallel } from "./parallel.ts";

/**
 * Issues for every line of a batch file, several at once, and tells of each as soon as it is done; a last document sums
 * up. Ctrl-C lets no further line begin. Exit code 1 where a line failed, 130 where lines were left.
 * @throws {MynakitError} what concerns the batch as a whole, before any card is used: ERR_IO_*, ERR_USAGE_*, ERR_PIN_FORMAT,
 *   ERR_NETWORK_*, ERR_PLATFORM_*; ERR_IO_WRITE where outcomes cannot be written down any more
 */
export async function issueBatch(context: Context, { file, parallel, retry }: BatchOrder): Promise<Announced> {
  const { lines, needsPin } = await survey(file);
  const text = needsPin ? await readCommonPin(context) : "";
  const platform = shownPlatform(await context.parts.platform());
  const counts = { created: 0, existing: 0, failed: 0, resumed: 0 };
  const { interrupted } = context.host;

  const work = async (journal: Journal): Promise<void> => {
    if (retry) journal.anew();
    const common = new CommonPin(text, journal);
    const parts: LineParts = { context, journal, common, retry, met: new Map() };
    let done = 0;
    const workOn = async (line: BatchLine): Promise<void> => {
      // Interrupted while it waited for its turn.
      if (interrupted.aborted) return;
      const outcome = await issueForLine(line, parts);
      done += 1;
      counts[verdictOf(outcome)] += 1;
      if (outcome.resumed) counts.resumed += 1;
      const { mykeyId, furigana, created } = outcome.done ?? { mykeyId: null, furigana: null, created: false };
      const { resumed, pin, error } = outcome;
      const data = { line: line.line, reader: line.reader, resumed, mykeyId, furigana, created, ...pin };
      await context.part("mykey issue batch-line", data, error);
      context.progress({ step: "batch", done, lines, failed: counts.failed });
    };
    await inParallel(batchLines(file), { limit: parallel, signal: interrupted }, (line) =>
      line.pinFile === undefined ? common.inTurn(() => workOn(line)) : workOn(line),
    );
  };

  const journal = journalPath(context.home, { file, platform: platform.url });
  await withJournal(context, journal, work);
  const left = lines - counts.created - counts.existing - counts.failed;
  await context.part("mykey issue batch", { file, lines, ...counts, left, journal, platform });
  if (counts.failed + left === 0) return { announced: true };
  return { announced: true, exit: interrupted.aborted ? exitCodeOf("ERR_CANCELLED") : 1 };
}

const verdictOf = ({ done }: LineOutcome) => (done === null ? "failed" : done.created ? "created" : "existing");

/** Reads all of the file before anything is done, so that a mistake in it costs nothing. */
async function survey(file: string): Promise<{ lines: number; needsPin: boolean }> {
  let lines = 0;
  let needsPin = false;
  for await (const { pinFile } of batchLines(file)) {
    lines += 1;
    needsPin ||= pinFile === undefined;
  }
  if (lines === 0) throw new MynakitError("ERR_IO_BATCH", { file, line: 0, problem: "empty" });
  return { lines, needsPin };
}

/** The PIN for the cards that have none of their own; its form is checked once, for all of them. */
async function readCommonPin({ host, options }: Context): Promise<string> {
  if (!pinSource(options))
    throw new MynakitError("ERR_USAGE_INPUT_NEEDED", { what: "batch-pin", option: "--pin-stdin" });
  const [text = ""] = await readPins(host, options, ["pin"]);
  parsePin(pinReference("auth"), text).wipe();
  return text;
}

/** Two runs of the same batch at once would present the same PIN to the same card. */
async function withJournal(context: Context, file: string, work: (journal: Journal) => Promise<void>): Promise<void> {
  const lock = await lockOf(context, file);
  try {
    const journal = await Journal.open(file);
    try {
      await work(journal);
    } finally {
      journal.close();
    }
  } finally {
    lock.release();
  }
}

async function lockOf({ host }: Context, file: string): Promise<Lock> {
  const { sleep, interrupted: signal } = host;
  try {
    return await holdLock(path.dirname(file), path.basename(file), { sleep, signal, seconds: 0 });
  } catch (cause) {
    if (!isError(cause, "ERR_READER_BUSY")) throw cause;
    throw new MynakitError("ERR_IO_STATE_BUSY", { path: file, seconds: 0 }, { cause });
  }
}
