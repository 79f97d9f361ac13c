import type { MynakitError } from "../errors.ts";
import type { PinId } from "../jpki/applications.ts";
import { type Facts, factsOf, peculiarities } from "./facts.ts";
import type { CardImage, PinImage, Violation } from "./image.ts";
import { pinsOf } from "./pins.ts";
import type { ProfileGroup } from "./profile.ts";
import { atrOf, type ProfileName, profiles } from "./profiles.ts";

/** A card as the store tells of it. */
export interface SimSummary {
  readonly name: string;
  /** What `--reader` takes. */
  readonly uri: string;
  /** Null: its file cannot be read. */
  readonly profile: string | null;
  /** RFC 3339; null: not made yet, which its first use does. */
  readonly createdAt: string | null;
  /** Hexadecimal; null: the card is mute, or its file cannot be read. */
  readonly atr: string | null;
  /** Why the file cannot be read. */
  readonly problem?: MynakitError;
}

export interface SimCard extends SimSummary {
  readonly profile: string;
  readonly pins: readonly PinImage[];
  /** `KEY=VALUE`, as it was ordered. */
  readonly settings: readonly string[];
  /** All that there is to say, by key. */
  readonly facts: Facts;
  /** In what it is not as a sound card. */
  readonly peculiarities: Facts;
  readonly violations: readonly Violation[];
}

export interface SimProfile {
  readonly name: ProfileName;
  readonly group: ProfileGroup;
  readonly description: { readonly ja: string; readonly en: string };
  readonly pins: readonly {
    readonly id: PinId;
    readonly value: string;
    readonly remaining: number;
    readonly max: number;
  }[];
}

export const simUri = (name: string): string => `sim:${name}`;

export function describeProfile(name: ProfileName, now: Date): SimProfile {
  const pins = pinsOf(profiles[name], name, now).map(({ id, value, remaining, max }) => ({
    id,
    value,
    remaining,
    max,
  }));
  const { group, description } = profiles[name];
  return { name, group, description, pins };
}

export const summaryOf = ({ name, profile, createdAt, atr, faults }: CardImage): SimSummary & { profile: string } => ({
  name,
  uri: simUri(name),
  profile,
  createdAt,
  atr: faults.mute ? null : atr,
});

export const summaryOfProfile = (name: ProfileName): SimSummary => ({
  name,
  uri: simUri(name),
  profile: name,
  createdAt: null,
  atr: atrOf(profiles[name]),
});

export const describe = (image: CardImage): SimCard => ({
  ...summaryOf(image),
  pins: image.pins,
  settings: image.settings,
  facts: factsOf(image),
  peculiarities: peculiarities(image),
  violations: image.strict?.violations ?? [],
});
