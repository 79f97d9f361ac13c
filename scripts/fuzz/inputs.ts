import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

const corpusFolder = path.join(import.meta.dirname, "../../fixtures/corpus");
/** Longer than every file of a card, and than every frame. */
const longest = 1 << 17;

/** The inputs that all others are made from. */
export function corpusOf(target: string): readonly Uint8Array[] {
  const folder = path.join(corpusFolder, target);
  const files = readdirSync(folder).sort();
  if (files.length === 0) throw new Error(`${folder} is empty`);
  return files.map((file) => new Uint8Array(readFileSync(path.join(folder, file))));
}

/** Below `limit`. */
type Random = (limit: number) => number;

/** splitmix32: a few random numbers from a seed and an index, so that every input can be made again alone. */
function randomFor(seed: number, index: number): Random {
  let state = (Math.imul(seed, 0x9e3779b9) ^ Math.imul(index + 1, 0x85ebca6b)) >>> 0;
  return (limit) => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = state ^ (state >>> 16);
    mixed = Math.imul(mixed, 0x21f0aaad);
    mixed ^= mixed >>> 15;
    mixed = Math.imul(mixed, 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) % limit;
  };
}

/** Bytes at which parsers change their mind: lengths, tags, signs, text. */
const telling = [
  0x00, 0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x0c, 0x17, 0x1f, 0x20, 0x30, 0x31, 0x7f, 0x80, 0x81, 0x82, 0x84, 0xa0,
  0xa3, 0xbf, 0xff,
];

type Change = (bytes: Buffer, random: Random, other: Uint8Array) => Uint8Array;

const place = (bytes: Uint8Array, random: Random): number => random(bytes.length + 1);

/** A copy, changed at one place. */
const at =
  (value: (old: number, random: Random) => number): Change =>
  (bytes, random) => {
    const copy = Buffer.from(bytes);
    if (copy.length === 0) return copy;
    const index = random(copy.length);
    copy[index] = value(copy[index] ?? 0, random);
    return copy;
  };

const changes: readonly Change[] = [
  at((old, random) => old ^ (1 << random(8))),
  at((_, random) => random(256)),
  at((_, random) => telling[random(telling.length)] ?? 0),
  at((old, random) => old + (random(2) === 0 ? 1 : 255)),
  (bytes, random) => bytes.subarray(0, place(bytes, random)),
  (bytes, random) => {
    const start = place(bytes, random);
    return Buffer.concat([bytes.subarray(0, start), bytes.subarray(Math.min(bytes.length, start + 1 + random(64)))]);
  },
  (bytes, random) => {
    const start = place(bytes, random);
    return Buffer.concat([bytes.subarray(0, start), Buffer.alloc(1 + random(32), random(256)), bytes.subarray(start)]);
  },
  (bytes, random) => {
    const start = place(bytes, random);
    const end = Math.min(bytes.length, start + 1 + random(256));
    return Buffer.concat([bytes.subarray(0, end), bytes.subarray(start)]);
  },
  (bytes, random, other) =>
    Buffer.concat([bytes.subarray(0, place(bytes, random)), other.subarray(place(other, random))]),
  (bytes, random) => {
    const copy = Buffer.from(bytes);
    const [from, to, length] = [place(copy, random), place(copy, random), random(32)];
    copy.copy(copy, to, from, from + length);
    return copy;
  },
];

/** The input with this number: one of the corpus, changed at one to eight places. */
export function inputAt(corpus: readonly Uint8Array[], seed: number, index: number): Uint8Array {
  const random = randomFor(seed, index);
  const pick = (): Uint8Array => corpus[random(corpus.length)] ?? new Uint8Array();
  let bytes = pick();
  for (let left = 1 + random(8); left > 0; left--) {
    const change = changes[random(changes.length)];
    if (change) bytes = change(Buffer.from(bytes), random, pick());
  }
  return Uint8Array.from(bytes.subarray(0, longest));
}
