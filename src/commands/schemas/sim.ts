import * as v from "valibot";
import { count, hex, time } from "./common.ts";

const simPin = v.object({
  id: v.string(),
  value: v.string(),
  remaining: count,
  max: count,
  verifies: count,
  lastTryBurnt: v.boolean(),
});

const simCard = v.object({ name: v.string(), uri: v.string(), profile: v.string(), createdAt: v.nullable(time) });

/** By the keys that `sim create --set` and `sim expect` take. */
const simFacts = v.record(v.string(), v.string());

const wholeSimCard = v.object({
  ...simCard.entries,
  atr: v.nullable(hex),
  pins: v.array(simPin),
  settings: v.array(v.string()),
  facts: simFacts,
  /** Those of them in which the card is not as a sound one. */
  peculiarities: simFacts,
  /** Each VERIFY that a strict card should not have been sent: of which PIN, and its how manieth. */
  violations: v.array(v.object({ pin: v.string(), verify: count })),
});

export const simSchemas = {
  /** `profile` is null where the card's file cannot be read. */
  "sim list": v.object({ cards: v.array(v.object({ ...simCard.entries, profile: v.nullable(v.string()) })) }),
  "sim create": wholeSimCard,
  "sim show": wholeSimCard,
  "sim expect": v.object({
    name: v.string(),
    met: v.boolean(),
    findings: v.array(v.object({ key: v.string(), expected: v.string(), actual: v.string(), met: v.boolean() })),
  }),
  "sim log": v.object({ name: v.string(), cleared: v.boolean(), lines: v.array(v.string()) }),
  "sim reset": wholeSimCard,
  "sim renew": wholeSimCard,
  "sim reissue": wholeSimCard,
  "sim move": wholeSimCard,
  "sim delete": v.object({ name: v.string(), deleted: v.boolean() }),
  "sim profiles": v.object({
    profiles: v.array(
      v.object({
        name: v.string(),
        group: v.picklist(["people", "pins", "certificates", "phones", "other-cards", "faults"]),
        description: v.string(),
        pins: v.array(v.object({ id: v.string(), value: v.string(), remaining: count, max: count })),
      }),
    ),
  }),
  "sim insert": v.object({ name: v.string(), address: v.string() }),
} as const;
