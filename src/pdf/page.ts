import { inherited, pages } from "./fields.ts";
import { asKind, type PdfDictionary, type PdfReference } from "./object.ts";
import type { Revision } from "./revision.ts";

export interface Page {
  readonly reference: PdfReference;
  readonly page: PdfDictionary;
}

/** In points (1/72 inch). */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** From its lower left corner on. */
export interface Rectangle extends Size {
  readonly x: number;
  readonly y: number;
}

/** A page by its number, from 1. @throws {SyntaxError} */
export function pageAt(revision: Revision, wanted: number): Page | undefined {
  let number = 0;
  for (const reference of pages(revision)) {
    number += 1;
    const page = asKind(revision.resolve(reference), "dictionary");
    if (number === wanted && page) return { reference, page };
  }
  return undefined;
}

/** By how many degrees readers turn a page, clockwise (ISO 32000-2, table 31). */
export function rotationOf(revision: Revision, { page }: Page): 0 | 90 | 180 | 270 {
  const rotation = inherited(revision, page, "Rotate");
  const turned = typeof rotation === "number" ? ((rotation % 360) + 360) % 360 : 0;
  return turned === 90 || turned === 180 || turned === 270 ? turned : 0;
}

/** The size of a page as readers show it. @throws {SyntaxError} where it has none */
export function asSeen(revision: Revision, page: Page): Size {
  const { width, height } = boxOf(revision, page);
  return rotationOf(revision, page) % 180 === 0 ? { width, height } : { width: height, height: width };
}

/** A rectangle of the page as it is seen, in the coordinates that the file uses. @throws {SyntaxError} */
export function userSpace(revision: Revision, page: Page, { x, y, width, height }: Rectangle): Rectangle {
  const box = boxOf(revision, page);
  const turned = { width: height, height: width };
  switch (rotationOf(revision, page)) {
    case 0:
      return { x: box.x + x, y: box.y + y, width, height };
    case 90:
      return { x: box.x + box.width - y - height, y: box.y + x, ...turned };
    case 180:
      return { x: box.x + box.width - x - width, y: box.y + box.height - y - height, width, height };
    case 270:
      return { x: box.x + y, y: box.y + box.height - x - width, ...turned };
  }
}

/** What of a page is shown: its crop box, else its media box. */
function boxOf(revision: Revision, { page }: Page): Rectangle {
  const box = inherited(revision, page, "CropBox") ?? inherited(revision, page, "MediaBox");
  const corners = asKind(box, "array")?.items.map((item) => Number(revision.resolve(item))) ?? [];
  const [x1 = Number.NaN, y1 = Number.NaN, x2 = Number.NaN, y2 = Number.NaN] = corners;
  const size = { width: Math.abs(x2 - x1), height: Math.abs(y2 - y1) };
  if (Number.isNaN(size.width + size.height)) throw new SyntaxError("a page has no size");
  return { x: Math.min(x1, x2), y: Math.min(y1, y2), ...size };
}
