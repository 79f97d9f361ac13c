import { readFile } from "node:fs/promises";
import { MynakitError, type ReplayProblem } from "../../errors.ts";
import { DialogueError, type DialogueLine, matches, parseDialogue, type Recorded } from "../channels/dialogue.ts";
import { encodeCommand } from "../command.ts";
import { toHex } from "../hex.ts";
import type { CardConnection, Reader, ReaderBackend } from "../reader.ts";
import { decodeResponse, type ResponseApdu } from "../response.ts";

/** TS and T0 alone: an ATR that says nothing, for a dialogue that names none. */
const silentAtr = Uint8Array.of(0x3b, 0x00);

/**
 * The back end of `replay:FILE`: plays a recorded or hand-written dialogue (`channels/dialogue.ts`). Every command must be
 * the next one recorded; concealed bytes match any. The end of the file is the card taken away.
 */
export function replayBackend(): ReaderBackend {
  return {
    list: async () => [],
    /** @throws {MynakitError} ERR_IO_READ, ERR_CARD_REPLAY */
    async open(file): Promise<Reader> {
      const dialogue = new Dialogue(file, parse(file, await read(file)));
      return { uri: `replay:${file}`, simulated: false, connect: async () => dialogue.connect() };
    },
    close: async () => {},
  };
}

async function read(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new MynakitError("ERR_IO_READ", { path: file, reason }, { cause });
  }
}

function parse(file: string, text: string): DialogueLine[] {
  try {
    return parseDialogue(text);
  } catch (cause) {
    if (!(cause instanceof DialogueError)) throw cause;
    throw new MynakitError("ERR_CARD_REPLAY", { file, line: cause.line, problem: cause.problem }, { cause });
  }
}

/** A recording and how far it has been played. */
class Dialogue {
  readonly #file: string;
  readonly #lines: readonly DialogueLine[];
  #position = 0;
  #atr: Uint8Array = silentAtr;

  constructor(file: string, lines: readonly DialogueLine[]) {
    this.#file = file;
    this.#lines = lines;
  }

  connect(): CardConnection {
    const next = this.#lines[this.#position];
    if (!next) throw new MynakitError("ERR_CARD_ABSENT", { reader: this.#file });
    if (next.kind === "atr") {
      this.#atr = this.#disclosed(next);
      this.#position++;
    }
    return {
      reader: this.#file,
      atr: this.#atr,
      extendedLength: this.#lines.some(isExtendedCommand),
      transmit: async (command) => this.#answer(encodeCommand(command)),
      disconnect: async () => {},
    };
  }

  #answer(command: Uint8Array): ResponseApdu {
    const asked = this.#take("command", command);
    if (!matches(asked.bytes, command)) throw this.#problem(asked, "other-command", command);
    return decodeResponse(this.#disclosed(this.#take("response")));
  }

  /** The next line, which must be of this kind; a recording that ends here, or without a response, had its card taken away. */
  #take(kind: "command" | "response", command?: Uint8Array): DialogueLine {
    const next = this.#lines[this.#position];
    if (!next || (kind === "response" && next.kind !== "response")) {
      throw new MynakitError("ERR_CARD_REMOVED", { reader: this.#file });
    }
    if (next.kind !== kind) throw this.#problem(next, next.kind === "atr" ? "session-over" : "no-command", command);
    this.#position++;
    return next;
  }

  #disclosed(line: DialogueLine): Uint8Array {
    if (line.bytes.includes(null)) throw this.#problem(line, "concealed");
    return Uint8Array.from(line.bytes, (byte) => byte ?? 0);
  }

  #problem({ line, kind, bytes }: DialogueLine, problem: ReplayProblem, command?: Uint8Array): MynakitError {
    return new MynakitError("ERR_CARD_REPLAY", {
      file: this.#file,
      line,
      problem,
      ...(kind === "command" && { recorded: header(bytes) }),
      ...(command && { sent: header(Array.from(command)) }),
    });
  }
}

/** Whether the recorded reader carried extended length shows in its commands: the same choice leads to the same dialogue. */
function isExtendedCommand({ kind, bytes }: DialogueLine): boolean {
  return kind === "command" && bytes[4] === 0 && bytes.length >= 7;
}

/** The header alone: the data of a command may be a PIN. */
function header(command: Recorded): string {
  return command
    .slice(0, 4)
    .map((byte) => (byte === null ? "**" : toHex(Uint8Array.of(byte))))
    .join("");
}
