import type { SimCard } from "../../simulator/store.ts";
import type { Input } from "../command.ts";
import type { DataOf } from "../results.ts";

/** The name argument that every command on one simulated card takes. */
export const nameOf = (input: Input): string => String(input.arguments.name);

/** A simulated card as results show it: its PINs are test values, and meant to be read. */
export const shownCard = (card: SimCard): DataOf<"sim show"> => ({
  name: card.name,
  uri: card.uri,
  profile: card.profile,
  createdAt: card.createdAt,
  atr: card.atr,
  pins: card.pins.map(({ id, value, remaining, max, verifies, lastTryBurnt }) => ({
    id,
    value,
    remaining,
    max,
    verifies,
    lastTryBurnt,
  })),
  settings: [...card.settings],
  facts: Object.fromEntries(card.facts),
  peculiarities: Object.fromEntries(card.peculiarities),
  violations: card.violations.map(({ pin, verify }) => ({ pin, verify })),
});
