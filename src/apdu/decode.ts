import { type Content, type DisclosedApplication, ResponseDisclosure } from "./channels/disclosure.ts";
import { fileRead } from "./channels/selection.ts";
import { type CommandApdu, needsExtendedLength } from "./command.ts";
import { toHex } from "./hex.ts";
import { ins, instructionOf } from "./instructions.ts";
import type { ResponseApdu } from "./response.ts";
import { parseTlvs } from "./tlv.ts";

/** What a command and its answer are about, as far as the dialogue before them tells. */
export interface Decoded {
  readonly name: string | null;
  /** The DF name that it selects, or under which it works, in upper-case hexadecimal. */
  readonly application: string | null;
  /** The elementary file that it selects, reads, or refers to. */
  readonly file: number | null;
  /** READ BINARY: from which byte on. */
  readonly offset: number | null;
  readonly record: number | null;
  /** GET DATA: the tag. */
  readonly object: number | null;
  readonly extended: boolean;
  /** What the answer's data is; null: there is none. */
  readonly content: Content | null;
  /** The data objects of a public answer. */
  readonly objects: readonly DataObject[];
}

export interface DataObject {
  /** 0: outermost. */
  readonly depth: number;
  readonly tag: number;
  readonly length: number;
  /** Null: it consists of the objects behind it that are one deeper. */
  readonly value: Uint8Array | null;
}

/** Puts the exchanges of one session with a card into words; to be told each, in order. */
export class Decoder {
  readonly #disclosure: ResponseDisclosure;

  constructor(applications: readonly DisclosedApplication[]) {
    this.#disclosure = new ResponseDisclosure(applications);
  }

  /** @param response null: there was none, and what is selected is not known from then on */
  exchange(command: CommandApdu, response: ResponseApdu | null): Decoded {
    const { application, file } = this.#disclosure.selection;
    const content = response ? this.#disclosure.contentOf(command, response) : null;
    if (!response) this.#disclosure.forget();
    return {
      name: instructionOf(command)?.name ?? null,
      application: namesApplication(command) ? toHex(command.data ?? new Uint8Array()) : (application ?? null),
      file: fileOf(command, file),
      offset: command.ins === ins.readBinary ? offsetOf(command) : null,
      record: command.ins === ins.readRecord ? command.p1 : null,
      object: command.ins === ins.getData ? command.p1 * 256 + command.p2 : null,
      extended: needsExtendedLength(command),
      content: response && response.data.length > 0 ? content : null,
      objects: content === "public" && response && structured.has(command.ins) ? objectsIn(response.data) : [],
    };
  }
}

/** Instructions whose answers are made of data objects, or of a file that may be. */
const structured: ReadonlySet<number> = new Set([ins.select, ins.readBinary, ins.readRecord, ins.getData]);

const refersByP2: ReadonlySet<number> = new Set([
  ins.verify,
  ins.changeReferenceData,
  ins.changeKey,
  ins.performSecurityOperation,
  ins.internalAuthenticate,
]);

const namesApplication = ({ ins: code, p1 }: CommandApdu): boolean => code === ins.select && p1 === 0x04;

function fileOf(command: CommandApdu, selected: number | undefined): number | null {
  const { ins: code, p1, p2, data } = command;
  if (code === ins.select) return p1 !== 0x04 && data?.length === 2 ? (data[0] ?? 0) * 256 + (data[1] ?? 0) : null;
  if (refersByP2.has(code)) return p2 & 0x80 ? p2 & 0x1f || (selected ?? null) : null;
  return fileRead(command, selected) ?? null;
}

/** With a short file id in P1, the offset has eight bits, else fifteen (ISO/IEC 7816-4:2020, 11.3.2). */
const offsetOf = ({ p1, p2 }: CommandApdu): number => (p1 & 0x80 ? p2 : p1 * 256 + p2);

const deepest = 8;

/** One after the other, as they stand; none where the bytes are not whole data objects. */
function objectsIn(bytes: Uint8Array, depth = 0): DataObject[] {
  let objects: ReturnType<typeof parseTlvs>;
  try {
    objects = parseTlvs(bytes);
  } catch (error) {
    if (error instanceof SyntaxError) return [];
    throw error;
  }
  return objects.flatMap(({ tag, value }) => {
    const inner = isConstructed(tag) && depth < deepest ? objectsIn(value, depth + 1) : [];
    return [{ depth, tag, length: value.length, value: inner.length > 0 ? null : value }, ...inner];
  });
}

/** Bit 6 of the tag's first byte. */
function isConstructed(tag: number): boolean {
  let first = tag;
  while (first > 0xff) first = Math.floor(first / 256);
  return (first & 0x20) !== 0;
}
