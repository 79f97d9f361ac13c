import type { MynakitError } from "../errors.ts";
import type { Channel } from "./channel.ts";

/** What happens to the card when we let it go (PC/SC: SCARD_LEAVE_CARD, SCARD_RESET_CARD, SCARD_UNPOWER_CARD). */
export type Disposition = "leave" | "reset" | "unpower";

/** An exclusive hold of one card: no other program can talk to it until `disconnect`. */
export interface CardConnection extends Channel {
  /** The reader's name as its back end spells it. */
  readonly reader: string;
  readonly atr: Uint8Array;
  /** True where the reader is known to carry extended-length APDUs; false when unknown. */
  readonly extendedLength: boolean;
  /** Idempotent. Never throws: a card that is gone is let go all the same. */
  disconnect(disposition: Disposition): Promise<void>;
}

export interface ReaderState {
  readonly name: string;
  /** What `--reader` takes to name exactly this reader: `sim:standard`, `pcsc:Virtual PCD 00 00`. */
  readonly uri: string;
  readonly backend: "pcsc" | "sim" | "replay" | "vpcd";
  /** Null: no card. `atr` null: a card that does not answer (mute). */
  readonly card: { readonly atr: Uint8Array | null } | null;
  /** Why nothing can be said of its card. */
  readonly problem?: MynakitError;
}

export interface ConnectOptions {
  /** How long to wait for a card, in milliseconds; 0: a missing card is an error at once. Infinity: until aborted. */
  readonly waitForCard: number;
  /** Called once a wait for a card begins: somebody has to bring one. */
  readonly waiting?: () => void;
  /** How long to wait for another program to let the card go, in milliseconds; where absent, each back end's own few seconds. */
  readonly waitForHolder?: number;
  readonly signal: AbortSignal;
}

/** A reader that has been chosen. Connecting twice gives two holds, one after the other. */
export interface Reader {
  readonly uri: string;
  /** True for `sim:`, the only back end with which MYNAKIT_NOW is honoured. */
  readonly simulated: boolean;
  /**
   * @throws {MynakitError} ERR_CARD_ABSENT, ERR_CARD_MUTE, ERR_READER_BUSY (held by another program for longer than we wait),
   *   ERR_READER_GONE, ERR_PCSC_*
   */
  connect(options: ConnectOptions): Promise<CardConnection>;
}

/** One way to reach readers. Loaded only when a reader of its kind is asked for. */
export interface ReaderBackend {
  list(): Promise<ReaderState[]>;
  /**
   * The reader that `name` means (the text after `pcsc:` or `sim:`); empty for PC/SC: the one reader that holds a card.
   * @throws {MynakitError} ERR_READER_NONE, ERR_READER_NOT_FOUND, ERR_READER_AMBIGUOUS, ERR_PCSC_*
   */
  open(name: string, options: ConnectOptions): Promise<Reader>;
  /** Frees what the back end holds, so that the process can end. */
  close(): Promise<void>;
}
