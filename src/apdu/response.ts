/** A response APDU (ISO/IEC 7816-4:2020, 5.2): data field and status word SW1-SW2 as one number, e.g. 0x9000. */
export interface ResponseApdu {
  readonly data: Uint8Array;
  readonly sw: number;
}
