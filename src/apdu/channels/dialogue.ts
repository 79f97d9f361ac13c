import type { DialogueProblem } from "../../errors.ts";

/**
 * The text form of an APDU dialogue, written by `--trace`, read by `replay:`, and fit to be typed by hand. One line each:
 *
 *     # a comment; empty lines are free
 *     atr 3BE000FF8131FE4514                     a card session begins
 *     > 00A4040C 0A D392F000260100000001         a command, whole, as it goes to the card
 *     < 9000                                     its response: data, then the status word
 *     > 00200080 04 [PIN 4]                      four bytes of a PIN, never written
 *     < 9000
 *     > 00B0810000
 *     < **** 9000                                two bytes of personal data, not written
 *     > 00B0810011                               in another application
 *     < [MYNUMBER 17] 9000   # 12 ms             what holds the My Number, never written; how long it took
 *
 * Bytes are hexadecimal, upper or lower case, spaces between them free, and a comment may follow. `**` is one byte,
 * `[PIN n]` and `[MYNUMBER n]` are n bytes that the recording conceals; in a command that is replayed, any byte matches
 * them. A command without a response line got none: the card was gone.
 */

/** A byte string of which some bytes may be concealed: null. */
export type Recorded = readonly (number | null)[];

export interface DialogueLine {
  /** Counted from 1. */
  readonly line: number;
  readonly kind: "atr" | "command" | "response";
  readonly bytes: Recorded;
  /** Why bytes are concealed, where some are. */
  readonly concealed?: Concealment;
  /** How long the card took for a response, where the recording says it. */
  readonly milliseconds?: number;
}

export type Concealment = "pin" | "my-number" | "personal";

/** More than a card can say in an hour. */
const mostBytes = 16 * 1024 * 1024;
const mostLines = 500_000;

/** No command and no response is longer: header, extended lengths, 65535 bytes (ISO/IEC 7816-4:2020, 5.2). */
const longestLine = 4 + 3 + 65_535 + 2;

const kinds: Readonly<Record<string, DialogueLine["kind"]>> = { atr: "atr", ">": "command", "<": "response" };

/** A text that is no dialogue, and in which line. */
export class DialogueError extends SyntaxError {
  readonly line: number;
  readonly problem: DialogueProblem;

  constructor(line: number, problem: DialogueProblem) {
    super(problem);
    this.line = line;
    this.problem = problem;
  }
}

/**
 * The lines of a dialogue that mean something.
 * @throws {DialogueError} on a line of any other form
 */
export function parseDialogue(text: string): DialogueLine[] {
  let bytes = 0;
  const contents = text.split(/\r?\n/, mostLines + 1);
  if (contents.length > mostLines) throw new DialogueError(mostLines + 1, "too-long");
  return contents.flatMap((content, index) => {
    const line = parseLine(content, index + 1);
    bytes += line?.bytes.length ?? 0;
    // A short line can stand for many bytes.
    if (bytes > mostBytes) throw new DialogueError(index + 1, "too-long");
    return line ?? [];
  });
}

/**
 * One line of a dialogue; undefined where it says nothing.
 * @throws {DialogueError} on a line of any other form
 */
export function parseLine(content: string, line: number): DialogueLine | undefined {
  const { 1: statement = "", 2: comment = "" } = /^([^#]*)(.*)$/s.exec(content) ?? [];
  const trimmed = statement.trim();
  if (trimmed === "") return undefined;
  const [, word = "", rest = ""] = /^(atr\b|[<>])(.*)$/i.exec(trimmed) ?? [];
  const kind = kinds[word.toLowerCase()];
  if (!kind) throw new DialogueError(line, "no-dialogue");
  const { bytes, concealed } = parseBytes(rest, line);
  if (kind === "response" && bytes.slice(-2).filter((byte) => byte !== null).length < 2) {
    throw new DialogueError(line, "no-status");
  }
  if (kind === "command" && bytes.length < 4) throw new DialogueError(line, "short-command");
  if (kind === "atr" && bytes.length === 0) throw new DialogueError(line, "empty-atr");
  const time = kind === "response" ? /^#\s*(\d{1,9}) ms\b/.exec(comment)?.[1] : undefined;
  return {
    line,
    kind,
    bytes,
    ...(concealed && { concealed }),
    ...(time !== undefined && { milliseconds: Number(time) }),
  };
}

const concealments: Readonly<Record<string, Concealment>> = { PIN: "pin", MYNUMBER: "my-number" };

function parseBytes(text: string, line: number): { bytes: Recorded; concealed: Concealment | undefined } {
  const bytes: (number | null)[] = [];
  let concealed: Concealment | undefined;
  const token = /\s*(?:([0-9a-f]{2})|(\*\*)|\[(PIN|MYNUMBER) (\d{1,5})\])\s*/iy;
  while (token.lastIndex < text.length) {
    const match = token.exec(text);
    if (!match) throw new DialogueError(line, "not-bytes");
    const [, hex, , word = "", length = "1"] = match;
    if (hex) bytes.push(Number.parseInt(hex, 16));
    else {
      concealed ??= concealments[word.toUpperCase()] ?? "personal";
      for (let left = Number(length); left > 0; left--) bytes.push(null);
    }
    if (bytes.length > longestLine) throw new DialogueError(line, "too-long");
  }
  return { bytes, concealed };
}

/** True where the bytes are those recorded, as far as the recording shows them. */
export function matches(recorded: Recorded, bytes: Uint8Array): boolean {
  return recorded.length === bytes.length && recorded.every((byte, at) => byte === null || byte === bytes[at]);
}
