import { connect, type Socket } from "node:net";
import { encodeFrame, FrameReader, vpcdControl } from "../apdu/readers/vpcd-frames.ts";
import { MynakitError } from "../errors.ts";
import { isSystemError } from "../files.ts";
import type { Host } from "../host.ts";
import { CardReset, CardVanished, type SimulatedCard } from "./card.ts";

export interface Insertion {
  readonly card: SimulatedCard;
  readonly host: string;
  readonly port: number;
  /** Aborted: the card is taken out. */
  readonly signal: AbortSignal;
  /** How long to try to reach the reader, in milliseconds. */
  readonly connectTimeout: number;
  readonly sleep: Host["sleep"];
  /** Called once, when the reader has asked for the ATR and with that has taken notice of the card. */
  onReady?(): void;
}

/** How it ended: we took the card out, the reader let it go, or the card's image says that it was pulled out. */
export type Ending = "taken-out" | "reader-closed" | "removed";

/** Longer than any ATR (ISO/IEC 7816-3: 33 bytes at most), which vpcd takes for a card that does not answer. */
const muteAtr = new Uint8Array(34);
const retryMs = 50;

/**
 * Puts a card into a virtual reader (vpcd) and serves it there.
 * @throws {MynakitError} ERR_READER_UNREACHABLE where nothing listens, ERR_IO_WRITE where a counter cannot be made durable
 */
export async function insertIntoVpcd(insertion: Insertion): Promise<Ending> {
  const socket = await reach(insertion);
  if (!socket) return "taken-out";
  const takeOut = () => socket.destroy();
  insertion.signal.addEventListener("abort", takeOut, { once: true });
  try {
    const ending = await serve(insertion, socket);
    return insertion.signal.aborted ? "taken-out" : ending;
  } finally {
    insertion.signal.removeEventListener("abort", takeOut);
    socket.destroy();
    insertion.card.powerOff();
  }
}

async function reach({ host, port, signal, connectTimeout, sleep }: Insertion): Promise<Socket | undefined> {
  for (let waited = 0; !signal.aborted; waited += retryMs) {
    try {
      return await connected(host, port);
    } catch (error) {
      if (waited >= connectTimeout) {
        const reason = isSystemError(error) ? error.code : String(error);
        throw new MynakitError("ERR_READER_UNREACHABLE", { address: `${host}:${port}`, reason }, { cause: error });
      }
      await sleep(retryMs, signal).catch(() => {});
    }
  }
  return undefined;
}

function connected(host: string, port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, noDelay: true });
    socket.once("error", reject);
    socket.once("connect", () => {
      socket.off("error", reject);
      resolve(socket);
    });
  });
}

/** One frame after the other: an answer never overtakes another. */
async function serve(insertion: Insertion, socket: Socket): Promise<Ending> {
  const reader = new FrameReader();
  const answer = answering(insertion);
  try {
    for await (const chunk of socket) {
      for (const frame of reader.push(chunk)) {
        const reply = await answer(frame);
        if (reply) socket.write(encodeFrame(reply));
      }
    }
    return "reader-closed";
  } catch (error) {
    if (error instanceof CardVanished) return "removed";
    if (error instanceof MynakitError) throw error;
    if (isSystemError(error)) return "reader-closed";
    throw error;
  }
}

function answering({ card, sleep, onReady }: Insertion): (frame: Uint8Array) => Promise<Uint8Array | undefined> {
  let announced = false;
  const controls: Record<number, () => Uint8Array | undefined> = {
    [vpcdControl.powerOff]: () => void card.powerOff(),
    [vpcdControl.powerOn]: () => void card.powerOn(),
    [vpcdControl.reset]: () => void card.reset(),
    [vpcdControl.atr]: () => card.atr ?? muteAtr,
  };

  return async (frame) => {
    const [control] = frame;
    if (control !== undefined && frame.length === 1) {
      if (control === vpcdControl.atr && !announced) {
        announced = true;
        onReady?.();
      }
      return controls[control]?.();
    }
    const response = transmit(card, frame);
    const delay = card.delayOf(frame, response);
    if (delay > 0) await sleep(delay);
    return response;
  };
}

/** vpcd has no word for a reset by others: there the command meets a card in which nothing is selected any more. */
function transmit(card: SimulatedCard, command: Uint8Array): Uint8Array {
  try {
    return card.transmit(command);
  } catch (error) {
    if (error instanceof CardReset) return card.transmit(command);
    throw error;
  }
}
