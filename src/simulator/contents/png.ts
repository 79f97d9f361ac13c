import { crc32, deflateSync } from "node:zlib";

const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const oneBitGreyscale = Uint8Array.of(1, 0, 0, 0, 0);
const unfiltered = 0;

/** Black where true; all rows are equally long. */
export type Bitmap = readonly (readonly boolean[])[];

/** A bitmap as PNG with one bit a pixel (PNG Specification, third edition). */
export function encodePng(bitmap: Bitmap): Uint8Array {
  const size = Buffer.alloc(8);
  size.writeUInt32BE(bitmap[0]?.length ?? 0, 0);
  size.writeUInt32BE(bitmap.length, 4);
  const rows = bitmap.flatMap((row) => [unfiltered, ...packed(row)]);
  const chunks = [
    chunk("IHDR", Buffer.concat([size, oneBitGreyscale])),
    chunk("IDAT", deflateSync(Uint8Array.from(rows), { level: 9 })),
    chunk("IEND", Buffer.alloc(0)),
  ];
  return new Uint8Array(Buffer.concat([signature, ...chunks]));
}

/** Eight pixels a byte, the first in the highest bit; 0 is black. */
function packed(row: readonly boolean[]): number[] {
  const bytes = new Array<number>(Math.ceil(row.length / 8)).fill(0);
  for (const [at, black] of row.entries()) if (!black) bytes[at >> 3] = (bytes[at >> 3] ?? 0) | (0x80 >> (at & 7));
  return bytes;
}

function chunk(type: string, data: Uint8Array): Buffer {
  const content = Buffer.concat([Buffer.from(type, "ascii"), data]);
  const framed = Buffer.alloc(content.length + 8);
  framed.writeUInt32BE(data.length, 0);
  content.copy(framed, 4);
  framed.writeUInt32BE(crc32(content), content.length + 4);
  return framed;
}
