import { createServer, type Server } from "node:net";
import { MynakitError } from "../../errors.ts";
import { parseAtr } from "../atr.ts";
import { type CommandApdu, encodeCommand } from "../command.ts";
import type { CardConnection, ConnectOptions, Disposition, Reader, ReaderBackend } from "../reader.ts";
import { decodeResponse, type ResponseApdu } from "../response.ts";
import { CardUnplugged, VpcdCard } from "./vpcd-card.ts";
import { vpcdControl } from "./vpcd-frames.ts";
import { type Sleep, within } from "./waiting.ts";

/** Nothing can be plugged in before we listen, so no wait becomes a short one. */
const unaskedWait = 5_000;
const answerTimeout = 20_000;

/**
 * The back end of `vpcd:HOST:PORT`: we play vpcd's part, listen there, and a virtual card (a phone, `mynakit sim insert`)
 * plugs itself in. One card at a time; it stays plugged from one hold to the next, until `close`.
 */
export function vpcdBackend({ sleep }: { readonly sleep: Sleep }): ReaderBackend {
  const slots: Slot[] = [];
  return {
    list: async () => [],
    /** @throws {MynakitError} ERR_USAGE_READER, ERR_READER_LISTEN */
    async open(name): Promise<Reader> {
      const slot = await Slot.listen(parseAddress(name), sleep);
      slots.push(slot);
      return { uri: `vpcd:${slot.name}`, simulated: false, connect: (options) => slot.connect(options) };
    },
    async close() {
      await Promise.all(slots.splice(0).map((slot) => slot.close()));
    },
  };
}

interface Address {
  readonly host: string;
  readonly port: number;
}

/** `HOST:PORT`; port 0 takes a free one, which the reader's `uri` then names. */
function parseAddress(name: string): Address {
  const [, host = "", digits = ""] = /^\[?([^[\]]+?)\]?:(\d{1,5})$/.exec(name) ?? [];
  const port = Number(digits);
  if (host === "" || port > 65535) throw new MynakitError("ERR_USAGE_READER", { given: `vpcd:${name}` });
  return { host, port };
}

/** A reader that is a listening socket, with the card that is plugged into it. */
class Slot {
  readonly name: string;
  readonly #server: Server;
  readonly #sleep: Sleep;
  #card: VpcdCard | undefined;
  #held = false;
  #plugged: (card: VpcdCard) => void = () => {};

  private constructor(name: string, server: Server, sleep: Sleep) {
    this.name = name;
    this.#server = server;
    this.#sleep = sleep;
    server.on("connection", (socket) => {
      if (this.#card?.plugged) {
        socket.destroy();
        return;
      }
      this.#card = new VpcdCard(socket);
      this.#plugged(this.#card);
    });
  }

  static listen({ host, port }: Address, sleep: Sleep): Promise<Slot> {
    return new Promise((resolve, reject) => {
      const server = createServer();
      server.once("error", (cause) => {
        const address = `${host}:${port}`;
        reject(new MynakitError("ERR_READER_LISTEN", { address, reason: cause.message }, { cause }));
      });
      server.listen(port, host, () => {
        const bound = server.address();
        const actual = typeof bound === "object" && bound ? bound.port : port;
        resolve(new Slot(`${host}:${actual}`, server, sleep));
      });
    });
  }

  async connect(options: ConnectOptions): Promise<CardConnection> {
    if (this.#held) throw new MynakitError("ERR_READER_BUSY", { reader: this.name, seconds: 0 });
    this.#held = true;
    try {
      return await this.#hold(options);
    } catch (error) {
      this.#held = false;
      throw error;
    }
  }

  async #hold(options: ConnectOptions): Promise<CardConnection> {
    const card = await this.#waitForCard(options);
    card.tell(vpcdControl.powerOn);
    const atr = await this.#ask(card, Uint8Array.of(vpcdControl.atr), "ERR_CARD_MUTE");
    if (!isAtr(atr)) throw new MynakitError("ERR_CARD_MUTE", { reader: this.name });
    let released = false;
    return {
      reader: this.name,
      atr,
      extendedLength: true,
      transmit: (command) => this.#transmit(card, command),
      disconnect: async (disposition) => {
        if (released) return;
        released = true;
        this.#held = false;
        release(card, disposition);
      },
    };
  }

  async close(): Promise<void> {
    this.#card?.unplug();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #waitForCard({ waitForCard, waiting = () => {}, signal }: ConnectOptions): Promise<VpcdCard> {
    if (this.#card?.plugged) return this.#card;
    waiting();
    const plugged = new Promise<VpcdCard>((resolve) => {
      this.#plugged = resolve;
    });
    const late = () => {
      throw new MynakitError("ERR_CARD_ABSENT", { reader: this.name });
    };
    return within(waitForCard || unaskedWait, plugged, { sleep: this.#sleep, late, signal });
  }

  async #transmit(card: VpcdCard, command: CommandApdu): Promise<ResponseApdu> {
    const answer = await this.#ask(card, encodeCommand(command), "ERR_CARD_TIMEOUT");
    if (answer.length < 2) throw new MynakitError("ERR_CARD_REMOVED", { reader: this.name });
    return decodeResponse(answer);
  }

  /** `silence`: what a card that does not answer in time is. It is unplugged. */
  async #ask(card: VpcdCard, payload: Uint8Array, silence: "ERR_CARD_MUTE" | "ERR_CARD_TIMEOUT"): Promise<Uint8Array> {
    const late = () => {
      card.unplug();
      const details = { reader: this.name, seconds: answerTimeout / 1000 };
      throw new MynakitError(silence, details);
    };
    try {
      return await within(answerTimeout, card.ask(payload), { sleep: this.#sleep, late });
    } catch (cause) {
      if (!(cause instanceof CardUnplugged)) throw cause;
      throw new MynakitError("ERR_CARD_REMOVED", { reader: this.name }, { cause });
    }
  }
}

function release(card: VpcdCard, disposition: Disposition): void {
  if (disposition === "reset") card.tell(vpcdControl.reset);
  if (disposition === "unpower") card.tell(vpcdControl.powerOff);
}

function isAtr(bytes: Uint8Array): boolean {
  try {
    parseAtr(bytes);
    return true;
  } catch {
    return false;
  }
}
