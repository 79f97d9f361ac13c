import type { Tlv } from "../../apdu/tlv.ts";
import { decodeOid, decodeText, expectTag, readDer, TAG } from "./der.ts";
import { japaneseDay, parseDay, westernDay } from "./japanese-date.ts";

export type Sex = "male" | "female" | "unknown";

export interface Holder {
  readonly name: string | null;
  /** Which characters of the name stand for one that the certificate cannot write, counted from 1. */
  readonly nameSubstitutes: readonly number[];
  readonly address: string | null;
  readonly addressSubstitutes: readonly number[];
  readonly birthDate: BirthDate | null;
  readonly sex: Sex | null;
}

export interface BirthDate {
  /** As the certificate has it: a digit for the era, then the Gregorian `YYYYMMDD`. */
  readonly raw: string;
  /** `1990-01-02`; null where the digits are no day (parts of a birth date can be unknown). */
  readonly western: string | null;
  /** `平成2年1月2日`. */
  readonly japanese: string | null;
}

/** The `otherName` types of JPKI. Source: a published dump of a real certificate, jpki/myna, a public verifier. */
const arc = "1.2.392.200149.8.5.5";
const otherName = 0xa0;
const sexes: ReadonlyMap<string, Sex> = new Map([
  ["1", "male"],
  ["2", "female"],
  ["3", "unknown"],
]);

/**
 * The person of a signing certificate, from the value of its subjectAltName extension.
 * @returns null where none of the names is JPKI's
 * @throws {SyntaxError}
 */
export function parseHolder(extension: Uint8Array): Holder | null {
  const [names] = readDer(extension);
  const values = new Map(readDer(expectTag(names, TAG.sequence, "subjectAltName")).flatMap(jpkiName));
  if (values.size === 0) return null;
  const get = (suffix: number) => values.get(`${arc}.${suffix}`) ?? null;
  return {
    name: get(1),
    nameSubstitutes: positions(get(2)),
    address: get(5),
    addressSubstitutes: positions(get(6)),
    birthDate: birthDate(get(4)),
    sex: sexes.get(get(3) ?? "") ?? null,
  };
}

function jpkiName(name: Tlv): [string, string][] {
  if (name.tag !== otherName) return [];
  const [type, value] = readDer(name.value);
  const oid = decodeOid(expectTag(type, TAG.oid, "the type of an otherName"));
  if (!oid.startsWith(`${arc}.`)) return [];
  const [text] = readDer(expectTag(value, otherName, "the value of an otherName"));
  if (!text) throw new SyntaxError("an otherName is empty");
  return [[oid, decodeText(text)]];
}

/** One digit for each character: 0 as it is, anything else replaced. */
function positions(flags: string | null): number[] {
  return [...(flags ?? "")].flatMap((flag, at) => (flag === "0" ? [] : [at + 1]));
}

function birthDate(raw: string | null): BirthDate | null {
  if (raw === null) return null;
  const day = parseDay(raw.slice(1));
  return { raw, western: day && westernDay(day), japanese: day && japaneseDay(day) };
}
