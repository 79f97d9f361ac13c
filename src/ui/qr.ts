/**
 * A QR code for a terminal, two modules in a character, in black on white whatever the terminal's own colours are.
 * @param modules true: dark; with its quiet zone
 * @returns null where the terminal is too narrow for it
 */
export function drawQr(modules: readonly (readonly boolean[])[], columns: number): string | null {
  const width = modules[0]?.length ?? 0;
  if (width > columns) return null;
  const lines: string[] = [];
  for (let row = 0; row < modules.length; row += 2) {
    const [upper = [], lower = []] = modules.slice(row, row + 2);
    const half = upper.map((dark, column) => blocks[dark ? 1 : 0][lower[column] === true ? 1 : 0]).join("");
    lines.push(`\x1b[40;97m${half}\x1b[0m`);
  }
  return lines.join("\n");
}

/** What is light in upper and lower half is drawn: by whether the upper one is dark, then the lower one. */
const blocks = [
  ["█", "▀"],
  ["▄", " "],
] as const;
