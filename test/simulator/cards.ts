import { fromHex, toHex } from "../../src/apdu/hex.ts";
import { type SimulatedCard, simulateCard } from "../../src/simulator/card.ts";
import type { CardImage, Faults, Switches } from "../../src/simulator/image.ts";
import { issueCard } from "../../src/simulator/issue.ts";
import type { PinEvent } from "../../src/simulator/os.ts";
import type { ProfileName } from "../../src/simulator/profiles.ts";

export const today = new Date("2026-11-22T03:00:00Z");

export const jpki = "00A4040C0AD392F000260100000001";
export const text = "00A4040C0AD3921000310001010408";
export const visual = "00A4040C0AD3921000310001010402";
export const common = "00A4040C0AD3921000310001010100";
export const juki = "00A4040C0AD3921000310001010401";
export const isd = "00A4040C07A0000001510000";

export interface CardOptions {
  readonly profile?: ProfileName;
  /** `KEY=VALUE` */
  readonly settings?: readonly string[];
  readonly switches?: Partial<Switches>;
  readonly faults?: Partial<Faults>;
}

/** A freshly issued card, changed as a test needs it. */
export function imageOf({ profile = "standard", settings = [], switches, faults }: CardOptions = {}): CardImage {
  const image = issueCard({ name: profile, profile, seed: profile, settings, now: today });
  return { ...image, switches: { ...image.switches, ...switches }, faults: { ...image.faults, ...faults } };
}

export interface TestCard {
  readonly card: SimulatedCard;
  readonly image: CardImage;
  readonly events: PinEvent[];
  /** The counters of the images that were persisted, in order. */
  readonly persisted: Record<string, number>[];
  /** One command, both in hexadecimal. */
  send(command: string): string;
}

/** A card with power, whose every persisted state and record is kept. */
export function testCard(options: CardOptions = {}): TestCard {
  const image = imageOf(options);
  const events: PinEvent[] = [];
  const persisted: Record<string, number>[] = [];
  const card = simulateCard({
    image,
    persist: ({ pins }) => persisted.push(Object.fromEntries(pins.map(({ id, remaining }) => [id, remaining]))),
    record: (event) => events.push(event),
    random: (length) => new Uint8Array(length).fill(0x5a),
  });
  card.powerOn();
  return { card, image, events, persisted, send: (command) => toHex(card.transmit(fromHex(command))) };
}

const hexOf = (ascii: string) => Buffer.from(ascii, "ascii").toString("hex").toUpperCase();

/** VERIFY of the current EF, or of a short EF identifier. */
export function verify(pin: string, p2 = "80"): string {
  return `002000${p2}${pin.length.toString(16).padStart(2, "0")}${hexOf(pin)}`;
}

/** SELECT EF. */
export const select = (file: string): string => `00A4020C02${file}`;
