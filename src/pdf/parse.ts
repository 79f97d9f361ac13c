import { name, type PdfDictionary, type PdfObject, type PdfStream } from "./object.ts";

/** Deeper than any file nests its arrays and dictionaries. */
const deepest = 64;
/** Far more than any string or list has; what is longer is a stream. */
const longestString = 16 * 1024 * 1024;
const mostItems = 2_000_000;
/** Four times what a name may have (ISO 32000-1, annex C). */
const longestWord = 512;

const whitespace = new Set([0x00, 0x09, 0x0a, 0x0c, 0x0d, 0x20]);
const delimiters = new Set(Buffer.from("()<>[]{}/%"));
const isRegular = (byte: number | undefined): byte is number =>
  byte !== undefined && !whitespace.has(byte) && !delimiters.has(byte);

const code = (character: string): number => character.charCodeAt(0);
const escapes: ReadonlyMap<number, number> = new Map(
  (["n\n", "r\r", "t\t", "b\b", "f\f"] as const).map((pair) => [pair.charCodeAt(0), pair.charCodeAt(1)]),
);

/**
 * Reads objects from bytes (ISO 32000-2, 7.2 and 7.3), strictly: where readers could understand a file differently
 * (a dictionary that has a key twice), nothing is understood. All methods throw SyntaxError.
 */
export class PdfParser {
  readonly bytes: Uint8Array;
  at: number;
  #items = 0;

  constructor(bytes: Uint8Array, at = 0) {
    this.bytes = bytes;
    this.at = at;
  }

  object(depth = 0): PdfObject {
    if (depth > deepest) throw new SyntaxError("objects are nested too deeply");
    this.skipSpace();
    const byte = this.bytes[this.at];
    if (byte === code("/")) return name(this.#name());
    if (byte === code("(")) return this.#literal();
    if (byte === code("[")) return this.#array(depth);
    if (byte === code("<")) return this.bytes[this.at + 1] === byte ? this.#dictionary(depth) : this.#hexadecimal();
    return this.#word();
  }

  /** A dictionary, and nothing else. */
  dictionary(): PdfDictionary {
    const object = this.object();
    if (typeof object !== "object" || object?.kind !== "dictionary") throw new SyntaxError("a dictionary is missing");
    return object;
  }

  /**
   * `12 0 obj … endobj`: an indirect object with its number.
   * @param lengthOf what the entry Length of a stream means, as it may be a reference
   */
  indirect(lengthOf: (length: PdfObject | undefined) => number): {
    number: number;
    generation: number;
    object: PdfObject;
  } {
    const number = this.integer();
    const generation = this.integer();
    this.keyword("obj");
    const object = this.object();
    const isStream = typeof object === "object" && object?.kind === "dictionary" && this.#next("stream");
    const whole = isStream ? this.#stream(object, lengthOf(object.entries.get("Length"))) : object;
    this.keyword("endobj");
    return { number, generation, object: whole };
  }

  /** A whole number from 0. */
  integer(): number {
    this.skipSpace();
    const text = this.#regular();
    if (!/^\d{1,12}$/.test(text)) throw new SyntaxError("a number is missing");
    return Number(text);
  }

  keyword(expected: string): void {
    if (!this.#next(expected)) throw new SyntaxError(`"${expected}" is missing`);
  }

  /** Whether this word comes next; if so, it is taken. */
  taken(expected: string): boolean {
    return this.#next(expected);
  }

  skipSpace(): void {
    for (;;) {
      const byte = this.bytes[this.at];
      if (byte === code("%")) this.#skipComment();
      else if (byte !== undefined && whitespace.has(byte)) this.at += 1;
      else return;
    }
  }

  #skipComment(): void {
    while (this.at < this.bytes.length && this.bytes[this.at] !== 0x0a && this.bytes[this.at] !== 0x0d) this.at += 1;
  }

  #next(expected: string): boolean {
    const before = this.at;
    this.skipSpace();
    if (this.#regular() === expected) return true;
    this.at = before;
    return false;
  }

  /** The regular characters from here. */
  #regular(): string {
    const start = this.at;
    while (isRegular(this.bytes[this.at])) this.at += 1;
    if (this.at - start > longestWord) throw new SyntaxError("a word is too long");
    return Buffer.from(this.bytes.subarray(start, this.at)).toString("latin1");
  }

  #name(): string {
    this.at += 1;
    return this.#regular().replace(/#([0-9a-fA-F]{2})/g, (_, hex: string) => String.fromCharCode(Number(`0x${hex}`)));
  }

  #word(): PdfObject {
    const start = this.at;
    const text = this.#regular();
    if (text === "true" || text === "false") return text === "true";
    if (text === "null") return null;
    if (!/^[+-]?(\d+\.?\d*|\.\d+)$/.test(text)) throw new SyntaxError(`there is no object at byte ${start}`);
    return (/^\d{1,10}$/.test(text) && this.#reference(Number(text))) || Number(text);
  }

  #reference(number: number): PdfObject | undefined {
    const before = this.at;
    this.skipSpace();
    const generation = this.#regular();
    if (/^\d{1,5}$/.test(generation) && this.#next("R")) {
      return { kind: "reference", number, generation: Number(generation) };
    }
    this.at = before;
    return undefined;
  }

  #countItem(): void {
    this.#items += 1;
    if (this.#items > mostItems) throw new SyntaxError("an object has too many parts");
  }

  #array(depth: number): PdfObject {
    this.at += 1;
    const items: PdfObject[] = [];
    for (;;) {
      this.skipSpace();
      if (this.bytes[this.at] === code("]")) break;
      this.#countItem();
      items.push(this.object(depth + 1));
    }
    this.at += 1;
    return { kind: "array", items };
  }

  #dictionary(depth: number): PdfObject {
    this.at += 2;
    const entries = new Map<string, PdfObject>();
    for (;;) {
      this.skipSpace();
      if (this.bytes[this.at] === code(">") && this.bytes[this.at + 1] === code(">")) break;
      if (this.bytes[this.at] !== code("/")) throw new SyntaxError(`there is no key at byte ${this.at}`);
      const key = this.#name();
      this.#countItem();
      if (entries.has(key)) throw new SyntaxError(`a dictionary has the key ${JSON.stringify(key)} twice`);
      entries.set(key, this.object(depth + 1));
    }
    this.at += 2;
    return { kind: "dictionary", entries };
  }

  #stream(dictionary: PdfDictionary, length: number): PdfStream {
    if (this.bytes[this.at] === 0x0d) this.at += 1;
    if (this.bytes[this.at] !== 0x0a) throw new SyntaxError("a stream does not begin on a line of its own");
    const start = this.at + 1;
    this.at = start + length;
    this.keyword("endstream");
    return { kind: "stream", dictionary, data: this.bytes.subarray(start, start + length) };
  }

  #hexadecimal(): PdfObject {
    const start = this.at;
    const close = this.bytes.indexOf(code(">"), start);
    if (close < 0) throw new SyntaxError("a string does not end");
    if (close - start > longestString) throw new SyntaxError("a string is too long");
    const digits = Buffer.from(this.bytes.subarray(start + 1, close))
      .toString("latin1")
      .replace(/[\0\t\n\f\r ]/g, "");
    if (!/^[0-9a-fA-F]*$/.test(digits)) throw new SyntaxError("a string has other characters than hexadecimal digits");
    this.at = close + 1;
    const bytes = new Uint8Array(Buffer.from(digits.length % 2 === 0 ? digits : `${digits}0`, "hex"));
    return { kind: "string", bytes, start, end: this.at };
  }

  #literal(): PdfObject {
    const start = this.at;
    const bytes: number[] = [];
    let open = 0;
    do {
      const byte = this.bytes[this.at];
      if (byte === undefined) throw new SyntaxError("a string does not end");
      if (bytes.length > longestString) throw new SyntaxError("a string is too long");
      this.at += 1;
      if (byte === code("\\")) bytes.push(...this.#escaped());
      else {
        if (byte === code("(")) open += 1;
        if (byte === code(")")) open -= 1;
        bytes.push(byte);
      }
    } while (open > 0);
    return { kind: "string", bytes: Uint8Array.from(bytes.slice(1, -1)), start, end: this.at };
  }

  #escaped(): number[] {
    const byte = this.bytes[this.at];
    const octal = /^[0-7]{1,3}/.exec(Buffer.from(this.bytes.subarray(this.at, this.at + 3)).toString("latin1"));
    this.at += octal ? octal[0].length : 1;
    if (octal) return [Number.parseInt(octal[0], 8) & 0xff];
    if (byte === 0x0d && this.bytes[this.at] === 0x0a) this.at += 1;
    if (byte === undefined || byte === 0x0d || byte === 0x0a) return [];
    return [escapes.get(byte) ?? byte];
  }
}
