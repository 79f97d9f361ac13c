import { array, dictionary, name, type PdfDictionary } from "./object.ts";
import type { Size } from "./page.ts";
import { streamBytes } from "./update.ts";

const margin = 4;
const leading = 1.3;
/** Every character of Courier is as wide (ISO 32000-2, 9.6.2.2: one of the fonts that every reader has). */
const characterWidth = 0.6;

/**
 * What a visible signature looks like: a frame, and lines of ASCII in a font that need not be embedded. Nothing else,
 * as the name in the certificate is Japanese, and known only once the person has signed.
 * @param rotation by how many degrees readers turn the page, clockwise: the mark stands upright all the same
 */
export function markBytes(lines: readonly string[], { width, height }: Size, rotation: keyof typeof matrices): Buffer {
  const longest = Math.max(...lines.map((line) => line.length));
  const size = Math.min(
    (width - 2 * margin) / (longest * characterWidth),
    (height - 2 * margin) / (lines.length * leading),
  );
  const drawing = [
    `q 0.5 w 0.75 0.75 ${number(width - 1.5)} ${number(height - 1.5)} re S Q`,
    ...(size > 0 ? text(lines, size, height) : []),
  ];
  return streamBytes(parameters({ width, height }, rotation), drawing.join("\n"));
}

function text(lines: readonly string[], size: number, height: number): string[] {
  const first = height - margin - size;
  const shown = lines.map((line) => `(${line.replace(/[\\()]/g, "\\$&")}) Tj T*`);
  return ["BT", `/F ${number(size)} Tf ${number(size * leading)} TL ${margin} ${number(first)} Td`, ...shown, "ET"];
}

/** The matrix turns the mark against the page (12.5.5); readers then fit it into the rectangle of the annotation. */
const matrices = {
  0: [1, 0, 0, 1, 0, 0],
  90: [0, 1, -1, 0, 0, 0],
  180: [-1, 0, 0, -1, 0, 0],
  270: [0, -1, 1, 0, 0, 0],
};

function parameters({ width, height }: Size, rotation: keyof typeof matrices): PdfDictionary {
  const font = dictionary({ Type: name("Font"), Subtype: name("Type1"), BaseFont: name("Courier") });
  return dictionary({
    Type: name("XObject"),
    Subtype: name("Form"),
    BBox: array(0, 0, width, height),
    Matrix: array(...matrices[rotation]),
    Resources: dictionary({ Font: dictionary({ F: font }) }),
  });
}

const number = (value: number): string => String(Number(value.toFixed(2)));
