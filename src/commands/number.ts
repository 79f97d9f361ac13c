import { MynakitError } from "../errors.ts";

/** A whole number in a range. @throws {MynakitError} ERR_USAGE_OPTION, without the value */
export function wholeNumber(name: string, value: unknown, [least, most]: readonly [number, number]): number {
  const number = typeof value === "string" && /^\d{1,9}$/.test(value) ? Number(value) : Number.NaN;
  if (number >= least && number <= most) return number;
  throw new MynakitError("ERR_USAGE_OPTION", { option: name, problem: "not-allowed", allowed: `${least}–${most}` });
}
