/** The objects of a PDF file (ISO 32000-2, 7.3), as values. Numbers, booleans and null are those of the language. */
export type PdfObject =
  | null
  | boolean
  | number
  | PdfName
  | PdfString
  | PdfArray
  | PdfDictionary
  | PdfStream
  | PdfReference;

/** `name` has one character a byte, with `#xx` undone. */
export interface PdfName {
  readonly kind: "name";
  readonly name: string;
}

export interface PdfString {
  readonly kind: "string";
  readonly bytes: Uint8Array;
  /** Where it stands in what it was read from, brackets included. */
  readonly start: number;
  readonly end: number;
}

export interface PdfArray {
  readonly kind: "array";
  readonly items: readonly PdfObject[];
}

export interface PdfDictionary {
  readonly kind: "dictionary";
  readonly entries: ReadonlyMap<string, PdfObject>;
}

export interface PdfStream {
  readonly kind: "stream";
  readonly dictionary: PdfDictionary;
  /** As it stands in the file: filters not undone. */
  readonly data: Uint8Array;
}

export interface PdfReference {
  readonly kind: "reference";
  readonly number: number;
  readonly generation: number;
}

export const name = (text: string): PdfName => ({ kind: "name", name: text });
export const array = (...items: readonly PdfObject[]): PdfArray => ({ kind: "array", items });
export const reference = (number: number, generation = 0): PdfReference => ({ kind: "reference", number, generation });
export const dictionary = (entries: Readonly<Record<string, PdfObject>>): PdfDictionary => ({
  kind: "dictionary",
  entries: new Map(Object.entries(entries)),
});

/** A dictionary with other or further entries. */
export const withEntries = (base: PdfDictionary, entries: Readonly<Record<string, PdfObject>>): PdfDictionary => ({
  kind: "dictionary",
  entries: new Map([...base.entries, ...Object.entries(entries)]),
});

type Kinds = Exclude<PdfObject, null | boolean | number>;

/** The object where it is of a kind, else undefined. */
export function asKind<K extends Kinds["kind"]>(
  object: PdfObject | undefined,
  kind: K,
): Extract<Kinds, { kind: K }> | undefined {
  const known = typeof object === "object" && object !== null && object.kind === kind;
  return known ? (object as Extract<Kinds, { kind: K }>) : undefined;
}

/** The text of a name, else undefined. */
export const nameOf = (object: PdfObject | undefined): string | undefined => asKind(object, "name")?.name;

/** A whole number from 0, else undefined. */
export const countOf = (object: PdfObject | undefined): number | undefined =>
  typeof object === "number" && Number.isSafeInteger(object) && object >= 0 ? object : undefined;

/** The bytes of a text string: ASCII where that is enough, else UTF-16 with its mark (7.9.2.2). */
export function textString(text: string): PdfString {
  const ascii = /^[\x20-\x7e]*$/.test(text);
  const bytes = ascii ? Buffer.from(text, "latin1") : Buffer.from(`\ufeff${text}`, "utf16le").swap16();
  return { kind: "string", bytes: new Uint8Array(bytes), start: 0, end: 0 };
}

/** What a text string says; undefined: it is none. Characters of PDFDocEncoding beyond Latin-1 are not told apart. */
export function textOf(object: PdfObject | undefined): string | undefined {
  const bytes = asKind(object, "string")?.bytes;
  if (!bytes) return undefined;
  const [first, second, third] = bytes;
  if (first === 0xfe && second === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  if (first === 0xef && second === 0xbb && third === 0xbf) return new TextDecoder().decode(bytes);
  return Buffer.from(bytes).toString("latin1");
}
