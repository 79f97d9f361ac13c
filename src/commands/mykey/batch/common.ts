import type { Journal } from "./journal.ts";

/**
 * The PIN for all cards whose line names no file. One card gets it first; the others wait until a card has accepted it. Where
 * that one refuses it, or its answer is unknown, it goes to no other, in no later run of the journal either.
 */
export class CommonPin {
  readonly text: string;
  readonly #journal: Journal;
  #leading: Promise<unknown> | undefined;
  #accepted = false;

  constructor(text: string, journal: Journal) {
    this.text = text;
    this.#journal = journal;
  }

  /** Does the work of one card: alone while it is open whether the PIN is right, else at once. Passes on what `work` throws. */
  async inTurn(work: () => Promise<void>): Promise<void> {
    while (this.#undecided && this.#leading) await this.#leading;
    if (!this.#undecided) return work();
    const done = work();
    this.#leading = Promise.allSettled([done]).then(() => {
      this.#leading = undefined;
    });
    return done;
  }

  /** Whether it may be presented to this card. */
  suits(card: string | null): boolean {
    const { state, card: asked } = this.#journal.common;
    return state === "open" || state === "accepted" || (state === "asked" && card !== null && card === asked);
  }

  /** Whether this card's answer decides for the others: until one has said yes in this run, each does. */
  get decides(): boolean {
    return !this.#accepted;
  }

  /** Whether the card that is asked next is the first. */
  get leads(): boolean {
    return this.#undecided;
  }

  accept(): void {
    this.#accepted = true;
  }

  get #undecided(): boolean {
    const { state } = this.#journal.common;
    return state === "open" || state === "asked";
  }
}
