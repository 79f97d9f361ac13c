import { MynakitError } from "../../../errors.ts";
import { hintFromAtr } from "../../atr-hints.ts";
import type { CardConnection, ConnectOptions, Reader, ReaderBackend, ReaderState } from "../../reader.ts";
import { type Sleep, within } from "../waiting.ts";
import { NativeCalls } from "./calls.ts";
import { connectCard } from "./connection.ts";
import { translate } from "./errors.ts";
import { Monitor, type WatchedReader } from "./monitor.ts";
import { type LoadPcsc, loadFactory, type NativeReader } from "./native.ts";

export interface PcscOptions {
  /** `importPcsclite`; tests hand in a package of their own. */
  readonly load: LoadPcsc;
  readonly platform: NodeJS.Platform;
  readonly sleep: Sleep;
  /** Who asks, for the message of an access that was denied. */
  readonly user?: string;
}

export interface PcscBackend extends ReaderBackend {
  /** True while a native call has not come back: `process.exit` would wait for it, a signal to ourselves does not. */
  readonly stuck: boolean;
}

/**
 * The back end of `pcsc:NAME`: the readers of the system's PC/SC service through the pcsclite package, loaded when first
 * needed. One context serves all; after the service has failed, the next call begins with a new one.
 */
export function pcscBackend(options: PcscOptions): PcscBackend {
  const service = new Service(options);
  return {
    list: () => service.list(),
    open: (name, connectOptions) => service.open(name, connectOptions),
    close: async () => service.close(),
    get stuck() {
      return service.calls.stuck;
    },
  };
}

class Service {
  readonly calls: NativeCalls;
  readonly #options: PcscOptions;
  #monitor: Monitor | undefined;

  constructor(options: PcscOptions) {
    this.#options = options;
    this.calls = new NativeCalls(options.sleep);
  }

  async list(): Promise<ReaderState[]> {
    const readers = await this.#about("", (monitor) => monitor.readers());
    return readers.map(({ name, card }) => ({ name, uri: uriOf(name), backend: "pcsc", card }));
  }

  async open(name: string, options: ConnectOptions): Promise<Reader> {
    const readers = await this.#about("", (monitor) => monitor.readers());
    if (readers.length === 0) throw new MynakitError("ERR_READER_NONE", {});
    const chosen = name === "" ? await this.#onlyCard(readers, options) : named(name, readers);
    return { uri: uriOf(chosen), simulated: false, connect: (how) => this.#connect(chosen, how) };
  }

  close(): void {
    this.#monitor?.close();
    this.#monitor = undefined;
  }

  /** The reader that holds the only card; waits for one where there is none. */
  #onlyCard(readers: readonly WatchedReader[], options: ConnectOptions): Promise<string> {
    const names = readers.map(({ name }) => name).join(", ");
    return this.#waitFor(names, options, (present) => {
      const holders = present.filter(holdsCard).map(({ name }) => name);
      if (holders.length > 1) throw new MynakitError("ERR_READER_AMBIGUOUS", { given: "", readers: holders });
      return holders[0];
    });
  }

  async #connect(name: string, options: ConnectOptions): Promise<CardConnection> {
    await this.#about(name, (monitor) => monitor.readers());
    const atr = await this.#waitFor(name, options, (readers) => {
      const reader = readers.find((candidate) => candidate.name === name);
      if (!reader) throw new MynakitError("ERR_READER_GONE", { reader: name });
      if (reader.card?.atr === null) throw new MynakitError("ERR_CARD_MUTE", { reader: name });
      return reader.card?.atr;
    });
    return this.#about(name, async (monitor) => {
      const native = monitor.take(name);
      if (!native) throw new MynakitError("ERR_READER_GONE", { reader: name });
      return this.#hold(monitor, native, atr, options.signal);
    });
  }

  async #hold(monitor: Monitor, native: NativeReader, atr: Uint8Array, signal: AbortSignal): Promise<CardConnection> {
    const released = () => monitor.giveBack(native);
    const { sleep } = this.#options;
    try {
      return await connectCard({
        native,
        atr,
        context: this.#context(native.name),
        calls: this.calls,
        sleep,
        signal,
        released,
      });
    } catch (error) {
      released();
      throw error;
    }
  }

  /** What `probe` finds among the readers, now or within the wait that the options allow. @throws ERR_CARD_ABSENT after it */
  #waitFor<T>(reader: string, options: ConnectOptions, probe: (readers: WatchedReader[]) => T | undefined): Promise<T> {
    return this.#about(reader, (monitor) =>
      within(options.waitForCard, monitor.until(probe), {
        sleep: this.#options.sleep,
        signal: options.signal,
        late: () => {
          throw new MynakitError("ERR_CARD_ABSENT", { reader });
        },
      }),
    );
  }

  /** Does something with the service; its failures become ours. */
  async #about<T>(reader: string, action: (monitor: Monitor) => Promise<T>): Promise<T> {
    const monitor = await this.#open();
    try {
      return await action(monitor);
    } catch (error) {
      throw error instanceof MynakitError ? error : translate(error, this.#context(reader));
    }
  }

  async #open(): Promise<Monitor> {
    if (this.#monitor && !this.#monitor.failed) return this.#monitor;
    const factory = await loadFactory(this.#options.load, this.#options.platform);
    this.close();
    try {
      this.#monitor = new Monitor(factory);
      return this.#monitor;
    } catch (error) {
      throw translate(error, this.#context(""));
    }
  }

  #context(reader: string) {
    return { platform: this.#options.platform, user: this.#options.user ?? "", reader };
  }
}

function uriOf(name: string): string {
  return `pcsc:${name}`;
}

/** A security module inside a reader shows as a card that is always there: nobody means that one. */
function holdsCard({ card }: WatchedReader): boolean {
  return card !== null && (card.atr === null || hintFromAtr(card.atr)?.kind !== "sam");
}

/** The reader of this name, else the only one whose name contains it, capital or small. */
function named(given: string, readers: readonly WatchedReader[]): string {
  const names = readers.map(({ name }) => name);
  if (names.includes(given)) return given;
  const [first, ...others] = names.filter((name) => name.toLowerCase().includes(given.toLowerCase()));
  if (first === undefined) throw new MynakitError("ERR_READER_NOT_FOUND", { given, readers: names });
  if (others.length > 0) throw new MynakitError("ERR_READER_AMBIGUOUS", { given, readers: [first, ...others] });
  return first;
}
