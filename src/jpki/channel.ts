import { cardCapabilities, parseAtr } from "../apdu/atr.ts";
import type { Channel } from "../apdu/channel.ts";
import { withCommandChaining } from "../apdu/channels/command-chaining.ts";
import { withResponseChaining } from "../apdu/channels/response-chaining.ts";
import { type TraceSink, withTrace } from "../apdu/channels/trace.ts";
import type { CardConnection } from "../apdu/reader.ts";
import { disclosedApplications } from "./disclosure.ts";

export interface CardChannels {
  /** Puts long commands and answers into pieces, and together again. */
  readonly open: Channel;
  /** One command here is one command at the card. */
  readonly direct: Channel;
}

/** The channels over a connection; the trace, innermost, sees what really goes to the card, and masks it. */
export function cardChannels(connection: CardConnection, sink: TraceSink | undefined): CardChannels {
  const tracing = { atr: connection.atr, applications: disclosedApplications };
  const direct = sink ? withTrace(connection, { sink, ...tracing }) : connection;
  const open = withResponseChaining(takesExtendedLength(connection) ? direct : withCommandChaining(direct));
  return { open, direct };
}

/** True where the reader carries extended length, and the card announces it or is contactless, as those that do say nothing. */
export function takesExtendedLength({ atr, extendedLength }: Pick<CardConnection, "atr" | "extendedLength">): boolean {
  if (!extendedLength) return false;
  try {
    const parsed = parseAtr(atr);
    return cardCapabilities(parsed)?.extendedLength ?? isContactless(parsed.protocols, atr);
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

/** The ATR that readers make up for contactless cards: `3B 8n 80 01` (PC/SC part 3, 3.1.3.2.3.1). */
function isContactless(protocols: readonly number[], atr: Uint8Array): boolean {
  return protocols.join() === "0,1" && (atr[1] ?? 0) >> 4 === 8 && atr[2] === 0x80 && atr[3] === 0x01;
}
