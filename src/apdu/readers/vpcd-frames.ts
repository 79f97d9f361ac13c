/**
 * The wire between vpcd (a reader without hardware) and a virtual card: frames of a two-byte big-endian length and as
 * many bytes. One byte is a control, two or more are a command APDU, answered with a response APDU in a frame.
 * Source: vsmartcard project, protocol of its virtual PCD.
 */
export const vpcdControl = { powerOff: 0x00, powerOn: 0x01, reset: 0x02, atr: 0x04 } as const;

/** The port on which vpcd's first reader waits for its card. */
export const vpcdPort = 35963;

const maxPayload = 0xffff;

/**
 * One frame around a payload.
 * @throws {RangeError} on more than 65535 bytes
 */
export function encodeFrame(payload: Uint8Array): Uint8Array {
  if (payload.length > maxPayload) throw new RangeError(`a frame of ${payload.length} bytes: ${maxPayload} at most`);
  const frame = new Uint8Array(payload.length + 2);
  frame.set([payload.length >> 8, payload.length & 0xff]);
  frame.set(payload, 2);
  return frame;
}

/** Cuts a byte stream into frames. It never holds more than one unfinished frame and the chunk it was given. */
export class FrameReader {
  #pending = Buffer.alloc(0);

  /** Takes the next bytes of the stream; returns the payloads that are complete now, which may be empty ones. */
  push(chunk: Uint8Array): Uint8Array[] {
    let bytes = Buffer.concat([this.#pending, chunk]);
    const payloads: Uint8Array[] = [];
    while (bytes.length >= 2) {
      const end = 2 + bytes.readUInt16BE(0);
      if (bytes.length < end) break;
      payloads.push(new Uint8Array(bytes.subarray(2, end)));
      bytes = bytes.subarray(end);
    }
    this.#pending = Buffer.from(bytes);
    return payloads;
  }
}
