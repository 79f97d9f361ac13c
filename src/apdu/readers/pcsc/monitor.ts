import type { Listed, NativeReader, PcscFactory } from "./native.ts";

/** SCARD_STATE bits (winscard.h); the high word of a state counts events. */
const statePresent = 0x20;
const stateMute = 0x200;

/** What is known of a reader: `card` null without one, its `atr` null where it does not answer. */
export interface WatchedReader {
  readonly name: string;
  readonly card: { readonly atr: Uint8Array | null } | null;
}

interface Watch {
  readonly native: NativeReader;
  /** Undefined until the first status has come. */
  reader: WatchedReader | undefined;
  /** The native reader that connects; made when first needed. */
  hand: NativeReader | undefined;
}

/** Native readers made by us: their destructor reads a field that only a watch sets, so none may ever be collected. */
const neverCollected = new Set<NativeReader>();

/**
 * Follows readers and cards over one PC/SC context for as long as the process lives. pcsclite 1.0.1 needs care in three
 * places:
 *
 * - It says nothing where no reader is connected: its private `start` is wrapped to learn that the list has come.
 * - A status event waits, in the main thread, for a mutex that a transmit of the same object holds: one card that never
 *   answers would stop timers and signals. So one native object watches and another one connects.
 * - Its `close` waits for the watching thread, for ever where that misses the cancellation (50 ms; a reader with a mute
 *   card is deaf for 400). So nothing is closed: a process with a monitor ends by `process.exit`.
 */
export class Monitor {
  readonly #watches = new Map<string, Watch>();
  #listed = false;
  #failure: { readonly error: unknown } | undefined;
  #waiters: (() => void)[] = [];

  /** @throws what the factory throws at once where the service is not there */
  constructor(factory: PcscFactory) {
    const context = factory();
    const { start } = context;
    context.start = (listed: Listed) =>
      start.call(context, (error, names) => {
        listed(error, names);
        this.#listed = true;
        this.#changed();
      });
    // An error without a listener would end the process.
    context.on("error", (error: unknown) => {
      this.#failure ??= { error };
      this.#changed();
    });
    context.on("reader", (native: NativeReader) => this.#watch(native));
  }

  /** True once the service has failed or stopped: nothing more will come from this monitor. */
  get failed(): boolean {
    return this.#failure !== undefined;
  }

  /**
   * What `probe` makes of all readers as soon as that is not undefined: asked when every reader has told its state, and
   * after every change. `waiting` is called once, where it has to be waited for.
   * @throws the native error where the service fails
   */
  async until<T>(probe: (readers: WatchedReader[]) => T | undefined, waiting = (): void => {}): Promise<T> {
    for (let told = false; ; ) {
      if (this.#failure) throw this.#failure.error;
      const readers = this.#complete();
      const found = readers && probe(readers);
      if (found !== undefined) return found;
      if (readers && !told) {
        told = true;
        waiting();
      }
      await new Promise<void>((resolve) => this.#waiters.push(resolve));
    }
  }

  /** The native reader to connect with; undefined where the reader is gone. */
  hand(name: string): NativeReader | undefined {
    const watch = this.#watches.get(name);
    if (!watch) return undefined;
    // What could not be disconnected stays "connected", and would not connect again.
    if (!watch.hand || watch.hand.connected) {
      watch.hand = new watch.native.constructor(name);
      neverCollected.add(watch.hand);
    }
    return watch.hand;
  }

  #complete(): WatchedReader[] | undefined {
    const readers = [...this.#watches.values()].flatMap(({ reader }) => reader ?? []);
    return this.#listed && readers.length === this.#watches.size ? readers : undefined;
  }

  #watch(native: NativeReader): void {
    const { name } = native;
    const watch: Watch = { native, reader: undefined, hand: undefined };
    this.#watches.set(name, watch);
    native.on("status", ({ state, atr }: { state: number; atr?: Uint8Array }) => {
      watch.reader = { name, card: cardIn(state, atr) };
      this.#changed();
    });
    const gone = () => {
      if (this.#watches.get(name) === watch) this.#watches.delete(name);
      this.#changed();
    };
    native.on("end", gone);
    native.on("error", gone);
  }

  #changed(): void {
    for (const wake of this.#waiters.splice(0)) wake();
  }
}

/** A card without an ATR that is not called mute is just being powered: as if it were not there yet. */
function cardIn(state: number, atr: Uint8Array = new Uint8Array()): WatchedReader["card"] {
  if ((state & statePresent) === 0) return null;
  if ((state & stateMute) !== 0) return { atr: null };
  return atr.length === 0 ? null : { atr: new Uint8Array(atr) };
}
