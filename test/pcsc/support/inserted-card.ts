import { once } from "node:events";
import { setTimeout } from "node:timers/promises";
import { vpcdPort } from "../../../src/apdu/readers/vpcd-frames.ts";
import { type Ending, insertIntoVpcd } from "../../../src/simulator/vpcd.ts";
import { type CardOptions, type TestCard, testCard } from "../../simulator/cards.ts";

const sleep = (ms: number, signal?: AbortSignal) => setTimeout(ms, undefined, signal ? { signal } : {});

export interface InsertedCard extends TestCard {
  /** Resolves when the card is out of the reader; the service notices within 0.4 seconds. */
  pull(): Promise<Ending>;
}

/** A simulated card in the first virtual reader; resolves when the service has seen it. */
export async function insertCard(options: CardOptions = {}): Promise<InsertedCard> {
  const inserted = testCard(options);
  inserted.card.powerOff();
  const hand = new AbortController();
  const seen = new AbortController();
  const ready = once(seen.signal, "abort");
  const ending = insertIntoVpcd({
    card: inserted.card,
    host: "127.0.0.1",
    port: vpcdPort,
    signal: hand.signal,
    connectTimeout: 2000,
    sleep,
    onReady: () => seen.abort(),
  });
  await Promise.race([ready, ending]);
  return {
    ...inserted,
    async pull() {
      hand.abort();
      return ending;
    },
  };
}
