import type { Reader } from "../../apdu/reader.ts";
import { MynakitError, type PinReport } from "../../errors.ts";
import type { PinReference } from "../applications.ts";
import { type Card, type CardOptions, withCard, withCardAgain } from "../card.ts";
import type { CardIdentity } from "../identify.ts";
import { assertTries } from "./guard.ts";
import type { Pin } from "./pin.ts";
import { readCounter } from "./query.ts";
import { reporting } from "./reporting.ts";

/** What a person is told when asked. */
export interface PinPrompt {
  readonly reference: PinReference;
  readonly tries: number;
  readonly max: number | null;
}

export interface EntryOptions extends CardOptions {
  /** Tries that must be left; below two it is two. */
  readonly minTries: number;
  /** What an earlier hold has seen of this card and PIN; else a first hold looks. */
  readonly sighting?: Sighting;
}

interface Sought {
  readonly reference: PinReference;
  /** Refuses, by throwing, a card that is not to be asked. */
  readonly requireCard: (card: Card) => Promise<CardIdentity>;
}

export interface Entry<Pins extends readonly Pin[], T> extends Sought {
  /** Asks the person, with the card free, and only with enough tries left. The PINs are wiped after use. */
  readonly ask: (prompt: PinPrompt) => Promise<Pins>;
  /** Presents them, through the guard, to the card that was there before. */
  readonly present: (card: Card, pins: Pins) => Promise<T>;
}

/** What a first hold has seen of a card and its PIN. */
export interface Sighting extends PinPrompt {
  /** Tells this card from another in the same reader. */
  readonly token: string | undefined;
}

/**
 * Brings PINs from a person to a card, in two holds: the first reads the counter, so that a hopeless card causes no
 * question; then the person is asked with the card free; the second makes sure that it is the same card.
 * @throws {MynakitError} ERR_CARD_CHANGED (nothing sent), ERR_CERT_ABSENT where the card lacks what the PIN is for, what
 *   `assertTries`, `Reader.connect` and the callbacks throw; each with what is known of the PIN by then
 */
export async function enterPins<Pins extends readonly Pin[], T>(
  reader: Reader,
  options: EntryOptions,
  entry: Entry<Pins, T>,
): Promise<T> {
  const sighting = options.sighting ?? (await withCard(reader, options, (card) => look(card, entry, options.minTries)));
  return presentPins(reader, options, { ...entry, sighting });
}

/**
 * The second half of `enterPins`, for a first hold that had more to do than to read the counter.
 * @throws {MynakitError} ERR_CARD_CHANGED (nothing sent), ERR_CARD_REMOVED, what `Reader.connect` and the callbacks throw; each
 *   with what is known of the PIN by then
 */
export async function presentPins<Pins extends readonly Pin[], T>(
  reader: Reader,
  options: CardOptions,
  entry: Omit<Entry<Pins, T>, "reference"> & { readonly sighting: Sighting },
): Promise<T> {
  const { sighting, requireCard, ask, present } = entry;
  const { reference, tries, max, token } = sighting;
  const untouched: PinReport = { pinSent: false, triesBefore: tries, triesAfter: tries };
  return reporting(untouched, async () => {
    const pins = await ask({ reference, tries, max });
    try {
      return await withCardAgain(reader, options, async (card) => {
        const now = await requireCard(card);
        // Before the PIN, which is another card's secret: a try of that one is not ours to spend.
        if (now.token?.serialNumber !== token) throw new MynakitError("ERR_CARD_CHANGED", { reader: card.reader });
        return await present(card, pins);
      });
    } finally {
      for (const pin of pins) pin.wipe();
    }
  });
}

async function look(card: Card, { reference, requireCard }: Sought, minTries: number): Promise<Sighting> {
  return sight(card, await requireCard(card), reference, minTries);
}

/**
 * What a first hold has to know of a PIN: that there is any point in asking for it.
 * @throws {MynakitError} ERR_CERT_ABSENT where the card lacks what the PIN is for; what `assertTries` and a channel throw
 */
export async function sight(
  card: Card,
  { token }: CardIdentity,
  reference: PinReference,
  minTries: number,
): Promise<Sighting> {
  const counter = await readCounter(card, reference);
  if (counter.state === "absent" && (reference.id === "auth" || reference.id === "sign")) {
    throw new MynakitError("ERR_CERT_ABSENT", { kind: reference.id });
  }
  const tries = assertTries(counter, reference, minTries);
  return { reference, token: token?.serialNumber, tries, max: counter.max };
}
