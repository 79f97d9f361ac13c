import type { CommandApdu } from "../apdu/command.ts";
import type { ResponseApdu } from "../apdu/response.ts";
import { type PinId, pinReferences } from "../jpki/applications.ts";
import type { CardImage, ClosedFileImage, FileImage, KeyImage, PinImage, RecordFileImage } from "./image.ts";
import type { Session } from "./session.ts";

/** A VERIFY or CHANGE REFERENCE DATA that carried data, for the oracle of tests. Never the value. */
export interface PinEvent {
  readonly command: "verify" | "change";
  readonly reference: PinId;
  /** The counter before and after. */
  readonly before: number;
  readonly after: number;
  /** Whether the value was right; for a change: whether it was made. */
  readonly matched: boolean;
}

/** What the instructions of the card work on. */
export interface CardOs {
  readonly image: CardImage;
  readonly session: Session;
  /** Makes the image durable; returns before any answer may leave. */
  persist(): void;
  record(event: PinEvent): void;
  random(length: number): Uint8Array;
}

/** A command, and in which of the two forms of length fields it came. */
export interface ReceivedCommand extends CommandApdu {
  readonly extended: boolean;
}

/** Ends a command with a status word other than 9000. */
export class Refusal extends Error {
  readonly sw: number;

  constructor(sw: number) {
    super(sw.toString(16));
    this.sw = sw;
  }
}

export const success = (data: Uint8Array = new Uint8Array()): ResponseApdu => ({ data, sw: 0x9000 });

export type Entry =
  | { readonly kind: "data"; readonly file: FileImage }
  | { readonly kind: "records"; readonly file: RecordFileImage }
  | { readonly kind: "closed"; readonly as: ClosedFileImage["as"] }
  | { readonly kind: "key"; readonly key: KeyImage }
  | { readonly kind: "pin"; readonly pin: PinImage };

/** What stands in for an application where none is selected. */
const cardManager = "isd";

/** The EF of the current application with this identifier. */
export function findEntry({ image, session }: CardOs, id: number): Entry | undefined {
  const here = (entry: { application: string; file: number }) =>
    entry.application === (session.application ?? cardManager) && entry.file === id;
  const file = image.files.find(here);
  if (file) return { kind: "data", file };
  const records = image.recordFiles.find(here);
  if (records) return { kind: "records", file: records };
  const closed = image.closedFiles.find(here);
  if (closed) return { kind: "closed", as: closed.as };
  const key = image.keys.find(here);
  if (key) return { kind: "key", key };
  const reference = pinReferences.find(here);
  const pin = image.pins.find((candidate) => candidate.id === reference?.id);
  return pin && { kind: "pin", pin };
}

/** The key that the current application keeps for a purpose of its own. */
export function findKey({ image, session }: CardOs, use: KeyImage["use"]): KeyImage | undefined {
  return image.keys.find((key) => key.application === session.application && key.use === use);
}

/** @throws {Refusal} 6982 where none of the PINs that open the file was verified */
export function requireOpen({ session }: CardOs, { read }: { readonly read: readonly PinId[] }): void {
  if (read.length > 0 && !read.some((pin) => session.verified.has(pin))) throw new Refusal(0x6982);
}

/** The current EF. @throws {Refusal} 6986 where none is selected */
export function currentEntry(os: CardOs): Entry {
  const entry = os.session.file === null ? undefined : findEntry(os, os.session.file);
  if (!entry) throw new Refusal(0x6986);
  return entry;
}

/**
 * The EF that P2 names: 80 the current one, 80 + a short EF identifier that one (ISO/IEC 7816-4, JICSAP).
 * @throws {Refusal} 6A86, 6986, 6A82, or what the card answers where it takes no short EF identifiers
 */
export function referencedEntry(os: CardOs, p2: number, kind: "verify" | "sign"): Entry {
  if (p2 === 0x80) return currentEntry(os);
  const id = p2 - 0x80;
  if (id < 0x01 || id > 0x1e) throw new Refusal(0x6a86);
  return entryByShortId(os, id, kind);
}

/** @throws {Refusal} 6A82, or what the card answers where it takes no short EF identifiers */
export function entryByShortId(os: CardOs, id: number, kind: "read" | "verify" | "sign"): Entry {
  const refused = os.image.switches.shortFileId[kind];
  if (refused !== null) throw new Refusal(Number.parseInt(refused, 16));
  const entry = findEntry(os, id);
  if (!entry) throw new Refusal(0x6a82);
  return entry;
}
