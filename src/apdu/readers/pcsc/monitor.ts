import type { Listed, NativeContext, NativeReader, PcscFactory } from "./native.ts";

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
  /** A connection uses the native reader: what we know of it stands still. */
  taken: boolean;
}

/**
 * Follows readers and cards over one PC/SC context. Two things that pcsclite does not do by itself:
 *
 * - It says nothing where no reader is connected, so its private `start` is wrapped to learn that the list has come.
 * - A status event waits, in the main thread, for a mutex that every transmit holds. A card that never answers would
 *   stop timers and signals with it, so the watch of a reader ends before it is connected, and begins anew after.
 */
export class Monitor {
  readonly #context: NativeContext;
  readonly #watches = new Map<string, Watch>();
  #relist: (() => void) | undefined;
  #failure: { readonly error: unknown } | undefined;
  #waiters: (() => void)[] = [];

  /** @throws what the factory throws at once where the service is not there */
  constructor(factory: PcscFactory) {
    const context = factory();
    this.#context = context;
    const { start } = context;
    context.start = (listed: Listed) =>
      start.call(context, (error, names) => {
        listed(error, names);
        if (error) return;
        this.#relist = () => listed(undefined, names);
        this.#changed();
      });
    // Closing always emits an error too, and an error without a listener would end the process.
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

  /** All readers, each with its card as the service sees it now. @throws the native error where the service fails */
  readers(): Promise<WatchedReader[]> {
    this.#relist?.();
    return this.until(allReaders);
  }

  /**
   * What `probe` makes of the readers as soon as that is not undefined: asked now and after every change.
   * @throws the native error where the service fails
   */
  async until<T>(probe: (readers: WatchedReader[]) => T | undefined): Promise<T> {
    for (;;) {
      if (this.#failure) throw this.#failure.error;
      const readers = this.#complete();
      const found = readers && probe(readers);
      if (found !== undefined) return found;
      await new Promise<void>((resolve) => this.#waiters.push(resolve));
    }
  }

  /** The native reader for a connection; undefined where it is gone. To be given back. */
  take(name: string): NativeReader | undefined {
    const watch = this.#watches.get(name);
    if (!watch) return undefined;
    watch.taken = true;
    // Without this pcsclite would forget the reader on its end, and watch it again at the next change of the list.
    watch.native.removeAllListeners("_end");
    watch.native.close();
    return watch.native;
  }

  /** After the connection: the next look at the readers watches this one anew. */
  giveBack(native: NativeReader): void {
    const { name } = native;
    if (this.#watches.get(name)?.native === native) this.#watches.delete(name);
    if (this.#context.readers[name] === native) delete this.#context.readers[name];
  }

  close(): void {
    for (const { native } of this.#watches.values()) native.close();
    this.#watches.clear();
    this.#context.close();
  }

  /** The readers, once the list has come and every one of them has told its state. */
  #complete(): WatchedReader[] | undefined {
    const readers = [...this.#watches.values()].flatMap(({ reader }) => reader ?? []);
    return this.#relist && readers.length === this.#watches.size ? readers : undefined;
  }

  #watch(native: NativeReader): void {
    const { name } = native;
    const watch: Watch = { native, reader: undefined, taken: false };
    this.#watches.set(name, watch);
    native.on("status", ({ state, atr }: { state: number; atr?: Uint8Array }) => {
      watch.reader = { name, card: cardIn(state, atr) };
      this.#changed();
    });
    const gone = () => {
      if (watch.taken || this.#watches.get(name) !== watch) return;
      this.#watches.delete(name);
      this.#changed();
    };
    native.on("end", gone);
    native.on("error", gone);
  }

  #changed(): void {
    for (const wake of this.#waiters.splice(0)) wake();
  }
}

function allReaders(readers: WatchedReader[]): WatchedReader[] {
  return readers;
}

function cardIn(state: number, atr: Uint8Array | undefined): WatchedReader["card"] {
  if ((state & statePresent) === 0) return null;
  const mute = (state & stateMute) !== 0 || !atr || atr.length === 0;
  return { atr: mute ? null : new Uint8Array(atr) };
}
