import { EventEmitter } from "node:events";
import type { Listed, NativeContext, NativeReader, PcscFactory } from "../../../src/apdu/readers/pcsc/native.ts";

/** An error as pcsclite makes them: the code stands in the text alone. */
export function scardError(call: string, code: string, text = "Some words."): Error {
  return new Error(`${call} error: ${text}(0x${code})`);
}

export const empty = { state: 0x10 };
export const withCard = (atr: string) => ({ state: 0x10020, atr: Buffer.from(atr, "hex") });
export const mute = { state: 0x10220 };

type Status = { state: number; atr?: Buffer };
type Outcome<T> = T | Error | "never";

/** What the native reader of a name does when called; a test changes it as it goes. */
export interface Behaviour {
  status: Status | "none";
  connect: Outcome<number>[];
  transmit: Outcome<Buffer>[];
  disconnect: Outcome<null>[];
  control: Outcome<Buffer>[];
}

/** Stands in for the pcsclite package, with its ways as they were measured on the real one. */
export class FakePcsclite {
  readonly behaviours = new Map<string, Behaviour>();
  readonly calls: string[] = [];
  contexts = 0;
  #emitter: EventEmitter | undefined;
  #relist: (() => void) | undefined;
  readonly #watching = new Map<string, NativeReader>();

  readonly load = async (): Promise<PcscFactory> => () => this.#context();

  reader(name: string, status: Behaviour["status"] = empty): Behaviour {
    const behaviour: Behaviour = { status, connect: [], transmit: [], disconnect: [], control: [] };
    this.behaviours.set(name, behaviour);
    return behaviour;
  }

  /** The card in a reader changes. */
  changes(name: string, status: Status): void {
    const behaviour = this.behaviours.get(name);
    if (behaviour) behaviour.status = status;
    this.#watching.get(name)?.emit("status", status);
  }

  plugged(name: string, status: Behaviour["status"] = empty): void {
    this.reader(name, status);
    this.#relist?.();
  }

  /** The thread that watches the reader ends; the service lists the rest. */
  unplugged(name: string): void {
    this.behaviours.delete(name);
    this.#watching.get(name)?.emit("end");
    this.#watching.delete(name);
    this.#relist?.();
  }

  /** The service dies: every reader and the context say so. */
  dies(): void {
    const error = scardError("SCardGetStatusChange", "80100013");
    for (const reader of this.#watching.values()) {
      reader.emit("error", error);
      reader.emit("end");
    }
    this.#watching.clear();
    this.#emitter?.emit("error", error);
  }

  #context(): NativeContext {
    this.contexts++;
    const emitter = new EventEmitter();
    const context = Object.assign(emitter, {
      start: (listed: Listed) => {
        this.#relist = () => listed(undefined, Buffer.alloc(0));
        this.#relist();
      },
    });
    this.#emitter = emitter;
    // The package lists the readers in its own callback, and says nothing where there is none.
    process.nextTick(() => context.start(() => this.#watchNew(emitter)));
    return context;
  }

  #watchNew(emitter: EventEmitter): void {
    for (const [name, { status }] of this.behaviours) {
      if (this.#watching.has(name)) continue;
      const reader = new (this.#readerClass())(name);
      this.#watching.set(name, reader);
      if (status !== "none") setImmediate(() => reader.emit("status", status));
      emitter.emit("reader", reader);
    }
  }

  #readerClass(): new (name: string) => NativeReader {
    const fake = this;
    class FakeReader extends EventEmitter {
      readonly name: string;
      connected = false;

      constructor(name: string) {
        super();
        this.name = name;
      }

      connect(
        options: { share_mode: number; protocol: number },
        done: (error: Error | null, protocol?: number) => void,
      ): void {
        fake.calls.push(`connect ${this.name} ${options.share_mode} ${options.protocol}`);
        // The trap: no error, and no protocol either.
        if (this.connected) done(null);
        else
          this.#settle(fake.behaviours.get(this.name)?.connect, 2, (error, protocol) => {
            this.connected = !error;
            done(error, protocol);
          });
      }

      disconnect(disposition: number, done: (error: Error | null) => void): void {
        fake.calls.push(`disconnect ${this.name} ${disposition}`);
        this.#settle(fake.behaviours.get(this.name)?.disconnect, null, (error) => {
          if (!error) this.connected = false;
          done(error);
        });
      }

      transmit(command: Buffer, room: number, protocol: number, done: (e: Error | null, r: Buffer) => void): void {
        fake.calls.push(`transmit ${command.toString("hex")} ${room} ${protocol}`);
        this.#settle(fake.behaviours.get(this.name)?.transmit, Buffer.from([0x90, 0x00]), done);
      }

      control(_input: Buffer, code: number, _room: number, done: (e: Error | null, r: Buffer) => void): void {
        fake.calls.push(`control ${code.toString(16)}`);
        const refusal = scardError("SCardControl", "8010001f");
        this.#settle<Buffer>(fake.behaviours.get(this.name)?.control, refusal, done);
      }

      #settle<T>(
        outcomes: Outcome<T>[] | undefined,
        otherwise: Outcome<T>,
        done: (error: Error | null, value: T) => void,
      ): void {
        const outcome = outcomes && outcomes.length > 0 ? outcomes.shift() : otherwise;
        if (outcome === "never" || outcome === undefined) return;
        setImmediate(() => (outcome instanceof Error ? done(outcome, undefined as T) : done(null, outcome as T)));
      }
    }
    return FakeReader as unknown as new (
      name: string,
    ) => NativeReader;
  }
}
