import { type Entry, readSections, type Section } from "./cross-references.ts";
import { asKind, countOf, type PdfDictionary, type PdfObject } from "./object.ts";
import { PdfParser } from "./parse.ts";
import { unpacker } from "./unpack.ts";

/** A PDF file as one of its writes left it: the bytes from the first to the end of that write. */
export interface Revision {
  readonly bytes: Uint8Array;
  /** Newest first; the trailer of the first one counts. */
  readonly sections: readonly [Section, ...Section[]];
  readonly trailer: PdfDictionary;
  readonly catalog: PdfDictionary;
  entry(number: number): Entry;
  /** What an indirect object is; null where there is none with this number and generation. */
  object(number: number, generation?: number): PdfObject;
  /** The object that a reference means, or the object itself. */
  resolve(object: PdfObject | undefined): PdfObject;
}

/** Of references that mean references, and of objects that are needed to read one. */
const longestChain = 8;

/**
 * Opens a file by its cross-references alone, as ISO 32000-2 asks for; what they leave out is not searched for.
 * Encryption is not looked at. Objects are read when asked for; asking can throw SyntaxError, too.
 * @throws {SyntaxError}
 */
export function openRevision(bytes: Uint8Array): Revision {
  if (Buffer.from(bytes.subarray(0, 5)).toString("latin1") !== "%PDF-") throw new SyntaxError("it is not a PDF");
  const unpack = unpacker();
  const sections = readSections(bytes, unpack);
  const merged = new Map(sections.toReversed().flatMap(({ entries }) => [...entries]));
  const read = bounded(bytes.length);
  const objects = new Map<number, PdfObject>();
  const containers = new Map<number, readonly PackedObject[]>();
  const underway = new Set<number>();

  const entry = (number: number): Entry => merged.get(number) ?? { kind: "free" };

  const object = (number: number, generation = 0): PdfObject => {
    const place = entry(number);
    if (place.kind === "free") return null;
    // Readers that look at numbers alone would show what the others do not.
    if ((place.kind === "plain" ? place.generation : 0) !== generation)
      throw new SyntaxError(`object ${number} is of another generation`);
    const known = objects.get(number);
    if (known !== undefined) return known;
    if (underway.has(number) || underway.size > longestChain) throw new SyntaxError(`object ${number} needs itself`);
    underway.add(number);
    const found = place.kind === "plain" ? plain(number, place) : packed(number, place);
    underway.delete(number);
    objects.set(number, found);
    return found;
  };

  const resolve = (given: PdfObject | undefined): PdfObject => {
    let found = given ?? null;
    for (let step = 0; step < longestChain; step += 1) {
      const reference = asKind(found, "reference");
      if (!reference) return found;
      found = object(reference.number, reference.generation);
    }
    throw new SyntaxError("a reference leads nowhere");
  };

  const lengthOf = (length: PdfObject | undefined): number => {
    const known = countOf(resolve(length));
    if (known === undefined) throw new SyntaxError("the length of a stream is missing");
    return known;
  };

  const plain = (number: number, { offset, generation }: Extract<Entry, { kind: "plain" }>): PdfObject => {
    const parser = new PdfParser(bytes, offset);
    const found = parser.indirect(lengthOf);
    read(parser.at - offset);
    if (found.number === number && found.generation === generation) return found.object;
    throw new SyntaxError(`object ${number} is not where it should be`);
  };

  const packed = (number: number, { container, index }: Extract<Entry, { kind: "packed" }>): PdfObject => {
    const found = unpackedContainer(container)[index];
    if (found?.number !== number) throw new SyntaxError(`object ${number} is not where it should be`);
    return found.parse();
  };

  const unpackedContainer = (number: number): readonly PackedObject[] => {
    const known = containers.get(number);
    if (known) return known;
    const stream = entry(number).kind === "plain" ? asKind(object(number), "stream") : undefined;
    if (!stream) throw new SyntaxError(`there is no object stream ${number}`);
    const parameter = (key: string) => countOf(resolve(stream.dictionary.entries.get(key))) ?? 0;
    const found = packedObjects(unpack(stream), parameter("N"), parameter("First"));
    containers.set(number, found);
    return found;
  };

  const trailer = sections[0].trailer;
  const catalog = asKind(resolve(trailer.entries.get("Root")), "dictionary");
  if (!catalog) throw new SyntaxError("there is no catalog");
  return { bytes, sections, trailer, catalog, entry, object, resolve };
}

/** Counts what has been read: more than there is only where objects stand in one another, each time to be read anew. */
function bounded(length: number): (bytes: number) => void {
  let left = length;
  return (bytes) => {
    left -= bytes;
    if (left < 0) throw new SyntaxError("objects stand in one another");
  };
}

interface PackedObject {
  readonly number: number;
  readonly parse: () => PdfObject;
}

/** An object stream begins with pairs of numbers: which object, and where from `first` on (7.5.7). */
function packedObjects(data: Uint8Array, count: number, first: number): PackedObject[] {
  const pairs = new PdfParser(data);
  const read = bounded(data.length);
  const found: PackedObject[] = [];
  for (let index = 0; index < count; index += 1) {
    const number = pairs.integer();
    const at = first + pairs.integer();
    const parse = (): PdfObject => {
      const parser = new PdfParser(data, at);
      const object = parser.object();
      read(parser.at - at);
      return object;
    };
    found.push({ number, parse });
  }
  return found;
}
