import { MynakitError } from "../../../errors.ts";
import { type CommandApdu, encodeCommand } from "../../command.ts";
import type { CardConnection, Disposition } from "../../reader.ts";
import { decodeResponse, type ResponseApdu } from "../../response.ts";
import { pause, type Sleep } from "../waiting.ts";
import type { NativeCalls } from "./calls.ts";
import { type FailureContext, parseFailure, scard, translate } from "./errors.ts";
import { getFeatureRequest, propertiesCode, saysExtendedLength } from "./extended-length.ts";
import type { NativeReader } from "./native.ts";
import { controlCode } from "./platform.ts";

/** winscard.h: exclusive, so that between two of our commands nobody else's can come; T=0 or T=1, never raw. */
const exclusive = { share_mode: 1, protocol: 3 };
const dispositions: Readonly<Record<Disposition, number>> = { leave: 0, reset: 1, unpower: 2 };

/**
 * Room for the longest response (MAX_BUFFER_SIZE_EXTENDED of pcsc-lite): with a smaller buffer the card would execute the
 * command and its answer would be lost.
 */
const responseRoom = 65_548;
const featureRoom = 256;

/** Milliseconds. Longer than any card computes; the frame waiting time of a contactless My Number Card is 2.5 s. */
const callLimit = 20_000;
const busyLimit = 3_000;
const busyPause = 200;

export interface ConnectionParts {
  readonly native: NativeReader;
  readonly atr: Uint8Array;
  readonly context: FailureContext;
  readonly calls: NativeCalls;
  readonly sleep: Sleep;
  readonly signal: AbortSignal;
  /** How long another holder is waited for, in milliseconds. */
  readonly waitForHolder?: number;
}

/**
 * Takes an exclusive hold of the card in a reader. While another program has it, tries again, for three seconds if not told otherwise.
 * @throws {MynakitError} ERR_READER_BUSY, ERR_CARD_ABSENT, ERR_CARD_MUTE, ERR_READER_GONE, ERR_PCSC_*, ERR_CANCELLED
 */
export async function connectCard(parts: ConnectionParts): Promise<CardConnection> {
  const protocol = await connectPatiently(parts);
  return new PcscConnection(parts, protocol, await carriesExtendedLength(parts));
}

async function connectPatiently(parts: ConnectionParts): Promise<number> {
  const { native, context, calls, sleep, signal, waitForHolder = busyLimit } = parts;
  const busy = (ms: number) => new MynakitError("ERR_READER_BUSY", { reader: native.name, seconds: ms / 1000 });
  for (let waited = 0; ; waited += busyPause) {
    try {
      return await calls.run<number>({
        begin: (done) => native.connect(exclusive, (error, protocol) => done(error, protocol ?? 0)),
        limit: callLimit,
        late: () => busy(callLimit),
        signal,
      });
    } catch (error) {
      if (error instanceof MynakitError) throw error;
      if (parseFailure(error)?.code !== scard.sharingViolation) throw translate(error, context);
      if (waited >= waitForHolder) throw busy(waitForHolder);
    }
    await pause(busyPause, sleep, signal);
  }
}

/** A reader that refuses the question, or answers anything unexpected, carries none as far as we know. */
async function carriesExtendedLength(parts: ConnectionParts): Promise<boolean> {
  try {
    const features = await control(parts, controlCode(parts.context.platform, getFeatureRequest));
    const code = propertiesCode(features);
    return code !== undefined && saysExtendedLength(await control(parts, code));
  } catch (error) {
    if (error instanceof MynakitError) throw error;
    return false;
  }
}

function control({ native, context, calls, signal }: ConnectionParts, code: number): Promise<Uint8Array> {
  return calls.run<Uint8Array>({
    begin: (done) => native.control(Buffer.alloc(0), code, featureRoom, done),
    limit: callLimit,
    late: () => timedOut(context),
    signal,
  });
}

function timedOut({ reader }: FailureContext): MynakitError {
  return new MynakitError("ERR_CARD_TIMEOUT", { reader, seconds: callLimit / 1000 });
}

class PcscConnection implements CardConnection {
  readonly reader: string;
  readonly atr: Uint8Array;
  readonly extendedLength: boolean;
  readonly #parts: ConnectionParts;
  readonly #protocol: number;
  #state: "held" | "overdue" | "released" = "held";

  constructor(parts: ConnectionParts, protocol: number, extendedLength: boolean) {
    this.reader = parts.native.name;
    this.atr = parts.atr;
    this.extendedLength = extendedLength;
    this.#parts = parts;
    this.#protocol = protocol;
  }

  async transmit(command: CommandApdu): Promise<ResponseApdu> {
    const { native, context, calls } = this.#parts;
    const bytes = Buffer.from(encodeCommand(command));
    // Behind a call that has not come back the next one would wait for ever.
    if (this.#state === "overdue") throw timedOut(context);
    let answer: Uint8Array;
    try {
      answer = await calls.run<Uint8Array>({
        begin: (done) => native.transmit(bytes, responseRoom, this.#protocol, done),
        limit: callLimit,
        late: () => {
          this.#state = "overdue";
          return timedOut(context);
        },
      });
    } catch (error) {
      throw error instanceof MynakitError ? error : translate(error, { ...context, stage: "connected" });
    }
    // A card pulled in the middle of a command can look like a success without an answer.
    if (answer.length < 2) throw new MynakitError("ERR_CARD_REMOVED", { reader: this.reader });
    return decodeResponse(answer);
  }

  async disconnect(disposition: Disposition): Promise<void> {
    if (this.#state === "released") return;
    const { native, context, calls } = this.#parts;
    const overdue = this.#state === "overdue";
    this.#state = "released";
    if (overdue) return;
    try {
      await calls.run<undefined>({
        begin: (done) => native.disconnect(dispositions[disposition], (error) => done(error, undefined)),
        limit: callLimit,
        late: () => timedOut(context),
      });
    } catch {
      // The card or its reader is gone: there is nothing left to let go.
    }
  }
}
