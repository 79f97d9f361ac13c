import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { fromHex } from "../../../src/apdu/hex.ts";
import { encodeFrame, FrameReader, vpcdControl, vpcdPort } from "../../../src/apdu/readers/vpcd-frames.ts";

/** T=1, 9 bytes; no card of the real world. */
export const miniAtr = "3B80800101";

export interface MiniCardOptions {
  readonly atr?: string;
  readonly port?: number;
  /** Null: no answer, as a card that hangs. */
  readonly answer?: (command: Uint8Array) => Uint8Array | null;
}

/** A card that a test can put into a vpcd reader and pull out again; it answers 9000 unless told otherwise. */
export class MiniCard {
  readonly #socket: Socket;

  private constructor(socket: Socket, { atr = miniAtr, answer = () => fromHex("9000") }: MiniCardOptions) {
    this.#socket = socket;
    const frames = new FrameReader();
    socket.on("data", (chunk) => {
      for (const payload of frames.push(chunk)) {
        if (payload.length > 1) this.#send(answer(payload));
        else if (payload[0] === vpcdControl.atr) this.#send(fromHex(atr));
      }
    });
    socket.on("error", () => {});
  }

  static async insert(options: MiniCardOptions = {}): Promise<MiniCard> {
    const socket = connect(options.port ?? vpcdPort, "127.0.0.1");
    await once(socket, "connect");
    return new MiniCard(socket, options);
  }

  async pull(): Promise<void> {
    if (this.#socket.destroyed) return;
    const closed = once(this.#socket, "close");
    this.#socket.destroy();
    await closed;
  }

  #send(payload: Uint8Array | null): void {
    if (payload) this.#socket.write(encodeFrame(payload));
  }
}
