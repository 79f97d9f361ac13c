import type { Socket } from "node:net";
import { encodeFrame, FrameReader } from "./vpcd-frames.ts";

/** The virtual card is not there any more. */
export class CardUnplugged extends Error {}

/** The reader's end of a connected virtual card: frames out, one frame in for each that asks. */
export class VpcdCard {
  readonly #socket: Socket;
  readonly #frames = new FrameReader();
  #waiting: { resolve(payload: Uint8Array): void; reject(error: CardUnplugged): void } | undefined;

  constructor(socket: Socket) {
    this.#socket = socket;
    socket.setNoDelay(true);
    socket.on("data", (chunk) => {
      for (const payload of this.#frames.push(chunk)) this.#receive(payload);
    });
    // An error is always followed by 'close', which tells all that matters.
    socket.on("error", () => {});
    socket.on("close", () => this.#settle()?.reject(new CardUnplugged()));
  }

  get plugged(): boolean {
    return !this.#socket.destroyed;
  }

  /** A control that has no answer. */
  tell(control: number): void {
    if (this.plugged) this.#socket.write(encodeFrame(Uint8Array.of(control)));
  }

  /**
   * Sends a payload that the card answers. To be called only after the answer before has come.
   * @throws {CardUnplugged} where the card goes away first
   */
  ask(payload: Uint8Array): Promise<Uint8Array> {
    return new Promise((resolve, reject) => {
      if (!this.plugged) {
        reject(new CardUnplugged());
        return;
      }
      this.#waiting = { resolve, reject };
      this.#socket.write(encodeFrame(payload));
    });
  }

  /** Ends the connection at once: an answer that came late would be taken for that of the next command. */
  unplug(): void {
    this.#socket.destroy();
  }

  #receive(payload: Uint8Array): void {
    const waiting = this.#settle();
    if (waiting) waiting.resolve(payload);
    else this.unplug();
  }

  #settle() {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    return waiting;
  }
}
