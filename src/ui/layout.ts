import { printable } from "../printable.ts";
import type { Style } from "./style.ts";
import { prepareWidths } from "./width.ts";

/** A cell: plain text, and how to colour it. Widths are counted on the plain text. */
export interface Cell {
  readonly text: string;
  readonly style?: Style;
}

/** What a view hands out: blocks in order. Laid out and coloured here, for terminal and pipe alike. */
export type Block =
  | { readonly kind: "lines"; readonly lines: readonly Cell[] }
  /** Label and value pairs, values aligned. */
  | {
      readonly kind: "fields";
      readonly title?: string;
      readonly fields: readonly (readonly [label: string, value: Cell | string])[];
    }
  | {
      readonly kind: "table";
      readonly title?: string;
      readonly head: readonly string[];
      readonly rows: readonly (readonly (Cell | string)[])[];
    }
  /** Bytes or text handed through unchanged. */
  | { readonly kind: "raw"; readonly content: string | Uint8Array };

const cell = (value: Cell | string): Cell =>
  typeof value === "string" ? { text: printable(value) } : { ...value, text: printable(value.text) };
const gap = "  ";

/** Text of the blocks, an empty line between them; columns aligned by display width (full-width characters are two). */
export async function layOut(blocks: readonly Block[], paint: (cell: Cell) => string): Promise<string> {
  const width = await prepareWidths(blocks.flatMap(textsOf));
  const pad = (value: Cell, columns: number): string =>
    paint(value) + " ".repeat(Math.max(0, columns - width(value.text)));
  const columns = (rows: readonly (readonly Cell[])[]): string[] => {
    const widths: number[] = [];
    for (const row of rows) {
      row.forEach((value, index) => {
        widths[index] = Math.max(widths[index] ?? 0, width(value.text));
      });
    }
    return rows.map((row) =>
      row
        .map((value, index) => (index === row.length - 1 ? paint(value) : pad(value, widths[index] ?? 0)))
        .join(gap)
        .trimEnd(),
    );
  };
  const titled = (title: string | undefined, lines: string[]): string =>
    [...(title ? [paint({ text: title, style: "heading" })] : []), ...lines].join("\n");
  function section(block: Block): string {
    switch (block.kind) {
      case "lines":
        return block.lines.map((line) => paint(cell(line))).join("\n");
      case "fields":
        return titled(
          block.title,
          columns(block.fields.map(([label, value]) => [{ text: label, style: "label" }, cell(value)])),
        );
      case "table":
        return titled(
          block.title,
          columns([
            block.head.map((text): Cell => ({ text, style: "label" })),
            ...block.rows.map((row) => row.map(cell)),
          ]),
        );
      case "raw":
        return typeof block.content === "string" ? block.content.trimEnd() : "";
    }
  }
  return `${blocks.map(section).join("\n\n")}\n`;
}

function textsOf(block: Block): string[] {
  switch (block.kind) {
    case "lines":
      return block.lines.map((line) => line.text);
    case "fields":
      return block.fields.flatMap(([label, value]) => [label, cell(value).text]);
    case "table":
      return [...block.head, ...block.rows.flat().map((value) => cell(value).text)];
    case "raw":
      return [];
  }
}
