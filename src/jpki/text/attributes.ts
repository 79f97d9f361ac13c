import { printable } from "../../printable.ts";
import { digitsOf, tabledObjects, valueUnder } from "../card-file.ts";

/** The four attributes of the holder (基本4情報). */
export interface Attributes {
  readonly name: string;
  readonly address: string;
  /** As on the card, `YYYYMMDD`; parts that are not known may be no day of the calendar. */
  readonly birth: string;
  /** As on the card, a digit (JIS X 0303). */
  readonly sex: string;
  /** What the integrity record's digest covers: everything behind the table of offsets. */
  readonly covered: Uint8Array;
}

const tags = { file: 0xff20, offsets: 0xdf21, name: 0xdf22, address: 0xdf23, birth: 0xdf24, sex: 0xdf25 } as const;

/**
 * EF 0002 of the text application. Source: public measurements (myna-card, jpki/myna and others agree).
 * @throws {SyntaxError}
 */
export function parseAttributes(content: Uint8Array): Attributes {
  const { file, offsets, name, address, birth, sex } = tags;
  const objects = tabledObjects(content, file, [offsets, name, address, birth, sex]);
  return {
    name: textOf(valueUnder(objects, name), "the name"),
    address: textOf(valueUnder(objects, address), "the address"),
    birth: digitsOf(valueUnder(objects, birth), 8, "the birth date"),
    sex: digitsOf(valueUnder(objects, sex), 1, "the sex"),
    covered: new Uint8Array(Buffer.concat(objects.map(({ encoded }) => encoded))),
  };
}

/** Text of a card; what could mislead a terminal or its reader is replaced. @throws {SyntaxError} where it is not UTF-8 */
function textOf(value: Uint8Array, what: string): string {
  try {
    return printable(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(value));
  } catch (cause) {
    throw new SyntaxError(`${what} is not UTF-8`, { cause });
  }
}

export type Sex = "male" | "female" | "not-applicable" | "other" | "unknown";

/** JIS X 0303 has 0, 1, 2 and 9; some public readers expect 3 for another one, which no card was seen to hold. */
const sexes: ReadonlyMap<string, Sex> = new Map([
  ["1", "male"],
  ["2", "female"],
  ["3", "other"],
  ["9", "not-applicable"],
]);

/** What the digit on a card means. */
export const sexOf = (digit: string): Sex => sexes.get(digit) ?? "unknown";
