/**
 * A command APDU (ISO/IEC 7816-4:2020, 5.2). Without `data` and `le`: case 1; with `le` only: case 2;
 * with `data` only: case 3; with both: case 4.
 */
export interface CommandApdu {
  readonly cla: number;
  readonly ins: number;
  readonly p1: number;
  readonly p2: number;
  /** 1 to 65535 bytes. Over 255 bytes the extended form is used. */
  readonly data?: Uint8Array;
  /** Ne, the greatest number of bytes expected: 1 to 65536. Over 256 the extended form is used. */
  readonly le?: number;
}
