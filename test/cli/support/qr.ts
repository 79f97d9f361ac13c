import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import path from "node:path";

/** What the two colours of a QR code's lines are on a terminal: `ESC[40;97m`, whatever else it shows. */
const line = /\[40;97m([ ▀▄█]+)/g;
const scale = 6;

/**
 * The text of the QR code that a terminal shows, as a reader other than ours sees it (zbarimg).
 * @param background of the terminal around the code: 0 black, 255 white
 */
export function decodeQr(shown: string, folder: string, background: 0 | 255): string {
  const lines = [...shown.matchAll(line)].map(([, characters = ""]) => [...characters]);
  // Upper and lower half of each character; drawn is bright.
  const rows = lines.flatMap((characters) => [
    characters.map((each) => (each === "█" || each === "▀" ? 255 : 0)),
    characters.map((each) => (each === "█" || each === "▄" ? 255 : 0)),
  ]);
  const width = rows[0]?.length ?? 0;
  const margin = Array<number>(width + 8).fill(background);
  const framed = [margin, margin, margin, margin]
    .concat(rows.map((row) => [...margin.slice(0, 4), ...row, ...margin.slice(0, 4)]))
    .concat([margin, margin, margin, margin]);
  const pixels = framed.flatMap((row) => {
    const wide = row.flatMap((value) => Array<number>(scale).fill(value));
    return Array.from({ length: scale }, () => wide).flat();
  });
  const file = path.join(folder, `qr-${background}.pgm`);
  const head = `P5 ${(width + 8) * scale} ${framed.length * scale} 255\n`;
  writeFileSync(file, Buffer.concat([Buffer.from(head), Buffer.from(pixels)]));
  const { stdout } = spawnSync("zbarimg", ["--quiet", "--raw", file], { encoding: "utf8" });
  return stdout.trim();
}
