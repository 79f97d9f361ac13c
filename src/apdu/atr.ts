/** The four bytes that may describe one step of the interface (TA, TB, TC, TD of ISO/IEC 7816-3:2006, 8.2). */
export interface InterfaceBytes {
  readonly ta?: number;
  readonly tb?: number;
  readonly tc?: number;
  readonly td?: number;
}

/** An answer to reset, taken apart (ISO/IEC 7816-3:2006, 8.2). */
export interface Atr {
  readonly convention: "direct" | "inverse";
  /** TA1 to TD1, TA2 to TD2 and so on. */
  readonly interfaceBytes: readonly InterfaceBytes[];
  /** The protocols offered, the card's first choice first: 0 for T=0, 1 for T=1. T=15 is no protocol and left out. */
  readonly protocols: readonly number[];
  readonly historicalBytes: Uint8Array;
  /** TCK: absent where only T=0 is offered. */
  readonly checksum: "absent" | "right" | "wrong";
}

const maxLength = 33;
const conventions: Readonly<Record<number, Atr["convention"]>> = { 59: "direct", 63: "inverse" };

/**
 * Takes an ATR apart. A wrong TCK is told, not refused: readers make up ATRs of contactless cards.
 * @throws {SyntaxError} where the bytes are fewer or more than the ATR itself announces, or begin with neither 3B nor 3F
 */
export function parseAtr(bytes: Uint8Array): Atr {
  const convention = conventions[bytes[0] ?? 0];
  if (!convention) throw new SyntaxError("an ATR begins with 3B or 3F");
  if (bytes.length > maxLength) throw new SyntaxError(`an ATR has ${maxLength} bytes at most`);

  let at = 1;
  const next = (): number => {
    const byte = bytes[at++];
    if (byte === undefined) throw new SyntaxError("the ATR is cut short");
    return byte;
  };
  const t0 = next();
  const interfaceBytes: InterfaceBytes[] = [];
  const types: number[] = [];
  for (let follows: number | undefined = t0; follows !== undefined; ) {
    const step = readStep(follows >> 4, next);
    interfaceBytes.push(step);
    follows = step.td;
    if (follows !== undefined) types.push(follows & 0x0f);
  }
  const historicalBytes = Uint8Array.from({ length: t0 & 0x0f }, next);
  const checked = types.some((type) => type !== 0);
  if (checked) next();
  if (at !== bytes.length) throw new SyntaxError("the ATR is longer than it announces");

  const protocols = types.length === 0 ? [0] : [...new Set(types)].filter((type) => type !== 15);
  return { convention, interfaceBytes, protocols, historicalBytes, checksum: checked ? checkSum(bytes) : "absent" };
}

/** The bytes that the presence bits (Y: TA 1, TB 2, TC 4, TD 8) announce. */
function readStep(presence: number, next: () => number): InterfaceBytes {
  return {
    ...(presence & 1 && { ta: next() }),
    ...(presence & 2 && { tb: next() }),
    ...(presence & 4 && { tc: next() }),
    ...(presence & 8 && { td: next() }),
  };
}

/** All bytes after TS, TCK included, add up to zero by exclusive or. */
function checkSum(bytes: Uint8Array): "right" | "wrong" {
  return bytes.subarray(1).reduce((sum, byte) => sum ^ byte, 0) === 0 ? "right" : "wrong";
}

/** What a card says that it can do: a hint, to be tried before it is relied on. */
export interface CardCapabilities {
  readonly commandChaining: boolean;
  readonly extendedLength: boolean;
}

const capabilitiesTag = 7;

/**
 * The third software function table of the card capabilities in the historical bytes (ISO/IEC 7816-4:2020, 12.1.2.9,
 * compact-TLV `73`). Undefined where the card does not say.
 */
export function cardCapabilities(atr: Atr): CardCapabilities | undefined {
  const [category, ...rest] = atr.historicalBytes;
  if (category !== 0x80 && category !== 0x00) return undefined;
  // Category 00 ends with three status bytes that are no object.
  const objects = category === 0x00 ? rest.slice(0, -3) : rest;
  for (let at = 0; at < objects.length; ) {
    const head = objects[at] ?? 0;
    const length = head & 0x0f;
    const third = objects[at + 3];
    const whole = at + 1 + length <= objects.length;
    if (head >> 4 === capabilitiesTag && length === 3 && whole && third !== undefined) {
      return { commandChaining: (third & 0x80) !== 0, extendedLength: (third & 0x40) !== 0 };
    }
    at += 1 + length;
  }
  return undefined;
}
