/**
 * A command APDU (ISO/IEC 7816-4:2020, 5.2). Without `data` and `le`: case 1; with `le` only: case 2;
 * with `data` only: case 3; with both: case 4.
 */
export interface CommandApdu {
  readonly cla: number;
  readonly ins: number;
  readonly p1: number;
  readonly p2: number;
  /** 1 to 65535 bytes. Over 255 bytes the extended form is used. */
  readonly data?: Uint8Array;
  /** Ne, the greatest number of bytes expected: 1 to 65536. Over 256 the extended form is used. */
  readonly le?: number;
  /** True where the extended form is used although the short one would do. */
  readonly extended?: boolean;
}

const maxShort = { data: 255, le: 256 };
const maxExtended = { data: 65535, le: 65536 };

/** True where a command does not fit the short form: only a reader and a card that carry extended length take it. */
export function needsExtendedLength({ data, le, extended }: CommandApdu): boolean {
  return extended === true || (data?.length ?? 0) > maxShort.data || (le ?? 0) > maxShort.le;
}

/**
 * The bytes of a command: the short form where it fits, else the extended one. A case 1 command is its four header bytes.
 * @throws {RangeError} on a header byte, a data length or an `le` outside its range
 */
export function encodeCommand(command: CommandApdu): Uint8Array {
  const { cla, ins, p1, p2, data, le } = command;
  for (const byte of [cla, ins, p1, p2]) checkRange("header byte", byte, 0, 255);
  if (data) checkRange("data length", data.length, 1, maxExtended.data);
  if (le !== undefined) checkRange("le", le, 1, maxExtended.le);

  const extended = needsExtendedLength(command);
  const mark = extended ? [0] : [];
  const number = (value: number) => (extended ? [(value >> 8) & 0xff, value & 0xff] : [value & 0xff]);
  const dataPart = data ? [...mark, ...number(data.length), ...data] : [];
  const lePart = le === undefined ? [] : [...(data ? [] : mark), ...number(le)];
  return Uint8Array.from([cla, ins, p1, p2, ...dataPart, ...lePart]);
}

function checkRange(what: string, value: number, min: number, max: number): void {
  if (!Number.isInteger(value) || value < min || value > max) {
    throw new RangeError(`${what} ${value} is not in ${min} to ${max}`);
  }
}

/**
 * The command that bytes mean, in any of the cases 1, 2S, 3S, 4S, 2E, 3E and 4E.
 * @throws {SyntaxError} where the length fields and the number of bytes disagree
 */
export function decodeCommand(bytes: Uint8Array): CommandApdu {
  const [cla, ins, p1, p2] = bytes;
  if (cla === undefined || ins === undefined || p1 === undefined || p2 === undefined) {
    throw new SyntaxError("a command APDU has at least four bytes");
  }
  const header = { cla, ins, p1, p2 };
  const body = new Uint8Array(bytes.subarray(4));
  const first = body[0];
  if (first === undefined) return header;
  if (body.length === 1) return { ...header, le: first || maxShort.le };
  if (first !== 0) return { ...header, ...shortBody(body) };
  const command = { ...header, ...extendedBody(body.subarray(1)) };
  return needsExtendedLength(command) ? command : { ...command, extended: true };
}

type Body = Pick<CommandApdu, "data" | "le">;

function shortBody(body: Uint8Array): Body {
  const lc = body[0] ?? 0;
  const data = body.subarray(1, 1 + lc);
  const rest = body.subarray(1 + lc);
  const [le] = rest;
  if (data.length < lc || rest.length > 1) throw lengthMismatch(lc, body.length - 1);
  return le === undefined ? { data } : { data, le: le || maxShort.le };
}

/** What follows the 00 that marks the extended form. */
function extendedBody(body: Uint8Array): Body {
  const value = uint16(body);
  if (value === undefined) throw new SyntaxError("an extended length field has three bytes");
  if (body.length === 2) return { le: value || maxExtended.le };
  if (value === 0) throw new SyntaxError("an extended Lc of 0");
  const data = body.subarray(2, 2 + value);
  const rest = body.subarray(2 + value);
  if (data.length < value || (rest.length !== 0 && rest.length !== 2)) throw lengthMismatch(value, body.length - 2);
  const le = uint16(rest);
  return le === undefined ? { data } : { data, le: le || maxExtended.le };
}

function uint16(bytes: Uint8Array): number | undefined {
  const [high, low] = bytes;
  return high === undefined || low === undefined ? undefined : high * 256 + low;
}

function lengthMismatch(lc: number, available: number): SyntaxError {
  return new SyntaxError(`Lc says ${lc} data bytes, ${available} bytes follow it`);
}
