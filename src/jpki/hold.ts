import type { Channel } from "../apdu/channel.ts";
import type { ApplicationName } from "./applications.ts";

/** What one hold has learned about its card, so that nothing is asked twice. */
export interface CardMemory {
  /** The application that is selected; null: not known. */
  application: ApplicationName | null;
  /** False once the card has refused a short file id: files are then selected first. */
  shortFileIds: boolean;
  /** False once the card has refused an extended Le, or where nothing announces it. */
  extendedLength: boolean;
  /** True once the card said that somebody's PIN stands verified. */
  verifiedSeen: boolean;
}

/** A card within one exclusive hold. Its `transmit` carries harmless commands only: PINs go through `pin/guard.ts`. */
export interface Card extends Channel {
  /** The reader's name as its back end spells it. */
  readonly reader: string;
  readonly atr: Uint8Array;
  readonly memory: CardMemory;
}
