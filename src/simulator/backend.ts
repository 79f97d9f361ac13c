import type { CommandApdu } from "../apdu/command.ts";
import { encodeCommand } from "../apdu/command.ts";
import type { CardConnection, ConnectOptions, Reader, ReaderBackend } from "../apdu/reader.ts";
import { decodeResponse } from "../apdu/response.ts";
import { isError, MynakitError } from "../errors.ts";
import type { Host } from "../host.ts";
import { CardReset, CardVanished } from "./card.ts";
import { simUri } from "./descriptions.ts";
import type { PinEvent } from "./os.ts";
import type { Session } from "./session.ts";
import { type HeldCard, type SimulatorHost, simStore } from "./store.ts";

export interface SimBackendOptions extends SimulatorHost {
  /** Told of every VERIFY and CHANGE with data: the oracle of tests. */
  record?(event: PinEvent): void;
}

/**
 * Readers that always hold their simulated card. A card that is left with power keeps its verified state from one hold to
 * the next of the same back end, as one in a reader does; when the process ends, all cards lose power.
 */
export function simBackend(options: SimBackendOptions): ReaderBackend {
  const store = simStore(options);
  const sessions = new Map<string, Session>();
  const { record } = options;

  async function connect(name: string, { signal, waitForHolder }: ConnectOptions): Promise<CardConnection> {
    const session = sessions.get(name);
    const held = await store.hold(name, {
      signal,
      ...(waitForHolder !== undefined && { wait: waitForHolder }),
      ...(record && { record }),
      ...(session && { session }),
    });
    sessions.set(name, held.card.session);
    return connection(name, held, options.sleep);
  }

  return {
    async list() {
      const cards = await store.list();
      const bytes = (atr: string | null) => (atr === null ? null : new Uint8Array(Buffer.from(atr, "hex")));
      return cards.map(({ name, uri, atr, problem }) => {
        const reader = { name, uri, backend: "sim" as const };
        return problem ? { ...reader, card: null, problem } : { ...reader, card: { atr: bytes(atr) } };
      });
    },
    async open(name): Promise<Reader> {
      store.requireKnown(name);
      return { uri: simUri(name), simulated: true, connect: (connectOptions) => connect(name, connectOptions) };
    },
    async close() {
      sessions.clear();
    },
  };
}

function connection(name: string, { card, release }: HeldCard, sleep: Host["sleep"]): CardConnection {
  const reader = simUri(name);
  const { atr } = card;
  if (!atr) {
    release();
    throw new MynakitError("ERR_CARD_MUTE", { reader });
  }
  try {
    if (!card.session.powered) card.powerOn();
  } catch (error) {
    release();
    throw error;
  }
  const endings = { unpower: () => card.powerOff(), reset: () => card.reset(), leave: () => {} };
  let connected = true;
  /** A reader says nothing else until its client connects anew. */
  let reset: MynakitError | undefined;

  return {
    reader,
    atr,
    extendedLength: card.extendedLength,
    async transmit(command: CommandApdu) {
      if (!connected) throw new MynakitError("ERR_CARD_REMOVED", { reader });
      if (reset) throw reset;
      const bytes = encodeCommand(command);
      const response = answer(bytes);
      const delay = card.delayOf(bytes, response);
      if (delay > 0) await sleep(delay);
      return decodeResponse(response);
    },
    async disconnect(disposition) {
      if (!connected) return;
      connected = false;
      try {
        endings[disposition]();
      } catch (error) {
        // That it cannot be written down any more is no reason to keep the card.
        if (!isError(error, "ERR_IO_WRITE")) throw error;
      } finally {
        release();
      }
    },
  };

  function answer(command: Uint8Array): Uint8Array {
    try {
      return card.transmit(command);
    } catch (error) {
      if (error instanceof CardVanished) throw new MynakitError("ERR_CARD_REMOVED", { reader }, { cause: error });
      if (!(error instanceof CardReset)) throw error;
      reset = new MynakitError("ERR_CARD_RESET", { reader }, { cause: error });
      throw reset;
    }
  }
}
