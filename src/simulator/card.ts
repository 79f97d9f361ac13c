import { randomBytes } from "node:crypto";
import { encodeResponse } from "../apdu/response.ts";
import { execute } from "./dispatch.ts";
import type { CardImage } from "./image.ts";
import type { PinEvent } from "./os.ts";
import { type Session, unpowered } from "./session.ts";

/** The card is not there, or not any more: no answer comes. Each plug names it in its own way. */
export class CardVanished extends Error {
  override readonly name = "CardVanished";
}

export interface CardParts {
  /** Owned by the card from here on: its counters change. */
  readonly image: CardImage;
  /**
   * Called whenever a counter or a PIN changed, before the answer leaves.
   * @throws {MynakitError} ERR_IO_WRITE: it comes out of `transmit`, and nothing is compared after it
   */
  persist(image: CardImage): void;
  /** Told of every VERIFY and CHANGE that carried data: the oracle of tests. */
  record?(event: PinEvent): void;
  /** Where GET CHALLENGE takes its bytes from; the system's generator if not given. */
  random?(length: number): Uint8Array;
  /** What an earlier object of the same card left: the verified state goes on while the power does. */
  readonly session?: Session;
}

/** A My Number card in software: bytes in, bytes out. */
export interface SimulatedCard {
  /** Null: the card is mute. */
  readonly atr: Uint8Array | null;
  /** How long each command takes, in milliseconds: the plug's to wait. */
  readonly delayMs: number;
  readonly extendedLength: boolean;
  readonly session: Session;
  /** A cold start, also for a card that has power. */
  powerOn(): void;
  powerOff(): void;
  /** A warm reset: nothing is selected any more, but the verified state stays. Source: public measurements (myna-card, myna-sign). */
  reset(): void;
  /**
   * One command APDU, answered with one response APDU.
   * @throws {CardVanished} without power, or where the image says that the card is pulled out
   * @throws {MynakitError} ERR_IO_WRITE
   */
  transmit(command: Uint8Array): Uint8Array;
}

/** SW1 01 stands in no standard. */
const garbage = Uint8Array.of(0xde, 0xad, 0x01, 0x02);

/** The card that an image describes, without power unless `session` says otherwise. */
export function simulateCard(parts: CardParts): SimulatedCard {
  const { image, session = unpowered() } = parts;
  const { faults } = image;
  const os = {
    image,
    session,
    persist: () => parts.persist(image),
    record: (event: PinEvent) => parts.record?.(event),
    random: parts.random ?? ((length: number) => new Uint8Array(randomBytes(length))),
  };

  return {
    atr: faults.mute ? null : new Uint8Array(Buffer.from(image.atr, "hex")),
    delayMs: faults.slowMs,
    extendedLength: image.switches.extendedLength,
    session,
    powerOn() {
      Object.assign(session, unpowered(), { powered: true });
    },
    powerOff() {
      Object.assign(session, unpowered());
    },
    reset() {
      session.application = null;
      session.file = null;
    },
    transmit(command) {
      if (!session.powered || faults.mute) throw new CardVanished("the card has no power");
      session.commands += 1;
      const { removeAfter, garbageAt, answerAt } = faults;
      if (answerAt?.command === session.commands) return new Uint8Array(Buffer.from(answerAt.sw, "hex"));
      const answer = encodeResponse(execute(os, command));
      if (session.commands === removeAfter) {
        Object.assign(session, unpowered());
        throw new CardVanished("the card was pulled out");
      }
      return session.commands === garbageAt ? garbage : answer;
    },
  };
}
