/** What an image of a card is, by its first bytes. Images are handed on byte for byte. */
export interface CardImage {
  readonly type: "png" | "jp2";
  readonly content: Uint8Array;
}

const bytes = (hex: string): Buffer => Buffer.from(hex, "hex");

/** Signature and first chunk or box: PNG (ISO/IEC 15948, 5.2 and 11.2.2), JP2 (ISO/IEC 15444-1, I.5.1 and I.5.2). */
const starts: readonly (readonly [CardImage["type"], Buffer])[] = [
  ["png", bytes("89504E470D0A1A0A0000000D49484452")],
  ["jp2", bytes("0000000C6A5020200D0A870A")],
];

/** More than a file of the card can hold of an image that is none. */
const least = 45;

/** @throws {SyntaxError} where it is neither of the kinds that cards hold */
export function imageOf(content: Uint8Array, what: string): CardImage {
  const found = starts.find(([, start]) => start.equals(content.subarray(0, start.length)));
  if (!found || content.length < least) throw new SyntaxError(`${what} is neither PNG nor JPEG 2000`);
  return { type: found[0], content };
}
