import type { Profile } from "./profile.ts";
import { atrs } from "./profiles/atrs.ts";
import { faultyCards } from "./profiles/faults.ts";
import { holders } from "./profiles/holders.ts";
import { otherCards } from "./profiles/other-cards.ts";

const made = { ...holders, ...otherCards, ...faultyCards };

export type ProfileName = keyof typeof made;

export const profiles: Readonly<Record<ProfileName, Profile>> = made;

export const atrOf = ({ atr = atrs.contact }: Profile): string => atr;

export const isProfileName = (name: string): name is ProfileName => Object.hasOwn(profiles, name);
