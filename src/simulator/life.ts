import { MynakitError } from "../errors.ts";
import { jpkiFiles } from "../jpki/applications.ts";
import { generationAt } from "./authority-names.ts";
import { textFilesOf } from "./contents/text.ts";
import type { CardImage } from "./image.ts";
import { issueCard, jpkiFilesOf, jpkiKeysOf } from "./issue.ts";
import type { Profile } from "./profile.ts";
import { isProfileName, profiles } from "./profiles.ts";
import { ordered } from "./settings.ts";

/** What a holder goes through at the municipal office, as a change of the card. */
export type LifeEvent = "renew" | "reissue" | { readonly moveTo: string };

/**
 * The card after an event of its holder's life.
 * - renew: the same card with new certificates and keys, issued now; PINs and counters stay.
 * - reissue: another card of the same person, as new, with numbers, keys and certificates of its own.
 * - move: another address; the signing certificate, which holds it, is a new one. The authentication certificate stays.
 * @throws {MynakitError} ERR_CARD_KIND where nobody holds it, ERR_USAGE_SIM_SETTING for an address that cannot be one
 */
export function livedThrough(image: CardImage, event: LifeEvent, now: Date): CardImage {
  const { name, profile: profileName, person, seed, seeded } = image;
  if (!person || !isProfileName(profileName)) {
    throw new MynakitError("ERR_CARD_KIND", { kind: profileName, name: profileName });
  }
  // No two editions of a person's certificates have the same numbers and keys.
  const edition = `${seed} ${now.toISOString()}`;
  const holder = { seed, edition, issuedAt: now, generation: generationAt(now) };
  if (event === "reissue") {
    return issueCard({ name, profile: profileName, seed, seeded, settings: image.settings, edition, now });
  }
  if (event === "renew") {
    return withJpki(image, ordered(profiles[profileName], image.settings), { ...holder, person }, () => true);
  }
  const settings = [...image.settings, `person.address=${event.moveTo}`];
  const profile = ordered(profiles[profileName], settings);
  const moved = profile.person ?? person;
  const text = textFilesOf(moved, seed, image.switches);
  const files = [...image.files.filter(({ application }) => application !== "text"), ...text];
  const signing: readonly number[] = [jpkiFiles.signCertificate, jpkiFiles.signCaCertificate, jpkiFiles.signKey];
  const elsewhere = { ...image, settings, person: moved, files };
  return withJpki(elsewhere, profile, { ...holder, person: moved }, (file) => signing.includes(file));
}

type Holder = Parameters<typeof jpkiFilesOf>[1];

/** With some of the JPKI application's files and keys made anew. */
function withJpki(image: CardImage, profile: Profile, holder: Holder, anew: (file: number) => boolean): CardImage {
  const kept = ({ application, file }: { application: string; file: number }) => application !== "jpki" || !anew(file);
  return {
    ...image,
    files: [...image.files.filter(kept), ...jpkiFilesOf(profile, holder).filter(({ file }) => anew(file))],
    keys: [...image.keys.filter(kept), ...jpkiKeysOf(profile, holder.edition).filter(({ file }) => anew(file))],
  };
}
