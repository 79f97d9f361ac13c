import { parseTlvs, type Tlv, totalLength } from "../apdu/tlv.ts";
import { isError, MynakitError } from "../errors.ts";
import { type FileRequest, readFile } from "./files.ts";
import type { Card } from "./hold.ts";

/** The files about the holder and the card itself; what to call each is in `ui/messages`. */
export type CardFile =
  | "number"
  | "attributes"
  | "text-integrity"
  | "text-certificate"
  | "face"
  | "number-image"
  | "visual-certificate"
  | "serial";

/** Offsets of READ BINARY have fifteen bits: a claim beyond that is nonsense. */
const mostBytes = 0x8000;

/** `problem` never tells what the file holds. */
export const malformed = (file: CardFile, problem: string, cause?: unknown): MynakitError<"ERR_CARD_FILE"> =>
  new MynakitError("ERR_CARD_FILE", { file, problem }, cause === undefined ? {} : { cause });

/**
 * What `parse` makes of a file.
 * @throws {MynakitError} ERR_CARD_FILE where the file is absent (`content` null), or `parse` throws a SyntaxError
 */
export function parsing<T>(file: CardFile, content: Uint8Array | null, parse: (content: Uint8Array) => T): T {
  if (content === null) throw new MynakitError("ERR_CARD_FILE", { file, problem: null });
  try {
    return parse(content);
  } catch (cause) {
    if (cause instanceof SyntaxError) throw malformed(file, cause.message, cause);
    throw cause;
  }
}

export interface CardFileRequest extends Omit<FileRequest, "extent"> {
  readonly name: CardFile;
  /** True where the rest is worth something without it: a file that stays shut counts as absent then. */
  readonly optional?: true;
  /** Bytes of the whole file, where it has no length in itself. */
  readonly size?: number;
}

/**
 * Reads a file that is one data object, without the filler behind it, or one of a fixed size.
 * @returns null where it is absent
 * @throws {MynakitError} ERR_CARD_FILE where its length cannot be read, what `readFile` throws
 */
export async function readCardFile(card: Card, request: CardFileRequest): Promise<Uint8Array | null> {
  const extent = (head: Uint8Array): number => request.size ?? extentOf(head, request.name);
  try {
    return await readFile(card, { ...request, extent });
  } catch (error) {
    if (request.optional && isError(error, "ERR_CARD_ANSWER") && error.details.sw === "6982") return null;
    throw error;
  }
}

function extentOf(head: Uint8Array, name: CardFile): number {
  const length = parsing(name, head, totalLength);
  if (length > mostBytes) throw malformed(name, `it claims to be ${length} bytes long`);
  return length;
}

/** A data object and its own bytes, header included. */
export interface DataObject extends Tlv {
  readonly encoded: Uint8Array;
}

/**
 * The data objects within the one that a file is. More may follow those that are known.
 * @param tags those that stand first, in this order
 * @throws {SyntaxError}
 */
export function dataObjects(content: Uint8Array, outer: number, tags: readonly number[]): DataObject[] {
  const [object, ...more] = parseTlvs(content);
  if (object?.tag !== outer || more.length > 0) throw new SyntaxError(`it is not one object ${outer.toString(16)}`);
  const objects: DataObject[] = [];
  let start = 0;
  for (const { tag, value } of parseTlvs(object.value)) {
    const end = value.byteOffset + value.length - object.value.byteOffset;
    objects.push({ tag, value, encoded: object.value.subarray(start, end) });
    start = end;
  }
  const missing = tags.find((tag, at) => objects[at]?.tag !== tag);
  if (missing !== undefined) throw new SyntaxError(`the object ${missing.toString(16)} is not in its place`);
  return objects;
}

/**
 * As `dataObjects`, for files whose first object is a table: where each of the others begins, as 16-bit offsets from
 * the first byte of the file. Source: public measurements (myna-card).
 * @returns the others
 * @throws {SyntaxError} also where the table says something else than the objects themselves
 */
export function tabledObjects(content: Uint8Array, outer: number, tags: readonly number[]): DataObject[] {
  const [table, ...objects] = dataObjects(content, outer, tags);
  const offsets = objects.map(({ encoded }) => encoded.byteOffset - content.byteOffset);
  const said = Buffer.from(table?.value ?? []);
  const agrees =
    said.length === offsets.length * 2 && offsets.every((offset, at) => said.readUInt16BE(at * 2) === offset);
  if (!agrees) throw new SyntaxError("its table of offsets does not fit its content");
  return objects;
}

/** The value of an object that a parser has seen in its place. @throws {SyntaxError} */
export function valueUnder(objects: readonly DataObject[], tag: number): Uint8Array {
  const object = objects.find((each) => each.tag === tag);
  if (!object) throw new SyntaxError(`the object ${tag.toString(16)} is missing`);
  return object.value;
}

/** The objects with these tags as they stand in the file, one behind the other. */
export function encodedOf(objects: readonly DataObject[], tags: readonly number[]): Uint8Array {
  return new Uint8Array(Buffer.concat(objects.filter(({ tag }) => tags.includes(tag)).map(({ encoded }) => encoded)));
}

/** Digits as ASCII. @throws {SyntaxError} where they are not exactly so many */
export function digitsOf(value: Uint8Array, count: number, what: string): string {
  const text = Buffer.from(value).toString("latin1");
  if (text.length !== count || !/^[0-9]*$/.test(text)) throw new SyntaxError(`${what} is not ${count} digits`);
  return text;
}
