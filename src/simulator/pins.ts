import { type PinId, type PinReference, pinReferences } from "../jpki/applications.ts";
import { type PinImage, soundSwitches } from "./image.ts";
import { myNumber, referenceNumberB } from "./personal-data.ts";
import type { Profile } from "./profile.ts";

const hour = 3_600_000;
const standardAgeHours = 400 * 24;

/** Not published for the verification numbers A and the birth date key; ten as for the verification numbers B. */
const assumedMax = 10;

/** When the certificates of a card made now were issued. */
export const issuedAt = (profile: Profile, now: Date): Date =>
  new Date(now.getTime() - (profile.issuedHoursAgo ?? standardAgeHours) * hour);

/** How many tries a PIN has after a right entry. */
export const triesOf = ({ max }: PinReference): number => max ?? assumedMax;

/** The PINs that a card of this profile has. */
export function referencesOf(profile: Profile): PinReference[] {
  if (!profile.person) return [];
  return pinReferences.filter(
    ({ id, application }) =>
      !(profile.jpkiOnly && application !== "jpki") && !(id === "sign" && profile.signCertificate === "absent"),
  );
}

/** The PINs of a new card of this profile, in the order of `pinReferences`; what the card lacks is left out. */
export function pinsOf(profile: Profile, seed: string, now: Date): PinImage[] {
  const { person } = profile;
  if (!person) return [];
  const switches = { ...soundSwitches, ...profile.switches };
  const numberB = referenceNumberB(person, seed, issuedAt(profile, now), switches);
  const values: Record<PinId, string> = {
    auth: "1234",
    sign: "TEST1234",
    text: "5678",
    "text-a": myNumber(seed),
    "text-b": numberB,
    "visual-a": myNumber(seed),
    "visual-b": numberB,
    "visual-birth": numberB.slice(0, 6),
    common: "9012",
    juki: "9012",
  };
  return referencesOf(profile).map((reference) => {
    const { id } = reference;
    const max = triesOf(reference);
    const remaining = profile.remaining?.[id] ?? max;
    return { id, value: values[id], remaining, max, verifies: 0, lastTryBurnt: false };
  });
}
