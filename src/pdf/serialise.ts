import type { PdfObject } from "./object.ts";

/**
 * An object as bytes of a file (ISO 32000-2, 7.3). One character is one byte (Latin-1); strings are written in
 * hexadecimal, streams without their data.
 */
export function serialise(object: PdfObject): string {
  if (typeof object === "number") return serialiseNumber(object);
  if (object === null || typeof object === "boolean") return String(object);
  switch (object.kind) {
    case "name":
      return serialiseName(object.name);
    case "string":
      return `<${Buffer.from(object.bytes).toString("hex")}>`;
    case "array":
      return `[${object.items.map(serialise).join(" ")}]`;
    case "dictionary":
      return `<<${[...object.entries].map(([key, value]) => `${serialiseName(key)} ${serialise(value)}`).join(" ")}>>`;
    case "stream":
      return serialise(object.dictionary);
    case "reference":
      return `${object.number} ${object.generation} R`;
  }
}

/** PDF knows no exponents; where JavaScript would write one, five digits are all that readers keep (C.2). */
const serialiseNumber = (number: number): string => (/e/.test(String(number)) ? number.toFixed(5) : String(number));

const serialiseName = (name: string): string =>
  `/${name.replace(/[^!"$&'*-.0-;=?-Z\\^-z|~]/g, (odd) => `#${odd.charCodeAt(0).toString(16).padStart(2, "0")}`)}`;
