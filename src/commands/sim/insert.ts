import { MynakitError } from "../../errors.ts";
import { removeFile, replaceFile } from "../../files.ts";
import { insertIntoVpcd } from "../../simulator/vpcd.ts";
import type { Run } from "../command.ts";
import { wholeNumber } from "../number.ts";
import type { DataOf } from "../results.ts";
import { nameOf } from "./card.ts";

const host = "127.0.0.1";
/** A pcscd that has just been started needs a moment to open its port. */
const connectTimeout = 2000;

/** Puts a simulated card into a virtual reader and stays until Ctrl-C, SIGTERM, or until the reader closes. */
export const run: Run<DataOf<"sim insert">> = async (context, input) => {
  const port = wholeNumber("--port", input.options.port, [1, 65535]);
  const address = `${host}:${port}`;
  const name = nameOf(input);
  const signal = context.host.interrupted;
  const readyFile = input.options.readyFile === undefined ? undefined : String(input.options.readyFile);
  // One that a killed run left behind says nothing about this one.
  if (readyFile) removeFile(readyFile);
  const { card, release } = await (await context.parts.simStore()).hold(name, { signal });
  try {
    let taken = false;
    const onReady = (): void => {
      taken = true;
      if (readyFile) replaceFile(readyFile, `${address}\n`);
      context.announce("ready", { step: "card-inserted", address }, { name, address });
    };
    const { sleep } = context.host;
    await insertIntoVpcd({ card, host, port, signal, connectTimeout, sleep, onReady });
    if (!taken) throw notTaken(address, signal);
  } finally {
    if (readyFile) removeFile(readyFile);
    release();
  }
  return { announced: true };
};

/** The card never was in the reader. */
function notTaken(address: string, signal: AbortSignal): MynakitError {
  return signal.aborted
    ? new MynakitError("ERR_CANCELLED", { signal: String(signal.reason) })
    : new MynakitError("ERR_READER_UNREACHABLE", { address, reason: "ECONNRESET" });
}
