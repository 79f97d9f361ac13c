/**
 * Draws the portraits of simulated holders, once: `tsx scripts/make-sim-portraits.ts` (needs opj_compress of OpenJPEG). Discs and
 * an ellipse, nobody's face. Every card changes with them, so the output is committed.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const width = 120;
const height = 150;

interface Portrait {
  /** Grey levels, 0 to 255. */
  readonly ground: number;
  readonly clothes: number;
  readonly hair: number;
  readonly skin: number;
  /** How far down the hair goes, in pixels. */
  readonly hairTo: number;
}

const portraits: readonly Portrait[] = [
  { ground: 235, clothes: 60, hair: 30, skin: 190, hairTo: 52 },
  { ground: 225, clothes: 120, hair: 50, skin: 205, hairTo: 96 },
  { ground: 240, clothes: 90, hair: 160, skin: 180, hairTo: 46 },
];

const inside = (x: number, y: number, centre: readonly [number, number], radii: readonly [number, number]) =>
  ((x - centre[0]) / radii[0]) ** 2 + ((y - centre[1]) / radii[1]) ** 2 <= 1;

function greyAt({ ground, clothes, hair, skin, hairTo }: Portrait, x: number, y: number): number {
  const eyes = [48, 72].some((centre) => inside(x, y, [centre, 70], [4, 3]));
  const mouth = inside(x, y, [60, 94], [10, 2]);
  if (eyes || mouth) return 40;
  if (inside(x, y, [60, 74], [26, 34]) && y > 50) return skin;
  if (inside(x, y, [60, 66], [33, 42]) && y < hairTo) return hair;
  if (inside(x, y, [60, 74], [26, 34])) return skin;
  if (Math.abs(x - 60) < 11 && y > 96 && y < 122) return skin;
  return inside(x, y, [60, 160], [52, 46]) ? clothes : ground;
}

function jp2(portrait: Portrait, folder: string): Buffer {
  const pixels = Array.from({ length: width * height }, (_, at) =>
    greyAt(portrait, at % width, Math.floor(at / width)),
  );
  const source = path.join(folder, "portrait.pgm");
  const target = path.join(folder, "portrait.jp2");
  writeFileSync(source, Buffer.concat([Buffer.from(`P5\n${width} ${height}\n255\n`), Buffer.from(pixels)]));
  execFileSync("opj_compress", ["-i", source, "-o", target, "-r", "12"]);
  return readFileSync(target);
}

const folder = mkdtempSync(path.join(tmpdir(), "portraits-"));
const texts = portraits.map((portrait) =>
  jp2(portrait, folder)
    .toString("base64")
    .replace(/.{1,120}/g, "$&\n"),
);
rmSync(folder, { recursive: true });

writeFileSync(
  new URL("../src/simulator/contents/portraits.ts", import.meta.url),
  `import { derivedNumber } from "../derive.ts";

/**
 * Drawn and encoded once by scripts/make-sim-portraits.ts: JPEG 2000 in a JP2 container, greyscale, ${width} × ${height} pixels, base64.
 */
const portraits: readonly string[] = [
${texts.map((text) => `  \`\n${text}\`,`).join("\n")}
];

/** The photo of a simulated holder, as JP2: nobody's face, one of ${portraits.length} that the seed chooses. */
export function portraitOf(seed: string): Uint8Array {
  return new Uint8Array(Buffer.from(portraits[derivedNumber(seed, "portrait", portraits.length)] ?? "", "base64"));
}
`,
);
