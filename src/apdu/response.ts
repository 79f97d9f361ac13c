/** A response APDU (ISO/IEC 7816-4:2020, 5.2): data field and status word SW1-SW2 as one number, e.g. 0x9000. */
export interface ResponseApdu {
  readonly data: Uint8Array;
  readonly sw: number;
}

/**
 * The bytes of a response: data field, SW1, SW2.
 * @throws {RangeError} where `sw` is not a 16-bit number
 */
export function encodeResponse({ data, sw }: ResponseApdu): Uint8Array {
  if (!Number.isInteger(sw) || sw < 0 || sw > 0xffff) throw new RangeError(`status word ${sw} is not in 0 to 65535`);
  const bytes = new Uint8Array(data.length + 2);
  bytes.set(data);
  bytes.set([sw >> 8, sw & 0xff], data.length);
  return bytes;
}

/**
 * The response that bytes mean.
 * @throws {SyntaxError} on fewer than two bytes: no card answers so. A reader back end takes it as a card pulled
 *   midway (ERR_CARD_REMOVED), for which some drivers report success with nothing read.
 */
export function decodeResponse(bytes: Uint8Array): ResponseApdu {
  const [sw1, sw2] = bytes.subarray(-2);
  if (sw1 === undefined || sw2 === undefined) throw new SyntaxError("a response APDU has at least two bytes");
  return { data: new Uint8Array(bytes.subarray(0, -2)), sw: sw1 * 256 + sw2 };
}
