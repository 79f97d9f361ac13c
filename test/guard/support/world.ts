import fc from "fast-check";
import { type PinId, pinIds } from "../../../src/jpki/applications.ts";
import { pinReference } from "../../../src/jpki/pin/references.ts";
import type { CardImage } from "../../../src/simulator/image.ts";
import { issueCard } from "../../../src/simulator/issue.ts";
import { isProfileName, profiles } from "../../../src/simulator/profiles.ts";
import { type Incident, incidents } from "./incidents.ts";
import { today } from "./operations.ts";

/** Harmless work in the same hold, which leaves another file or application selected. */
export type Detour = "query" | "read" | "jpki" | "text" | "visual" | "isd";

/** One run of one operation. */
export interface Use {
  readonly operation: string;
  /** Which of the operation's PINs, modulo their number. */
  readonly pin: number;
  readonly entry: "right" | "wrong" | "malformed";
  /** Which of the ways to be malformed. */
  readonly flaw: number;
  readonly minTries: number;
  readonly incident: Incident | undefined;
  /** What another program presents while the person is asked. */
  readonly rival: "right" | "wrong" | undefined;
  readonly detours: readonly Detour[];
  readonly pace: number;
}

export type Step =
  | { readonly kind: "use"; readonly uses: readonly Use[] }
  | { readonly kind: "rival"; readonly pin: number; readonly right: boolean }
  | { readonly kind: "warm-reset" | "power-off" | "unblocked" };

export interface World {
  readonly profile: string;
  readonly tries: Readonly<Record<string, readonly [max: number, remaining: number]>>;
  readonly switches: Partial<CardImage["switches"]>;
  readonly steps: readonly Step[];
}

const refusal = fc.constantFrom(null, null, null, "6A82", "6A86", "6D00");
const switches: fc.Arbitrary<Partial<CardImage["switches"]>> = fc.record({
  query: fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom("counter", "9000-when-verified") },
    fc.constantFrom("9000", "6300", "6F00"),
  ),
  lockedVerify: fc.constantFrom("6983" as const, "6984" as const),
  shortFileId: fc.record({ read: refusal, verify: refusal, sign: refusal }),
  verifiedOutlivesApplication: fc.boolean(),
});

const useOf = (operations: readonly string[]): fc.Arbitrary<Use> =>
  fc.record({
    operation: fc.constantFrom(...operations),
    pin: fc.nat(pinIds.length - 1),
    entry: fc.constantFrom("right", "right", "wrong", "wrong", "wrong", "malformed"),
    flaw: fc.nat(11),
    minTries: fc.constantFrom(2, 2, 2, 0, -1, 3, Number.NaN),
    incident: fc.option(incidents, { nil: undefined, freq: 2 }),
    rival: fc.constantFrom(undefined, undefined, undefined, "wrong" as const, "right" as const),
    detours: fc.array(fc.constantFrom<Detour>("query", "read", "jpki", "text", "visual", "isd"), { maxLength: 2 }),
    pace: fc.nat(3),
  });

/** Lives of a card of any profile; `operations` are the names of what can be done to it. */
export function worlds(operations: readonly string[]): fc.Arbitrary<World> {
  const use = useOf(operations);
  const step: fc.Arbitrary<Step> = fc.oneof(
    {
      weight: 12,
      arbitrary: fc.record({ kind: fc.constant("use" as const), uses: fc.array(use, { minLength: 1, maxLength: 1 }) }),
    },
    {
      weight: 3,
      arbitrary: fc.record({ kind: fc.constant("use" as const), uses: fc.array(use, { minLength: 2, maxLength: 3 }) }),
    },
    fc.record({ kind: fc.constant("rival" as const), pin: fc.nat(pinIds.length - 1), right: fc.boolean() }),
    fc.record({ kind: fc.constantFrom("warm-reset" as const, "power-off" as const, "unblocked" as const) }),
  );
  return fc.record({
    profile: fc.oneof(fc.constant("standard"), fc.constantFrom(...Object.keys(profiles))),
    tries: fc.record(
      Object.fromEntries(pinIds.map((id) => [id, fc.tuple(fc.integer({ min: 1, max: 15 }), fc.nat(15))])),
    ),
    switches: fc.oneof(fc.constant({}), switches),
    steps: fc.array(step, { minLength: 1, maxLength: 40, size: "max" }),
  });
}

const issued = new Map<string, CardImage>();

/** Making a card means signing certificates: once is enough. */
function issuedCard(profile: string): CardImage {
  if (!isProfileName(profile)) throw new TypeError(`no profile ${profile}`);
  const image = issued.get(profile) ?? issueCard({ name: profile, profile, seed: "guard", now: today });
  issued.set(profile, image);
  return image;
}

/** The card with which a world begins. A success never fills a counter to more than is published. */
export function cardOf({ profile, tries, switches: own }: World): CardImage {
  const image = issuedCard(profile);
  const pins = image.pins.map((pin) => {
    const [most, remaining] = tries[pin.id] ?? [pin.max, pin.remaining];
    const max = Math.min(most, pinReference(pin.id).max ?? most);
    return { ...pin, max, remaining: Math.min(remaining, max) };
  });
  return { ...image, pins, switches: { ...structuredClone(image.switches), ...structuredClone(own) } };
}

/** The PIN that a use means. */
export const pinOf = (ids: readonly PinId[], { pin }: Pick<Use, "pin">): PinId => ids[pin % ids.length] ?? "auth";
