/** A file that `npm run docs` writes; the path is relative to the project's folder. */
export interface Document {
  readonly path: string;
  readonly content: string;
}

/** Said at the head of every generated Markdown file. */
export const generatedMark = "<!-- Written by `npm run docs` from src/. Do not edit. -->";

/** Text that stands in a cell of a Markdown table. */
export const cellText = (text: string): string =>
  text.replaceAll("|", "\\|").replaceAll("<", "&lt;").replaceAll("\n", "<br>");

/** A Markdown table, unpadded. Cells are Markdown already. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

/** Sections with an empty line between them; empty ones are left out. */
export const page = (sections: readonly string[]): string => `${sections.filter(Boolean).join("\n\n")}\n`;
