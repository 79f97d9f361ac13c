import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

/**
 * The ways in which a secret could stand in bytes: as text (a short one not within a longer word, where chance may have
 * put it), as UTF-16, in hexadecimal, and, if it is not too short for that, in base64 at each of its three positions; a
 * number also in groups, full width and, a long one, as packed decimals. For bytes that were read as Latin-1.
 */
export function formsOf(secret: string): RegExp[] {
  const bytes = Buffer.from(secret);
  const base64 = [0, 1, 2].map((shift) => {
    const shifted = Buffer.concat([Buffer.alloc(shift), bytes])
      .toString("base64")
      .replace(/=+$/, "");
    // The first and the last characters depend on what stands beside.
    return shifted.slice(shift === 0 ? 0 : shift + 1, -1);
  });
  const latin1 = bytes.toString("latin1");
  return [
    new RegExp(`(?<![0-9A-Za-z])${escaped(latin1)}(?![0-9A-Za-z])`),
    new RegExp(bytes.toString("hex").replace(/(..)(?=.)/g, "$1 ?"), "i"),
    ...[...base64, ...(secret.length > 4 ? [latin1, utf16(secret)] : [])]
      .filter((text) => text.length > 5)
      .map((text) => new RegExp(escaped(text))),
    ...(/^\d{8,}$/.test(secret) ? digitForms(secret) : []),
  ];
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
const utf16 = (text: string): string => Buffer.from(text, "utf16le").toString("latin1");

function digitForms(digits: string): RegExp[] {
  const fullWidth = [...digits].map((digit) => String.fromCodePoint(0xff10 + Number(digit))).join("");
  const packed = Buffer.from(digits.length % 2 === 0 ? digits : `${digits}f`, "hex").toString("latin1");
  return [
    new RegExp([...digits].join("[ \\-_.,:/]?")),
    new RegExp([...digits].join("\\0")),
    ...[fullWidth, utf16(fullWidth)].map((text) => new RegExp(escaped(Buffer.from(text).toString("latin1")))),
    ...(digits.length >= 12 ? [new RegExp(escaped(packed))] : []),
  ];
}

export function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
}

/** What files hold, for the search: by their paths. */
export const contentsOf = (files: readonly string[]): Map<string, string> =>
  new Map(files.map((file) => [file, readFileSync(file, "latin1")]));

/** Which secret stands where, and how. */
export function findIn(places: ReadonlyMap<string, string>, secrets: Readonly<Record<string, string>>): string[] {
  return Object.entries(secrets).flatMap(([name, secret]) =>
    formsOf(secret).flatMap((form) =>
      [...places].filter(([, text]) => form.test(text)).map(([place]) => `${name} as ${form} in ${place}`),
    ),
  );
}
