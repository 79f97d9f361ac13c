import { randomBytes } from "node:crypto";
import { encodeResponse } from "../apdu/response.ts";
import { pinReferences } from "../jpki/applications.ts";
import { execute } from "./dispatch.ts";
import { foreignAnswer } from "./foreign.ts";
import type { CardImage } from "./image.ts";
import { linkMillis } from "./link.ts";
import type { PinEvent } from "./os.ts";
import { type Session, unpowered } from "./session.ts";
import { condemned, isCondemned, judge } from "./strict.ts";

/** The card is not there, or not any more: no answer comes. Each plug names it in its own way. */
export class CardVanished extends Error {
  override readonly name = "CardVanished";
}

/** Another program has reset the card, which did not carry out the command. Each plug says it in its own way, or cannot. */
export class CardReset extends Error {
  override readonly name = "CardReset";
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
  /** How long a command takes on this card and its link, in whole milliseconds: the plug's to wait. */
  delayOf(command: Uint8Array, response: Uint8Array): number;
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
   * @throws {CardReset} where the image says that another program resets it
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
    record(event: PinEvent) {
      if (judge(image, event)) parts.persist(image);
      parts.record?.(event);
    },
    random: parts.random ?? ((length: number) => new Uint8Array(randomBytes(length))),
  };

  const carryOut = (command: Uint8Array): Uint8Array => {
    if (isCondemned(image)) return condemned;
    const answer = image.foreign ? foreignAnswer(image.foreign, command) : encodeResponse(execute(os, command));
    return isCondemned(image) ? condemned : answer;
  };

  const card: SimulatedCard = {
    atr: faults.mute ? null : new Uint8Array(Buffer.from(image.atr, "hex")),
    delayOf(command, response) {
      return faults.slowMs + (image.link ? Math.round(linkMillis(image.link, command, response)) : 0);
    },
    extendedLength: image.switches.extendedLength,
    session,
    powerOn() {
      Object.assign(session, unpowered(), { powered: true }, leftVerified(image));
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
      const { removeAfter, garbageAt, answerAt, resetAt } = faults;
      if (session.commands === resetAt) {
        card.reset();
        throw new CardReset("another program reset the card");
      }
      if (answerAt?.command === session.commands) return new Uint8Array(Buffer.from(answerAt.sw, "hex"));
      const answer = carryOut(command);
      if (session.commands === removeAfter) {
        card.powerOff();
        throw new CardVanished("the card was pulled out");
      }
      return session.commands === garbageAt ? garbage : answer;
    },
  };
  return card;
}

/** What another program does to such a card as soon as it has power. */
function leftVerified({ faults: { verifiedElsewhere } }: CardImage): Partial<Session> {
  const reference = pinReferences.find(({ id }) => id === verifiedElsewhere);
  return reference ? { verifiedIn: reference.application, verified: new Set([reference.id]) } : {};
}
