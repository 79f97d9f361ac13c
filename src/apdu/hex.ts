/** Upper-case hexadecimal without separators: `00A4040C`. */
export function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("hex").toUpperCase();
}

/**
 * Bytes of a hexadecimal text; white space and colons between digits are ignored.
 * @throws {SyntaxError} on an odd number of digits or any other character
 */
export function fromHex(text: string): Uint8Array {
  const digits = text.replace(/[\s:]/g, "");
  if (digits.length % 2 !== 0 || !/^[0-9a-f]*$/i.test(digits)) {
    throw new SyntaxError("not a hexadecimal byte string");
  }
  return new Uint8Array(Buffer.from(digits, "hex"));
}
