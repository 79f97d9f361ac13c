import { glyphs, smallDigits } from "./glyphs.ts";
import { type Bitmap, encodePng } from "./png.ts";

interface Place {
  readonly left: number;
  readonly top: number;
}

type Canvas = boolean[][];

const blank = (width: number, height: number): Canvas =>
  Array.from({ length: height }, () => new Array<boolean>(width).fill(false));

/** Rows of digits in base 32 (five pixels) or base 8 (three). */
function draw(canvas: Canvas, rows: string, width: number, { left, top }: Place): void {
  for (const [down, digit] of [...rows].entries()) {
    const bits = Number.parseInt(digit, 32);
    for (let at = 0; at < width; at++) if (bits & (1 << (width - 1 - at))) ink(canvas, left + at, top + down);
  }
}

function ink(canvas: Canvas, x: number, y: number): void {
  const row = canvas[y];
  if (row) row[x] = true;
}

const digitCell = { width: 6, height: 12 };

/** Digits as PNG, 6 × 12 pixels each: 24 × 12 for the security code and 72 × 12 for the My Number, as seen on cards. */
export function digitsImage(digits: string): Uint8Array {
  const canvas = blank(digits.length * digitCell.width, digitCell.height);
  for (const [at, digit] of [...digits].entries())
    draw(canvas, glyphs[digit] ?? "", 5, { left: at * digitCell.width, top: 2 });
  return encodePng(canvas);
}

const cell = 16;
const charactersPerLine = 20;
const fullWidthOffset = 0xfee0;
const fullWidthForms = /[！-～]/;
const spaces = /[ \u3000]/;

/**
 * A name or an address as PNG, 16 × 16 pixels a character, 20 characters a line. There is no font for the rest of Unicode: such a
 * character is a box with its code point in it. The size of these images on real cards is not published.
 */
export function textImage(text: string): Uint8Array {
  const characters = [...text];
  const lines = Math.max(1, Math.ceil(characters.length / charactersPerLine));
  const canvas = blank(Math.max(1, Math.min(characters.length, charactersPerLine)) * cell, lines * cell);
  for (const [at, character] of characters.entries()) {
    const place = { left: (at % charactersPerLine) * cell, top: Math.floor(at / charactersPerLine) * cell };
    drawCharacter(canvas, character, place);
  }
  return encodePng(canvas satisfies Bitmap);
}

function drawCharacter(canvas: Canvas, character: string, { left, top }: Place): void {
  if (spaces.test(character)) return;
  const code = character.codePointAt(0) ?? 0;
  const narrow = fullWidthForms.test(character) ? String.fromCodePoint(code - fullWidthOffset) : character;
  const glyph = glyphs[narrow];
  if (glyph) draw(canvas, glyph, 5, { left: left + 5, top: top + 4 });
  else drawBox(canvas, code.toString(16).toUpperCase().padStart(4, "0"), { left, top });
}

const box = 15;

/** A frame around four to six hexadecimal digits in two rows. */
function drawBox(canvas: Canvas, digits: string, { left, top }: Place): void {
  for (let at = 0; at < box; at++) {
    for (const edge of [0, box - 1]) {
      ink(canvas, left + at, top + edge);
      ink(canvas, left + edge, top + at);
    }
  }
  const perRow = Math.ceil(digits.length / 2);
  for (const [at, digit] of [...digits].entries()) {
    const column = at % perRow;
    const place = { left: left + 2 + column * 4, top: top + 2 + (at < perRow ? 0 : 6) };
    draw(canvas, smallDigits[digit] ?? "", 3, place);
  }
}
