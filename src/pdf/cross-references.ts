import { asKind, countOf, type PdfDictionary, type PdfStream } from "./object.ts";
import { PdfParser } from "./parse.ts";
import type { Unpack } from "./unpack.ts";

/** Where an object is: from a byte of the file on, or packed into the object stream with a number. */
export type Entry =
  | { readonly kind: "free" }
  | { readonly kind: "plain"; readonly offset: number; readonly generation: number }
  | { readonly kind: "packed"; readonly container: number; readonly index: number };

/** A cross-reference section (ISO 32000-2, 7.5.4 and 7.5.8): what one write of the file changed. */
export interface Section {
  readonly offset: number;
  readonly form: "table" | "stream";
  readonly entries: ReadonlyMap<number, Entry>;
  readonly trailer: PdfDictionary;
}

/** More than any file has. */
const mostSections = 4096;
/** Beyond it nothing is written behind the last cross-references. */
const tailLength = 1024;
const highestNumber = 8_388_607;
/** Of all sections of a file. A few thousand packed bytes are enough for millions, each of which takes memory. */
const mostEntries = 1_000_000;

interface Limits {
  readonly unpack: Unpack;
  /** Entries that may still come. */
  readonly most: number;
}

/**
 * The sections that a file ends with and goes back to, the newest first.
 * @throws {SyntaxError}
 */
export function readSections(bytes: Uint8Array, unpack: Unpack): readonly [Section, ...Section[]] {
  const seen = new Set<number>();
  let left = mostEntries;
  const read = (offset: number): Section[] => {
    if (seen.has(offset) || seen.size > mostSections) throw new SyntaxError("the cross-references go round in circles");
    seen.add(offset);
    const found = readSection(bytes, offset, { unpack, most: left });
    left -= found.reduce((sum, { entries }) => sum + entries.size, 0);
    return found;
  };
  const [newest, ...more] = read(lastStart(bytes));
  if (!newest) throw new SyntaxError("there are no cross-references");
  const sections: [Section, ...Section[]] = [newest, ...more];
  for (;;) {
    const previous = sections.at(-1)?.trailer.entries.get("Prev");
    if (previous === undefined) return sections;
    const offset = countOf(previous);
    if (offset === undefined) throw new SyntaxError("the cross-references do not say what was before them");
    sections.push(...read(offset));
  }
}

/** What stands behind the last `startxref`. */
function lastStart(bytes: Uint8Array): number {
  const from = Math.max(0, bytes.length - tailLength);
  const at = Buffer.from(bytes.subarray(from)).lastIndexOf("startxref");
  if (at < 0) throw new SyntaxError("the end is missing");
  const parser = new PdfParser(bytes, from + at);
  parser.keyword("startxref");
  const offset = parser.integer();
  if (
    !Buffer.from(bytes.subarray(parser.at, parser.at + 8))
      .toString("latin1")
      .trimStart()
      .startsWith("%%EOF")
  ) {
    throw new SyntaxError("the end is missing");
  }
  return offset;
}

/** One section; two where a table has a stream beside it, which says more (7.5.8.4). The last one knows the one before. */
function readSection(bytes: Uint8Array, offset: number, limits: Limits): Section[] {
  const parser = new PdfParser(bytes, offset);
  if (!parser.taken("xref")) return [readStream(bytes, offset, limits)];
  const entries = readTable(parser, limits.most);
  const trailer = parser.dictionary();
  const beside = trailer.entries.get("XRefStm");
  const table: Section = { offset, form: "table", entries, trailer };
  if (beside === undefined) return [table];
  const { entries: hidden } = readStream(bytes, countOf(beside) ?? bytes.length, limits);
  const used = [...entries].filter(([, { kind }]) => kind !== "free");
  // A table calls free what only the stream beside it knows. Readers take the word of the one or of the other.
  if (used.some(([number]) => hidden.has(number))) throw new SyntaxError("an object is in two places");
  return [{ ...table, entries: new Map([...entries, ...hidden, ...used]) }];
}

function readTable(parser: PdfParser, most: number): Map<number, Entry> {
  const entries = new Map<number, Entry>();
  while (!parser.taken("trailer")) {
    const first = parser.integer();
    const count = parser.integer();
    for (let number = first; number < first + count; number += 1) {
      const offset = parser.integer();
      const generation = parser.integer();
      const inUse = parser.taken("n");
      if (!inUse) parser.keyword("f");
      add(entries, most, number, inUse ? { kind: "plain", offset, generation } : { kind: "free" });
    }
  }
  return entries;
}

function add(entries: Map<number, Entry>, most: number, number: number, entry: Entry): void {
  if (entries.size >= most) throw new SyntaxError("the cross-references are too many");
  if (number > highestNumber) throw new SyntaxError("an object's number is too high");
  if (entries.has(number)) throw new SyntaxError(`object ${number} is in two places`);
  entries.set(number, entry);
}

function readStream(bytes: Uint8Array, offset: number, { unpack, most }: Limits): Section {
  const { object } = new PdfParser(bytes, offset).indirect((length) => {
    const known = countOf(length);
    if (known === undefined) throw new SyntaxError("the length of the cross-references is missing");
    return known;
  });
  const stream = asKind(object, "stream");
  if (!stream) throw new SyntaxError("the cross-references are not where they should be");
  return { offset, form: "stream", entries: unpackedEntries(stream, unpack(stream), most), trailer: stream.dictionary };
}

function unpackedEntries(
  { dictionary: { entries: parameters } }: PdfStream,
  data: Uint8Array,
  most: number,
): Map<number, Entry> {
  const numbers = (key: string) => asKind(parameters.get(key), "array")?.items.map(countOf);
  const size = countOf(parameters.get("Size")) ?? 0;
  const [typeWidth, secondWidth, thirdWidth, ...others] = numbers("W") ?? [];
  const widths = [typeWidth, secondWidth, thirdWidth].map((width) => width ?? 9);
  if (others.length > 0 || widths.some((width) => width > 6))
    throw new SyntaxError("the cross-references are malformed");
  const index = numbers("Index") ?? [0, size];
  const entries = new Map<number, Entry>();
  let at = 0;
  const field = (width: number): number => {
    const value = data.subarray(at, at + width).reduce((sum, byte) => sum * 256 + byte, 0);
    at += width;
    return value;
  };
  const width = widths.reduce((sum, each) => sum + each, 0);
  for (let pair = 0; pair < index.length; pair += 2) {
    const [first = 0, count = 0] = [index[pair], index[pair + 1]];
    if (width === 0 || at + count * width > data.length) throw new SyntaxError("the cross-references are cut off");
    for (let number = first; number < first + count; number += 1) {
      const type = typeWidth === 0 ? 1 : field(widths[0] ?? 0);
      const second = field(widths[1] ?? 0);
      add(entries, most, number, entryOf(type, second, field(widths[2] ?? 0)));
    }
  }
  return entries;
}

function entryOf(type: number, second: number, third: number): Entry {
  if (type === 1) return { kind: "plain", offset: second, generation: third };
  return type === 2 ? { kind: "packed", container: second, index: third } : { kind: "free" };
}
