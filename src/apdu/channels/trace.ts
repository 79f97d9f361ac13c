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

/**
 * Writes the dialogue as it goes to the card and comes back, in the text form of `dialogue.ts`. PINs, the My Number and,
 * where not asked for, personal data are replaced before a line is made, so no sink ever sees them. Meant to stand
 * innermost, next to the connection.
 */
export function withTrace(inner: Channel, { sink, atr, applications }: TraceOptions): Channel {
  const disclosure = new ResponseDisclosure(applications);
  sink.write(`atr ${toHex(atr)}`);
  return {
    async transmit(command) {
      sink.write(`> ${commandText(command)}`);
      const response = await answered(inner, command, (code) => {
        disclosure.forget();
        sink.write(`# no response: ${code}`);
      });
      sink.write(`< ${responseText(response, disclosure.contentOf(command, response), sink.personal)}`);
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
