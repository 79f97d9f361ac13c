import { MynakitError } from "../../../errors.ts";
import type { Input } from "../../command.ts";
import type { Context } from "../../context.ts";
import { wholeNumber } from "../../number.ts";
import { batchPath } from "./file.ts";

/** What the options of `mykey issue` ask for beside a file of readers. */
export interface BatchOrder {
  /** The one path that no link leads to. */
  readonly file: string;
  /** How many lines are worked on at once. */
  readonly parallel: number;
  /** Whether PINs that were refused in an earlier run are presented again. */
  readonly retry: boolean;
}

const usage = (option: string, problem: "missing" | "excludes", allowed?: string): MynakitError =>
  new MynakitError("ERR_USAGE_OPTION", { option, problem, ...(allowed && { allowed }) });

/**
 * The batch that is asked for, if one is. Nobody can be asked about a thousand cards, so `--yes` must be given.
 * @throws {MynakitError} ERR_USAGE_OPTION, ERR_USAGE_INPUT_NEEDED, ERR_IO_READ, ERR_IO_BATCH
 */
export function batchOrder({ options, host }: Context, { options: given }: Input): BatchOrder | undefined {
  const { batch, parallel = "4", retryFailed, dryRun, yes } = given;
  if (batch === undefined) {
    if (given.parallel !== undefined || retryFailed === true) throw usage("--batch", "missing");
    return undefined;
  }
  if (dryRun === true) throw usage("--dry-run", "excludes", "--batch, --dry-run");
  if (options.trace !== undefined) throw usage("--trace", "excludes", "--batch, --trace");
  if (options.reader !== undefined && options.reader !== host.env.MYNAKIT_READER) {
    throw usage("--reader", "excludes", "--batch, --reader");
  }
  const limit = wholeNumber("--parallel", parallel, [1, 64]);
  if (yes !== true) throw new MynakitError("ERR_USAGE_INPUT_NEEDED", { what: "confirmation", option: "--yes" });
  return { file: batchPath(String(batch)), parallel: limit, retry: retryFailed === true };
}
