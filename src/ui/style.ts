import type { Cell } from "./layout.ts";

/** What a text is, not how it looks. */
export type Style = "heading" | "label" | "good" | "caution" | "bad" | "muted" | "strong";

/** Whether colour may be used on a stream: a terminal, no NO_COLOR (no-color.org), no TERM=dumb, no `--no-color`. */
export function mayColour(
  stream: { readonly isTTY?: boolean },
  env: Readonly<Record<string, string | undefined>>,
  option: boolean,
): boolean {
  return option && stream.isTTY === true && !env.NO_COLOR && env.TERM !== "dumb";
}

/** A painter for cells; without colour it hands the text through and `chalk` stays unloaded. */
export async function painter(colour: boolean): Promise<(cell: Cell) => string> {
  if (!colour) return (cell) => cell.text;
  const { Chalk } = await import("chalk");
  const chalk = new Chalk({ level: 1 });
  const paints: Record<Style, (text: string) => string> = {
    heading: chalk.bold,
    label: chalk.dim,
    good: chalk.green,
    caution: chalk.yellow,
    bad: chalk.red,
    muted: chalk.dim,
    strong: chalk.bold,
  };
  return ({ text, style }) => (style ? paints[style](text) : text);
}
