import type { SimCard } from "../../simulator/store.ts";
import type { Input } from "../command.ts";
import type { DataOf } from "../results.ts";

/** The name argument that every command on one simulated card takes. */
export const nameOf = (input: Input): string => String(input.arguments.name);

/** A simulated card as results show it: its PINs are test values, and meant to be read. */
export const shownCard = ({ name, uri, profile, createdAt, atr, pins }: SimCard): DataOf<"sim show"> => ({
  name,
  uri,
  profile,
  createdAt,
  atr,
  pins: pins.map(({ id, value, remaining, max, verifies, lastTryBurnt }) => ({
    id,
    value,
    remaining,
    max,
    verifies,
    lastTryBurnt,
  })),
});
