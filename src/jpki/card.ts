import type { Channel } from "../apdu/channel.ts";
import type { TraceSink } from "../apdu/channels/trace.ts";
import type { CommandApdu } from "../apdu/command.ts";
import type { CardConnection, ConnectOptions, Reader } from "../apdu/reader.ts";
import type { ResponseApdu } from "../apdu/response.ts";
import { isError, MynakitError } from "../errors.ts";
import { type CardChannels, cardChannels, takesExtendedLength } from "./channel.ts";
import type { Card, CardMemory } from "./hold.ts";
import { fence, mayBeVerified } from "./pin/guard.ts";
import { logOut } from "./select.ts";

export type { Card } from "./hold.ts";

export interface CardOptions {
  readonly connect: ConnectOptions;
  /** Receives the dialogue, secrets masked. */
  readonly trace?: TraceSink;
  /** Commands go to the card as they are: none is put into pieces or repeated, and no answer is fetched. */
  readonly exact?: true;
}

/**
 * Holds the card in `reader` exclusively while `work` runs, and lets it go whatever happens. If a PIN was presented,
 * or somebody's verified state may stand, the card is logged out and powered down: that state outlives a plain
 * disconnect. An abort is noticed before each command; one in flight is awaited.
 * @throws {MynakitError} what `Reader.connect` and `work` throw; ERR_CANCELLED when aborted
 */
export async function withCard<T>(reader: Reader, options: CardOptions, work: (card: Card) => Promise<T>): Promise<T> {
  return hold(() => reader.connect(options.connect), options, work);
}

/**
 * As `withCard`, for a second hold of what was begun in a first: a card that is gone by now was removed midway.
 * @throws {MynakitError} as `withCard`, but ERR_CARD_REMOVED in place of ERR_CARD_ABSENT
 */
export async function withCardAgain<T>(
  reader: Reader,
  options: CardOptions,
  work: (card: Card) => Promise<T>,
): Promise<T> {
  return hold(() => reconnect(reader, options.connect), options, work);
}

async function reconnect(reader: Reader, options: ConnectOptions): Promise<CardConnection> {
  try {
    return await reader.connect(options);
  } catch (cause) {
    if (isError(cause, "ERR_CARD_ABSENT")) throw new MynakitError("ERR_CARD_REMOVED", cause.details, { cause });
    throw cause;
  }
}

async function hold<T>(
  connect: () => Promise<CardConnection>,
  options: CardOptions,
  work: (card: Card) => Promise<T>,
): Promise<T> {
  const { signal } = options.connect;
  throwIfCancelled(signal);
  const connection = await connect();
  const channels = cardChannels(connection, options.trace);
  const card = buildCard(connection, options.exact ? { ...channels, open: channels.direct } : channels, signal);
  try {
    return await work(card);
  } finally {
    await letGo(card, connection, channels.direct);
  }
}

/** @throws {MynakitError} ERR_CANCELLED with the signal's name, where `signal` is aborted */
export function throwIfCancelled(signal: AbortSignal): void {
  if (!signal.aborted) return;
  const reason: unknown = signal.reason;
  const name = reason instanceof Error ? reason.name : String(reason);
  throw new MynakitError("ERR_CANCELLED", { signal: name }, reason instanceof Error ? { cause: reason } : {});
}

function buildCard(connection: CardConnection, { open, direct }: CardChannels, signal: AbortSignal): Card {
  const memory: CardMemory = {
    application: null,
    shortFileIds: true,
    extendedLength: takesExtendedLength(connection),
    verifiedSeen: false,
  };
  const fenced = fence(remembering(open, memory), direct, () => throwIfCancelled(signal));
  return Object.assign(fenced, { reader: connection.reader, atr: connection.atr, memory });
}

/** After a SELECT by anyone, or an error, nobody knows what is selected; who does know says so afterwards. */
function remembering(inner: Channel, memory: CardMemory): Channel {
  return {
    async transmit(command: CommandApdu): Promise<ResponseApdu> {
      const staysWithin = command.ins !== 0xa4 || command.p1 === 0x02;
      const application = staysWithin ? memory.application : null;
      memory.application = null;
      const response = await inner.transmit(command);
      memory.application = application;
      return response;
    },
  };
}

async function letGo(card: Card, connection: CardConnection, direct: Channel): Promise<void> {
  if (!mayBeVerified(card)) return connection.disconnect("leave");
  await logOut(direct);
  return connection.disconnect("unpower");
}
