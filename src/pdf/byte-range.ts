import { totalLength } from "../apdu/tlv.ts";
import { asKind, countOf, type PdfDictionary } from "./object.ts";
import type { Revision } from "./revision.ts";

/** Why a signature does not sign what it should. */
export type RangeProblem =
  | "byte-range-malformed"
  | "byte-range-leaves-out"
  | "byte-range-beyond-end"
  | "byte-range-not-a-revision"
  | "contents-malformed"
  | "contents-with-more";

/** What a signature signs: the file up to `end`, but for the signature itself from `gap.start` to `gap.end`. */
export interface SignedRange {
  readonly gap: { readonly start: number; readonly end: number };
  readonly end: number;
  /** The signature, without what fills its place up. */
  readonly contents: Uint8Array;
}

/**
 * Finds what a signature signs (ISO 32000-2, 12.8.1): everything from the first byte to the end of the file, or of one
 * of its earlier revisions, except exactly the hexadecimal string that holds the signature. Where that string is, is
 * what was read from the file, not what the signature says of itself.
 * @returns a problem where it signs anything less
 */
export function signedRange({ bytes, resolve }: Revision, signature: PdfDictionary): SignedRange | RangeProblem {
  const range = asKind(signature.entries.get("ByteRange"), "array")?.items.map(countOf) ?? [];
  const contents = asKind(signature.entries.get("Contents"), "string");
  if (!contents || resolve(contents) !== contents) return "contents-malformed";
  const [first, start, end, rest, ...more] = range;
  const whole = start !== undefined && end !== undefined && rest !== undefined && more.length === 0;
  if (!whole || end < start) return "byte-range-malformed";
  if (end + rest > bytes.length) return "byte-range-beyond-end";
  if (first !== 0 || start !== contents.start || end !== contents.end) return "byte-range-leaves-out";
  const place = Buffer.from(bytes.subarray(start, end)).toString("latin1");
  const inFile = /^<((?:[0-9a-fA-F]{2})+)>$/.exec(place)?.[1] ?? "";
  if (inFile === "" || !Buffer.from(inFile, "hex").equals(contents.bytes)) return "contents-malformed";
  if (!endsRevision(bytes, end + rest)) return "byte-range-not-a-revision";
  const inner = trimmed(contents.bytes);
  return typeof inner === "string" ? inner : { gap: { start, end }, end: end + rest, contents: inner };
}

/** A revision ends with its mark and the end of that line, at the end of the file or before something else. */
function endsRevision(bytes: Uint8Array, end: number): boolean {
  const tail = Buffer.from(bytes.subarray(Math.max(0, end - 7), end)).toString("latin1");
  return /%%EOF(?:\r\n|\r|\n)?$/.test(tail);
}

const sequenceTag = 0x30;

/** The outermost element; behind it the place is filled up with zeros. */
function trimmed(contents: Uint8Array): Uint8Array | RangeProblem {
  const end = lengthOf(contents);
  if (contents[0] !== sequenceTag || end === undefined || end > contents.length) return "contents-malformed";
  return contents.subarray(end).every((byte) => byte === 0) ? contents.subarray(0, end) : "contents-with-more";
}

function lengthOf(contents: Uint8Array): number | undefined {
  try {
    return totalLength(contents);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
