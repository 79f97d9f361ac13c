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
 *
 * Bytes are hexadecimal, upper or lower case, spaces between them free. `**` is one byte, `[PIN n]` are n bytes that the
 * recording conceals. A command without a response line got none: the card was gone.
 */

/** A byte string of which some bytes may be concealed: null. */
export type Recorded = readonly (number | null)[];

export interface DialogueLine {
  /** Counted from 1. */
  readonly line: number;
  readonly kind: "atr" | "command" | "response";
  readonly bytes: Recorded;
}

const kinds: Readonly<Record<string, DialogueLine["kind"]>> = { atr: "atr", ">": "command", "<": "response" };

/** A text that is no dialogue, and in which line. */
export class DialogueError extends SyntaxError {
  readonly line: number;

  constructor(line: number, problem: string) {
    super(problem);
    this.line = line;
  }
}

/**
 * The lines of a dialogue that mean something.
 * @throws {DialogueError} on a line of any other form
 */
export function parseDialogue(text: string): DialogueLine[] {
  const lines: DialogueLine[] = [];
  text.split(/\r?\n/).forEach((content, index) => {
    const trimmed = content.trim();
    if (trimmed === "" || trimmed.startsWith("#")) return;
    lines.push(parseLine(trimmed, index + 1));
  });
  return lines;
}

function parseLine(content: string, line: number): DialogueLine {
  const [, word = "", rest = ""] = /^(atr\b|[<>])(.*)$/i.exec(content) ?? [];
  const kind = kinds[word.toLowerCase()];
  if (!kind) throw new DialogueError(line, "a line begins with >, <, atr or #");
  const bytes = parseBytes(rest, line);
  if (kind === "response" && bytes.slice(-2).filter((byte) => byte !== null).length < 2) {
    throw new DialogueError(line, "a response ends with its status word");
  }
  if (kind === "command" && bytes.length < 4) throw new DialogueError(line, "a command has four bytes or more");
  if (kind === "atr" && bytes.length === 0) throw new DialogueError(line, "an ATR has bytes");
  return { line, kind, bytes };
}

function parseBytes(text: string, line: number): Recorded {
  const bytes: (number | null)[] = [];
  const token = /\s*(?:([0-9a-f]{2})|(\*\*)|\[PIN (\d{1,5})\])\s*/iy;
  while (token.lastIndex < text.length) {
    const start = token.lastIndex;
    const match = token.exec(text);
    if (!match) throw new DialogueError(line, `not bytes: ${text.slice(start, start + 20)}`);
    const [, hex, , pin] = match;
    if (hex) bytes.push(Number.parseInt(hex, 16));
    else for (let left = Number(pin ?? 1); left > 0; left--) bytes.push(null);
  }
  return bytes;
}

/** True where the bytes are those recorded, as far as the recording shows them. */
export function matches(recorded: Recorded, bytes: Uint8Array): boolean {
  return recorded.length === bytes.length && recorded.every((byte, at) => byte === null || byte === bytes[at]);
}
