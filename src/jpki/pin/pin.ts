import { Concealed } from "../../concealed.ts";

/** A PIN or password on its way to the card. It cannot be printed. Only the guard calls `bytes()`. */
export class Pin extends Concealed {
  readonly #bytes: Uint8Array;

  private constructor(bytes: Uint8Array) {
    super("[PIN]");
    this.#bytes = bytes;
  }

  /** The ASCII bytes of a PIN whose form has been checked (`policy.ts`). */
  static fromAscii(text: string): Pin {
    return new Pin(new Uint8Array(Buffer.from(text, "ascii")));
  }

  /** The bytes as the card takes them. For the guard alone. */
  bytes(): Uint8Array {
    return this.#bytes;
  }

  equals(other: Pin): boolean {
    return Buffer.compare(this.#bytes, other.#bytes) === 0;
  }

  /** Overwrites the bytes. */
  wipe(): void {
    this.#bytes.fill(0);
  }
}
