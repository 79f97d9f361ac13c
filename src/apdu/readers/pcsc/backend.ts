import { MynakitError } from "../../../errors.ts";
import { hintFromAtr } from "../../atr-hints.ts";
import type { CardConnection, ConnectOptions, Reader, ReaderBackend, ReaderState } from "../../reader.ts";
import { type Sleep, within } from "../waiting.ts";
import { NativeCalls } from "./calls.ts";
import { connectCard } from "./connection.ts";
import { type FailureContext, translate } from "./errors.ts";
import { Monitor, type WatchedReader } from "./monitor.ts";
import { importPcsclite, type LoadPcsc, loadFactory } from "./native.ts";

export interface PcscOptions {
  /** Tests hand in a package of their own. */
  readonly load?: LoadPcsc;
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
    // A monitor cannot be closed without the danger of a wait without end: see there.
    close: async () => {},
    get stuck() {
      return service.calls.stuck;
    },
  };
}

/** Longer than a service needs that powers up a card meanwhile. */
const listLimit = 5_000;

type Wait = Pick<ConnectOptions, "waitForCard" | "waiting"> & Partial<Pick<ConnectOptions, "signal">>;
type Probe<T> = (readers: WatchedReader[]) => T | undefined;

class Service {
  readonly calls: NativeCalls;
  readonly #options: PcscOptions;
  #monitor: Monitor | undefined;

  constructor(options: PcscOptions) {
    this.#options = options;
    this.calls = new NativeCalls(options.sleep);
  }

  async list(): Promise<ReaderState[]> {
    return (await this.#readers()).map(({ name, card }) => ({ name, uri: uriOf(name), backend: "pcsc", card }));
  }

  async open(given: string, options: ConnectOptions): Promise<Reader> {
    const readers = (await this.#readers()).map(({ name }) => name);
    const name = soleReader(given, readers) ?? (await this.#soleCard(given, readers, options));
    return { uri: uriOf(name), simulated: false, connect: (how) => this.#connect(name, how) };
  }

  #readers(): Promise<WatchedReader[]> {
    const late = new MynakitError("ERR_PCSC_FAILED", { call: "SCardGetStatusChange", code: "8010000A" });
    return this.#waitFor(late, { waitForCard: listLimit }, (readers) => readers);
  }

  /** Of several readers that are meant, the one that holds a card; waits for one where none does. */
  #soleCard(given: string, readers: readonly string[], options: ConnectOptions): Promise<string> {
    const meant = readers.filter((name) => contains(name, given));
    const none =
      given !== "" && options.waitForCard === 0
        ? new MynakitError("ERR_READER_AMBIGUOUS", { given, readers: meant })
        : new MynakitError("ERR_CARD_ABSENT", { reader: meant.join(", ") });
    return this.#waitFor(none, options, (present) => {
      const [first, ...others] = present.filter((reader) => contains(reader.name, given) && holdsCard(reader));
      if (!first || others.length === 0) return first?.name;
      throw new MynakitError("ERR_READER_AMBIGUOUS", { given, readers: [first, ...others].map(({ name }) => name) });
    });
  }

  async #connect(name: string, options: ConnectOptions): Promise<CardConnection> {
    await this.#readers();
    const absent = new MynakitError("ERR_CARD_ABSENT", { reader: name });
    const atr = await this.#waitFor(absent, options, (readers) => {
      const reader = readers.find((candidate) => candidate.name === name);
      if (!reader) throw new MynakitError("ERR_READER_GONE", { reader: name });
      if (reader.card?.atr === null) throw new MynakitError("ERR_CARD_MUTE", { reader: name });
      return reader.card?.atr;
    });
    const { sleep } = this.#options;
    return this.#about(async (monitor) => {
      const native = monitor.hand(name);
      if (!native) throw new MynakitError("ERR_READER_GONE", { reader: name });
      const context = this.#context("connect", name);
      const { signal, waitForHolder } = options;
      return connectCard({
        native,
        atr,
        context,
        calls: this.calls,
        sleep,
        signal,
        ...(waitForHolder !== undefined && { waitForHolder }),
      });
    });
  }

  /** What `probe` finds among the readers, now or within the wait that the options allow; else throws `late`. */
  #waitFor<T>(late: MynakitError, options: Wait, probe: Probe<T>): Promise<T> {
    const { waitForCard, waiting, signal } = options;
    const told = waitForCard > 0 ? waiting : undefined;
    return this.#about((monitor) =>
      within(waitForCard, monitor.until(probe, told), {
        ...(signal && { signal }),
        sleep: this.#options.sleep,
        late: () => {
          throw late;
        },
      }),
    );
  }

  /** Does something with the service; its failures become ours. */
  async #about<T>(action: (monitor: Monitor) => Promise<T>): Promise<T> {
    const monitor = await this.#open();
    try {
      return await action(monitor);
    } catch (error) {
      throw error instanceof MynakitError ? error : translate(error, this.#context("connected"));
    }
  }

  async #open(): Promise<Monitor> {
    const factory = await loadFactory(this.#options.load ?? importPcsclite, this.#options.platform);
    try {
      if (!this.#monitor || this.#monitor.failed) this.#monitor = new Monitor(factory);
      return this.#monitor;
    } catch (error) {
      throw translate(error, this.#context("establish"));
    }
  }

  #context(stage: FailureContext["stage"], reader = ""): FailureContext {
    const { platform, user = "" } = this.#options;
    return { platform, user, reader, stage };
  }
}

function uriOf(name: string): string {
  return `pcsc:${name}`;
}

/** A security module inside a reader shows as a card that is always there: nobody means that one. */
function holdsCard({ card }: WatchedReader): boolean {
  return card !== null && (card.atr === null || hintFromAtr(card.atr)?.kind !== "sam");
}

/** The reader that a name means by itself; undefined where several are meant, as they are by no name. */
function soleReader(given: string, readers: readonly string[]): string | undefined {
  if (readers.length === 0) throw new MynakitError("ERR_READER_NONE", {});
  if (given === "") return undefined;
  if (readers.includes(given)) return given;
  const [first, ...others] = readers.filter((name) => contains(name, given));
  if (first === undefined) throw new MynakitError("ERR_READER_NOT_FOUND", { given, readers: [...readers] });
  return others.length === 0 ? first : undefined;
}

function contains(name: string, given: string): boolean {
  return name.toLowerCase().includes(given.toLowerCase());
}
