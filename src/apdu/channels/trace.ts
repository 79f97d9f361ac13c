import { MynakitError } from "../../errors.ts";
import type { Channel } from "../channel.ts";
import { type CommandApdu, encodeCommand, needsExtendedLength } from "../command.ts";
import { toHex } from "../hex.ts";
import type { ResponseApdu } from "../response.ts";
import { type Content, commandDisclosure, type DisclosedApplication, ResponseDisclosure } from "./disclosure.ts";

/** Where a trace goes. */
export interface TraceSink {
  /** Takes one line, without its end. */
  readonly write: (line: string) => void;
  /** True where personal data may be written: never PINs, never the My Number. */
  readonly personal: boolean;
}

export interface TraceOptions {
  readonly sink: TraceSink;
  /** The card's, written first: a session of the replay begins with it. */
  readonly atr: Uint8Array;
  readonly applications: readonly DisclosedApplication[];
}

/** The lines of a dialogue in the text form of `dialogue.ts`, PINs and personal data replaced before a line is made. */
export interface DialogueWriter {
  command(command: CommandApdu): string;
  /** To be told every exchange, in order. */
  response(command: CommandApdu, response: ResponseApdu): string;
  /** In place of a response; `reason` must be harmless. */
  lost(reason: string): string;
}

/** See `DialogueWriter`; for `personal` see `TraceSink`. */
export function dialogueWriter(
  applications: readonly DisclosedApplication[],
  { personal }: Pick<TraceSink, "personal">,
): DialogueWriter {
  const disclosure = new ResponseDisclosure(applications);
  return {
    command: (command) => `> ${commandText(command)}`,
    response: (command, response) => `< ${responseText(response, disclosure.contentOf(command, response), personal)}`,
    lost(reason) {
      disclosure.forget();
      return `# no response: ${reason}`;
    },
  };
}

/**
 * Writes the dialogue as it goes to the card and comes back, in the text form of `dialogue.ts`. PINs, the My Number and,
 * where not asked for, personal data are replaced before a line is made, so no sink ever sees them. Meant to stand
 * innermost, next to the connection.
 */
export function withTrace(inner: Channel, { sink, atr, applications }: TraceOptions): Channel {
  const writer = dialogueWriter(applications, sink);
  sink.write(`atr ${toHex(atr)}`);
  return {
    async transmit(command) {
      sink.write(writer.command(command));
      const response = await answered(inner, command, (code) => sink.write(writer.lost(code)));
      sink.write(writer.response(command, response));
      return response;
    },
  };
}

async function answered(inner: Channel, command: CommandApdu, failed: (code: string) => void): Promise<ResponseApdu> {
  try {
    return await inner.transmit(command);
  } catch (error) {
    failed(error instanceof MynakitError ? error.code : "failed");
    throw error;
  }
}

function commandText(command: CommandApdu): string {
  const bytes = encodeCommand(command);
  const length = command.data?.length ?? 0;
  const disclosure = commandDisclosure(command);
  if (length === 0 || disclosure === "shown") return toHex(bytes);
  const start = needsExtendedLength(command) ? 7 : 5;
  const concealed = disclosure === "pin" ? `[PIN ${length}]` : "**".repeat(length);
  return `${toHex(bytes.subarray(0, start))} ${concealed} ${toHex(bytes.subarray(start + length))}`.trimEnd();
}

function responseText({ data, sw }: ResponseApdu, content: Content, personal: boolean): string {
  const status = sw.toString(16).toUpperCase().padStart(4, "0");
  if (data.length === 0) return status;
  if (content === "my-number") return `[MYNUMBER ${data.length}] ${status}`;
  const shown = content === "public" || (content === "personal" && personal);
  return `${shown ? toHex(data) : "**".repeat(data.length)} ${status}`;
}
