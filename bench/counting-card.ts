import { type ChildProcess, spawn } from "node:child_process";
import { EventEmitter, once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { FrameReader, vpcdControl, vpcdPort } from "../src/apdu/readers/vpcd-frames.ts";
import { program } from "./processes.ts";

export interface Traffic {
  readonly apdus: number;
  /** Of commands and responses. */
  readonly bytes: number;
}

/** A simulated card in pcscd's virtual reader, with a counter in the line between: it sees what the card sees. */
export class CountingCard {
  readonly #card: ChildProcess;
  readonly #power = new EventEmitter();
  #powered = false;
  #apdus = 0;
  #bytes = 0;
  /** Whether the next frame from the card answers an APDU. */
  #asked = false;

  private constructor(card: ChildProcess) {
    this.#card = card;
  }

  /** Puts the card in. Resolves when the reader has taken notice of it. */
  static async insert(name: string, home: string): Promise<CountingCard> {
    const line = createServer().listen(0, "127.0.0.1");
    await once(line, "listening");
    const { port } = line.address() as AddressInfo;
    const words = [program, "sim", "insert", name, "--port", String(port)];
    const card = spawn(process.execPath, words, {
      env: { ...process.env, MYNAKIT_HOME: home },
      stdio: ["ignore", "pipe", "inherit"],
    });
    const counting = new CountingCard(card);
    const [cardSide] = (await once(line, "connection")) as [Socket];
    line.close();
    counting.#join(cardSide, connect(vpcdPort, "127.0.0.1"));
    await once(card.stdout, "data");
    return counting;
  }

  #join(card: Socket, reader: Socket): void {
    const commands = new FrameReader();
    const answers = new FrameReader();
    for (const side of [card, reader]) side.setNoDelay(true);
    reader.on("data", (chunk) => {
      for (const frame of commands.push(chunk)) this.#command(frame);
      card.write(chunk);
    });
    card.on("data", (chunk) => {
      for (const frame of answers.push(chunk)) if (this.#asked) this.#bytes += frame.length;
      reader.write(chunk);
    });
    for (const [side, other] of [
      [card, reader],
      [reader, card],
    ] as const) {
      side.on("error", () => {});
      side.on("close", () => other.destroy());
    }
  }

  #command(frame: Uint8Array): void {
    this.#asked = frame.length > 1;
    if (this.#asked) {
      this.#apdus += 1;
      this.#bytes += frame.length;
      return;
    }
    if (frame[0] === vpcdControl.powerOn) this.#powered = true;
    if (frame[0] !== vpcdControl.powerOff) return;
    this.#powered = false;
    this.#power.emit("off");
  }

  /** What passes while `work` runs, on a card that has just been powered down: no client profits from the one before. */
  async during(work: () => Promise<void>): Promise<Traffic> {
    if (this.#powered) await once(this.#power, "off");
    const [apdus, bytes] = [this.#apdus, this.#bytes];
    await work();
    return { apdus: this.#apdus - apdus, bytes: this.#bytes - bytes };
  }

  async remove(): Promise<void> {
    const ended = once(this.#card, "exit");
    this.#card.kill("SIGTERM");
    await ended;
  }
}
