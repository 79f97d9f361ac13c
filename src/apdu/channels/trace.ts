import { MynakitError } from "../../errors.ts";
import type { Channel } from "../channel.ts";
import { type CommandApdu, encodeCommand, needsExtendedLength } from "../command.ts";
import { toHex } from "../hex.ts";
import type { ResponseApdu } from "../response.ts";
import { commandDisclosure, type PublicApplication, ResponseDisclosure } from "./disclosure.ts";

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
  /** The applications whose content is not personal. */
  readonly publicApplications: readonly PublicApplication[];
}

/** The lines of a dialogue in the text form of `dialogue.ts`, PINs and personal data replaced before a line is made. */
export interface DialogueWriter {
  command(command: CommandApdu): string;
  /** To be told every exchange, in order. */
  response(command: CommandApdu, response: ResponseApdu): string;
  /** In place of a response; `reason` must be harmless. */
  lost(reason: string): string;
}

/** @param publicApplications those whose content is not personal */
export function dialogueWriter(publicApplications: readonly PublicApplication[]): DialogueWriter {
  const disclosure = new ResponseDisclosure(publicApplications);
  return {
    command: (command) => `> ${commandText(command)}`,
    response: (command, response) => `< ${responseText(response, disclosure.shows(command, response))}`,
    lost(reason) {
      disclosure.forget();
      return `# no response: ${reason}`;
    },
  };
}

/**
 * Writes the dialogue as it goes to the card and comes back, in the text form of `dialogue.ts`. PINs and personal data are
 * replaced before a line is made, so no sink ever sees them. Meant to stand innermost, next to the connection.
 */
export function withTrace(inner: Channel, { sink, atr, publicApplications }: TraceOptions): Channel {
  const writer = dialogueWriter(publicApplications);
  sink.write(`atr ${toHex(atr)}`);
  return {
    async transmit(command) {
      sink.write(writer.command(command));
      try {
        const response = await inner.transmit(command);
        sink.write(writer.response(command, response));
        return response;
      } catch (error) {
        sink.write(writer.lost(error instanceof MynakitError ? error.code : "failed"));
        throw error;
      }
    },
  };
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

function responseText({ data, sw }: ResponseApdu, shown: boolean): string {
  const status = sw.toString(16).toUpperCase().padStart(4, "0");
  if (data.length === 0) return status;
  return `${shown ? toHex(data) : "**".repeat(data.length)} ${status}`;
}
