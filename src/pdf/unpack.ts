import { inflateSync } from "node:zlib";
import { asKind, countOf, nameOf, type PdfDictionary, type PdfObject, type PdfStream } from "./object.ts";

/** Of all object and cross-reference streams of one file, unpacked: far above what files have, so that bombs end. */
const mostUnpacked = 256 * 1024 * 1024;

export type Unpack = (stream: PdfStream) => Uint8Array;

/**
 * Makes what undoes the filters of those streams that belong to the file's own structure: FlateDecode, with or
 * without a predictor (ISO 32000-2, 7.4.4). What it unpacks in its life is bounded. It throws SyntaxError.
 */
export function unpacker(limit = mostUnpacked): Unpack {
  let left = limit;
  return ({ dictionary: { entries }, data }) => {
    const filter = only(entries.get("Filter"));
    if (filter === null) return data;
    if (nameOf(filter) !== "FlateDecode") throw new SyntaxError("a stream of the file's structure has another filter");
    const unpacked = inflated(data, left);
    left -= unpacked.length;
    return unpredicted(unpacked, asKind(only(entries.get("DecodeParms")), "dictionary"));
  };
}

/** The one item of what may be a list of one. */
function only(value: PdfObject | undefined): PdfObject {
  const list = asKind(value, "array");
  if (list && list.items.length > 1) throw new SyntaxError("a stream of the file's structure has several filters");
  return (list ? list.items[0] : value) ?? null;
}

function inflated(data: Uint8Array, limit: number): Uint8Array {
  try {
    return inflateSync(data, { maxOutputLength: Math.max(limit, 1) });
  } catch (cause) {
    throw new SyntaxError("a stream cannot be unpacked, or is too large", { cause });
  }
}

function unpredicted(data: Uint8Array, parameters: PdfDictionary | undefined): Uint8Array {
  const parameter = (key: string): number => countOf(parameters?.entries.get(key)) ?? 1;
  const predictor = parameter("Predictor");
  if (predictor === 1) return data;
  const bytesPerRow = parameter("Columns");
  const wholeBytes = parameter("Colors") === 1 && (countOf(parameters?.entries.get("BitsPerComponent")) ?? 8) === 8;
  if (predictor < 10 || !wholeBytes || bytesPerRow < 1) throw new SyntaxError("a stream has another predictor");
  return withoutPngFilters(data, bytesPerRow);
}

/** The filters of PNG, one byte a pixel (RFC 2083, 6). */
function withoutPngFilters(data: Uint8Array, width: number): Uint8Array {
  const rows = Math.floor(data.length / (width + 1));
  const out = new Uint8Array(rows * width);
  for (let row = 0; row < rows; row += 1) {
    const filter = data[row * (width + 1)] ?? 0;
    for (let column = 0; column < width; column += 1) {
      const at = row * width + column;
      const left = column > 0 ? (out[at - 1] ?? 0) : 0;
      const up = out[at - width] ?? 0;
      const upLeft = column > 0 ? (out[at - width - 1] ?? 0) : 0;
      out[at] = (data[at + row + 1] ?? 0) + predicted(filter, left, up, upLeft);
    }
  }
  return out;
}

function predicted(filter: number, left: number, up: number, upLeft: number): number {
  if (filter === 0) return 0;
  if (filter === 1) return left;
  if (filter === 2) return up;
  if (filter === 3) return (left + up) >> 1;
  if (filter !== 4) throw new SyntaxError("a stream has an unknown row filter");
  const estimate = left + up - upLeft;
  const [toLeft, toUp, toUpLeft] = [left, up, upLeft].map((value) => Math.abs(estimate - value));
  if ((toLeft ?? 0) <= Math.min(toUp ?? 0, toUpLeft ?? 0)) return left;
  return (toUp ?? 0) <= (toUpLeft ?? 0) ? up : upLeft;
}
