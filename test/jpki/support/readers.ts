import { type CommandApdu, encodeCommand } from "../../../src/apdu/command.ts";
import { fromHex, toHex } from "../../../src/apdu/hex.ts";
import type { ConnectOptions, Disposition, Reader } from "../../../src/apdu/reader.ts";
import { decodeResponse, type ResponseApdu } from "../../../src/apdu/response.ts";
import { MynakitError } from "../../../src/errors.ts";
import { CardVanished, type SimulatedCard, simulateCard } from "../../../src/simulator/card.ts";
import type { CardImage } from "../../../src/simulator/image.ts";
import { issueCard } from "../../../src/simulator/issue.ts";
import type { PinEvent } from "../../../src/simulator/os.ts";
import type { ProfileName } from "../../../src/simulator/profiles.ts";

export const now = new Date("2026-11-22T03:00:00Z");

export const connect: ConnectOptions = { waitForCard: 0, signal: new AbortController().signal };

/** A reader that tells what went through it. */
export interface ObservedReader extends Reader {
  /** Every command that reached the card, in hexadecimal. */
  readonly log: string[];
  /** How each hold ended. */
  readonly dispositions: Disposition[];
}

export interface Script {
  readonly atr?: string;
  readonly extendedLength?: boolean;
  /** `command` in hexadecimal; the answer too, or an error to be thrown. */
  answer(command: string, apdu: CommandApdu): string | ResponseApdu | Error;
}

/** A reader with a card that answers from a script. */
export function scriptedReader({ atr = "3B8080", extendedLength = false, answer }: Script): ObservedReader {
  return observed(fromHex(atr), extendedLength, {
    transmit(command) {
      const answered = answer(toHex(encodeCommand(command)), command);
      if (answered instanceof Error) throw answered;
      return typeof answered === "string" ? decodeResponse(fromHex(answered)) : answered;
    },
    begin: () => undefined,
    letGo: () => undefined,
  });
}

export interface SimulatedReader extends ObservedReader {
  card: SimulatedCard;
  readonly image: CardImage;
  /** What the card itself recorded of every VERIFY with data. */
  readonly events: PinEvent[];
}

export interface SimulationOptions {
  readonly profile?: ProfileName;
  readonly extendedLength?: boolean;
  readonly seed?: string;
  /** Changes the card before it is used. */
  readonly change?: (image: CardImage) => void;
}

/** A reader with a simulated card. The card keeps its power from hold to hold, as under pcscd. */
export function simulatedReader(options: SimulationOptions = {}): SimulatedReader {
  const { profile = "standard", extendedLength = true, seed = "jpki", change } = options;
  const image = structuredClone(issued(profile, seed));
  change?.(image);
  const events: PinEvent[] = [];
  const card = simulateCard({ image, persist: () => undefined, record: (event) => events.push(event) });
  const reader = observed(card.atr ?? new Uint8Array(), extendedLength, {
    begin() {
      if (!reader.card.session.powered) reader.card.powerOn();
    },
    transmit(command) {
      try {
        return decodeResponse(reader.card.transmit(encodeCommand(command)));
      } catch (error) {
        if (error instanceof CardVanished) throw removed();
        throw error;
      }
    },
    letGo(disposition) {
      if (disposition === "unpower") reader.card.powerOff();
      if (disposition === "reset") reader.card.reset();
    },
  }) as SimulatedReader;
  return Object.assign(reader, { card, image, events });
}

const cards = new Map<string, CardImage>();

/** Making a card means signing certificates: once is enough. */
function issued(profile: ProfileName, seed: string): CardImage {
  const key = `${profile} ${seed}`;
  const image = cards.get(key) ?? issueCard({ name: profile, profile, seed, now });
  cards.set(key, image);
  return image;
}

export function removed(): MynakitError {
  return new MynakitError("ERR_CARD_REMOVED", { reader: "test" });
}

interface Plug {
  begin(): void;
  transmit(command: CommandApdu): ResponseApdu;
  letGo(disposition: Disposition): void;
}

function observed(atr: Uint8Array, extendedLength: boolean, plug: Plug): ObservedReader {
  const log: string[] = [];
  const dispositions: Disposition[] = [];
  let held = false;
  return {
    uri: "test:card",
    simulated: true,
    log,
    dispositions,
    async connect() {
      if (held) throw new MynakitError("ERR_READER_BUSY", { reader: "test", seconds: 0 });
      held = true;
      plug.begin();
      return {
        reader: "test",
        atr,
        extendedLength,
        async transmit(command) {
          log.push(toHex(encodeCommand(command)));
          return plug.transmit(command);
        },
        async disconnect(disposition) {
          if (!held) return;
          held = false;
          dispositions.push(disposition);
          plug.letGo(disposition);
        },
      };
    },
  };
}
