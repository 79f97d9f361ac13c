import { Concealed } from "../../concealed.ts";

/** A My Number (個人番号). It cannot be printed: who wants it says how. */
export class MyNumber extends Concealed {
  readonly #digits: string;

  constructor(digits: string) {
    super("[My Number]");
    this.#digits = digits;
  }

  /** Its last four digits alone. */
  masked(): string {
    return this.#digits.slice(-4).padStart(length, "*");
  }

  revealed(): string {
    return this.#digits;
  }

  hasRightCheckDigit(): boolean {
    return isMyNumber(this.#digits);
  }
}

const length = 12;
const header = Buffer.from([0xff, 0x10, length]);

/**
 * EF 0001 of the text application: an object FF10 of twelve digits, and filler. Source: public measurements (myna-card,
 * jpki/myna and others agree).
 * @throws {SyntaxError} which tells nothing of the content
 */
export function parseMyNumber(content: Uint8Array): MyNumber {
  const begins = header.equals(content.subarray(0, header.length));
  const digits = Buffer.from(content).toString("latin1", header.length, header.length + length);
  if (!begins || !/^[0-9]{12}$/.test(digits)) throw new SyntaxError("it does not hold a My Number");
  return new MyNumber(digits);
}

/**
 * Whether twelve digits end in the check digit that the others ask for. Source: order of the Ministry of Internal
 * Affairs and Communications no. 85 of 2014, article 5.
 */
export function isMyNumber(digits: string): boolean {
  if (!/^[0-9]{12}$/.test(digits)) return false;
  const [check = 0, ...payload] = [...digits].reverse().map(Number);
  const sum = payload.reduce((total, digit, at) => total + digit * (at < 6 ? at + 2 : at - 4), 0);
  const remainder = sum % 11;
  return check === (remainder <= 1 ? 0 : 11 - remainder);
}
