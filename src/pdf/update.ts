import { array, dictionary, name, type PdfDictionary, type PdfObject, type PdfReference, reference } from "./object.ts";
import type { Revision } from "./revision.ts";
import { serialise } from "./serialise.ts";

interface Written {
  readonly number: number;
  readonly generation: number;
  readonly bytes: Buffer;
}

/** What an incremental update adds to a file (ISO 32000-2, 7.5.6): objects, and where they are. */
export interface Update {
  /** The number of a new object. */
  add(): PdfReference;
  /** An object as it will be; one that was there is replaced. */
  put(at: PdfReference, object: PdfObject): void;
  /** An object as the bytes between `obj` and `endobj`. */
  putBytes(at: PdfReference, bytes: Buffer): void;
  /**
   * The bytes to go behind those of the file.
   * @param identifier 16 bytes that tell this state of the file from others
   */
  finish(identifier: Uint8Array): Buffer;
}

/** Begins an update. Its cross-references have the form of the newest ones of the file, as readers of old files expect. */
export function beginUpdate(revision: Revision): Update {
  const written: Written[] = [];
  let next = Math.max(...revision.sections.map(({ trailer }) => sizeOf(trailer)), highest(revision) + 1);
  const add = (): PdfReference => {
    next += 1;
    return reference(next - 1);
  };
  const putBytes = ({ number, generation }: PdfReference, bytes: Buffer): void => {
    written.push({ number, generation, bytes });
  };
  return {
    add,
    putBytes,
    put: (at, object) => putBytes(at, Buffer.from(serialise(object), "latin1")),
    finish: (identifier) => finished(revision, { written, add, size: () => next, identifier }),
  };
}

/** A stream as the bytes of an object. */
export function streamBytes(parameters: PdfDictionary, data: string): Buffer {
  const head = serialise({ kind: "dictionary", entries: new Map([...parameters.entries, ["Length", data.length]]) });
  return Buffer.from(`${head}\nstream\n${data}\nendstream`, "latin1");
}

interface Finishing {
  readonly written: readonly Written[];
  readonly add: () => PdfReference;
  readonly size: () => number;
  readonly identifier: Uint8Array;
}

function finished(revision: Revision, { written, add, size, identifier }: Finishing): Buffer {
  const [newest] = revision.sections;
  // What is behind the file begins on a line of its own.
  const parts: Buffer[] = [Buffer.from("\n")];
  let at = revision.bytes.length + 1;
  const places: Place[] = [];
  for (const { number, generation, bytes } of written) {
    const whole = Buffer.concat([Buffer.from(`${number} ${generation} obj\n`), bytes, Buffer.from("\nendobj\n")]);
    places.push({ number, generation, offset: at });
    parts.push(whole);
    at += whole.length;
  }
  const stream = newest.form === "stream" ? add() : undefined;
  if (stream) places.push({ ...stream, offset: at });
  places.sort((one, other) => one.number - other.number);
  const trailer = trailerOf(revision, size(), identifier);
  const section = stream
    ? crossReferenceStream(trailer, places, stream)
    : `${crossReferenceTable(places)}trailer\n${serialise(trailer)}`;
  return Buffer.concat([...parts, Buffer.from(`${section}\nstartxref\n${at}\n%%EOF\n`, "latin1")]);
}

interface Place {
  readonly number: number;
  readonly generation: number;
  readonly offset: number;
}

function trailerOf(
  { trailer: { entries }, sections: [newest], resolve }: Revision,
  size: number,
  identifier: Uint8Array,
) {
  const kept = ["Root", "Info"].flatMap((key) => {
    const value = entries.get(key);
    return value === undefined ? [] : [[key, value] as const];
  });
  const identifiers = resolve(entries.get("ID"));
  const [first] = typeof identifiers === "object" && identifiers?.kind === "array" ? identifiers.items : [];
  const now: PdfObject = { kind: "string", bytes: identifier, start: 0, end: 0 };
  return dictionary({ ...Object.fromEntries(kept), Size: size, Prev: newest.offset, ID: array(first ?? now, now) });
}

/** Entries of 20 bytes each (7.5.4), one subsection an object. */
function crossReferenceTable(places: readonly Place[]): string {
  const line = ({ number, generation, offset }: Place): string =>
    `${number} 1\n${String(offset).padStart(10, "0")} ${String(generation).padStart(5, "0")} n \n`;
  return `xref\n${places.map(line).join("")}`;
}

/** The same as a stream (7.5.8): for each object its kind, its place in five bytes, its generation in two. */
function crossReferenceStream(
  trailer: PdfDictionary,
  places: readonly Place[],
  { number, generation }: PdfReference,
): string {
  const data = Buffer.alloc(places.length * 8);
  for (const [row, place] of places.entries()) {
    data.writeUInt8(1, row * 8);
    data.writeUIntBE(place.offset, row * 8 + 1, 5);
    data.writeUInt16BE(place.generation, row * 8 + 6);
  }
  const own = dictionary({
    Type: name("XRef"),
    W: array(1, 5, 2),
    Index: array(...places.flatMap((place) => [place.number, 1])),
  });
  const parameters = { kind: "dictionary", entries: new Map([...own.entries, ...trailer.entries]) } as const;
  const bytes = streamBytes(parameters, data.toString("latin1")).toString("latin1");
  return `${number} ${generation} obj\n${bytes}\nendobj`;
}

const sizeOf = ({ entries }: PdfDictionary): number => {
  const size = entries.get("Size");
  return typeof size === "number" ? size : 0;
};

const highest = ({ sections }: Revision): number =>
  sections.reduce((most, { entries }) => [...entries.keys()].reduce((one, other) => Math.max(one, other), most), 0);
