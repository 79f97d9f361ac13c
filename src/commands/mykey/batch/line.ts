import type { Reader } from "../../../apdu/reader.ts";
import { isError, MynakitError, noPinTouched, type PinReport } from "../../../errors.ts";
import type { JpkiCertificate } from "../../../jpki/certificate/parse.ts";
import type { Pin } from "../../../jpki/pin/pin.ts";
import { parsePin } from "../../../jpki/pin/policy.ts";
import { reporting } from "../../../jpki/pin/reporting.ts";
import type { IssueOrder } from "../../../mykey/client.ts";
import type { Context, PinPrompt } from "../../context.ts";
import { readPins } from "../../pin-input.ts";
import { issue } from "../issue.ts";
import type { CommonPin } from "./common.ts";
import type { BatchLine } from "./file.ts";
import type { Done, Journal } from "./journal.ts";

export interface LineParts {
  readonly context: Context;
  readonly journal: Journal;
  /** The PIN for cards whose line names no file. */
  readonly common: CommonPin;
  /** True where the person said that refused PINs may be presented again. */
  readonly retry: boolean;
  /** The line at which a reader was met in this run, by either of its names. */
  readonly met: Map<string, number>;
}

export interface LineOutcome {
  /** Null: it failed. */
  readonly done: Done | null;
  /** True where an earlier run had done it. */
  readonly resumed: boolean;
  readonly pin: PinReport;
  readonly error?: MynakitError;
}

/**
 * Issues for the card of one line, or tells what an earlier run did for it. What fails is part of the outcome, a journal
 * that cannot be written included.
 * @throws {MynakitError} ERR_INTERNAL; a fault of ours ends the batch
 */
export async function issueForLine(line: BatchLine, parts: LineParts): Promise<LineOutcome> {
  try {
    return await issued(line, parts);
  } catch (error) {
    if (!(error instanceof MynakitError) || isError(error, "ERR_INTERNAL")) throw error;
    return { done: null, resumed: false, pin: error.pin, error };
  }
}

/** Looks for the line in the journal under either name of its reader, and issues where it is not done. */
async function issued({ line, reader: name, pinFile }: BatchLine, parts: LineParts): Promise<LineOutcome> {
  const { context, journal, retry, met } = parts;
  meetOnce(met, name, line);
  const named = journal.ofReader(name);
  if (named?.done) return resumed(named.done);
  const reader = await context.reader(name);
  const { uri } = reader;
  if (uri !== name) meetOnce(met, uri, line);
  const known = journal.ofReader(uri) ?? named;
  if (known?.done) return resumed(known.done);
  if (known?.refused && !retry) throw withheld("earlier-run", null, context.options.minTries);
  return issueIn(reader, { name, pinFile }, parts);
}

async function issueIn(
  reader: Reader,
  { name, pinFile }: { readonly name: string; readonly pinFile: string | undefined },
  { context, journal, common, retry }: LineParts,
): Promise<LineOutcome> {
  const { uri } = reader;
  const { minTries } = context.options;
  let card: string | null = null;
  let attempted = false;
  const isCommon = pinFile === undefined;
  const check = ({ fingerprintSha256 }: JpkiCertificate): void => {
    card = fingerprintSha256;
    if (!retry && journal.ofCard(card)?.refused) throw withheld("earlier-run", null, minTries);
  };
  const askPin = async ({ reference, tries }: PinPrompt): Promise<Pin> => {
    // An interrupted run may have presented it: a counter that fell says that it was wrong.
    const before = card === null ? undefined : journal.ofCard(card)?.tries;
    if (!retry && before !== undefined && tries < before) {
      const { state, card: asked } = journal.common;
      journal.refused({ reader: name, uri, card, common: state === "asked" && asked === card });
      throw withheld("earlier-run", tries, minTries);
    }
    // One wrong PIN must not cost a try of every card.
    if (isCommon && !common.suits(card)) throw withheld("common", tries, minTries);
    const pin = parsePin(reference, await pinText());
    journal.attempt({ reader: name, uri, card, tries, common: isCommon && common.leads });
    attempted = true;
    return pin;
  };
  const pinText = async (): Promise<string> => {
    if (isCommon) return common.text;
    const source = { ...context.options, pinStdin: false, pinFd: undefined, pinFile };
    const [text = ""] = await readPins(context.host, source, ["pin"]);
    return text;
  };
  const memory = {
    check,
    earlier: () => (card === null ? undefined : journal.ofCard(card)?.order),
    intend: (order: IssueOrder) => journal.order(name, order),
  };
  const settle = (error: MynakitError): void => {
    if (isRefusal(error)) {
      journal.refused({ reader: name, uri, card, common: isCommon && common.decides });
      return;
    }
    const accepted = error.pin.pinSent;
    if (accepted && isCommon) common.accept();
    journal.unspent(name, { accepted, common: isCommon });
  };
  const waiting = (): void => context.progress({ step: "waiting-for-card", reader: name });
  const connect = { ...context.connect, waiting };
  const own: Context = { ...context, connect, reader: async () => reader, askPin, progress: () => {} };
  const { data } = await issue(own, { arguments: {}, options: { yes: true } }, memory).catch(async (error: unknown) => {
    if (attempted && error instanceof MynakitError) await reporting(error.pin, async () => settle(error));
    throw error;
  });
  const { mykeyId, furigana, created, pinSent, triesBefore, triesAfter } = data;
  if (isCommon) common.accept();
  const done = { mykeyId, furigana, created };
  const pin = { pinSent, triesBefore, triesAfter };
  await reporting(pin, async () => journal.done(name, { ...done, common: isCommon }));
  return { done, resumed: false, pin };
}

const resumed = (done: Done): LineOutcome => ({ done, resumed: true, pin: noPinTouched });

/** @throws {MynakitError} ERR_READER_REPEATED where an earlier line of this run named it */
function meetOnce(met: Map<string, number>, reader: string, line: number): void {
  const first = met.get(reader);
  if (first !== undefined) throw new MynakitError("ERR_READER_REPEATED", { reader, line: first });
  met.set(reader, line);
}

/** Whether a PIN is not to be presented again: it was sent, and was wrong, or nobody knows. */
function isRefusal(error: MynakitError): boolean {
  if (isError(error, "ERR_PIN_WRONG")) return true;
  const { pinSent, triesBefore, triesAfter } = error.pin;
  return pinSent && (triesBefore === null || triesAfter === null || triesAfter < triesBefore);
}

function withheld(reason: "earlier-run" | "common", tries: number | null, minTries: number): MynakitError {
  const pin = { pinSent: false, triesBefore: tries, triesAfter: tries };
  return new MynakitError("ERR_PIN_WITHHELD", { pin: "auth", reason, tries, minTries }, { pin });
}
