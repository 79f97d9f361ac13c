import { X509Certificate } from "node:crypto";
import {
  type ApplicationName,
  commonFiles,
  jpkiFiles,
  type PinId,
  textFiles,
  visualFiles,
} from "../jpki/applications.ts";
import { type SimGeneration, simAuthorities } from "../login/sim-authorities.ts";
import { generationAt, type Usage } from "./authority-names.ts";
import { authCertificate, type Holder, signingCertificate } from "./certificates.ts";
import { closedFilesOf } from "./contents/closed.ts";
import { dataObjects } from "./contents/data-objects.ts";
import { fileIn } from "./contents/file.ts";
import { recordFiles } from "./contents/serial.ts";
import { textFilesOf } from "./contents/text.ts";
import { visualFilesOf } from "./contents/visual.ts";
import { cardKeys } from "./cv-keys.ts";
import { derivedBytes, derivedNumber } from "./derive.ts";
import {
  type CardImage,
  type FileImage,
  imageFormat,
  type KeyImage,
  noFaults,
  type Switches,
  soundSwitches,
} from "./image.ts";
import { holderKeys } from "./keys.ts";
import { cardExpiry } from "./personal-data.ts";
import { issuedAt, pinsOf } from "./pins.ts";
import type { Profile } from "./profile.ts";
import { atrOf, type ProfileName, profiles } from "./profiles.ts";
import { ordered } from "./settings.ts";
import { tokenInfo } from "./token-info.ts";

/** As large as on a real card that was measured; the certificates are about half of it. */
const certificateFileSize = 3808;
const presence = { present: 0x8f, absent: 0x00 } as const;

export interface CardOrder {
  readonly name: string;
  readonly profile: ProfileName;
  /** All that is arbitrary in the card follows from it. */
  readonly seed: string;
  /** True where even its random numbers follow from the seed. */
  readonly seeded?: boolean;
  /** `KEY=VALUE`: what is to be otherwise than in the profile. */
  readonly settings?: readonly string[];
  readonly now: Date;
}

/**
 * A new card, as it leaves the municipal office.
 * @throws {MynakitError} ERR_USAGE_SIM_SETTING
 */
export function issueCard(order: CardOrder): CardImage {
  const { name, profile: profileName, seed, seeded = false, settings = [], now } = order;
  const profile = ordered(profiles[profileName], settings);
  const switches = { ...soundSwitches, ...profile.switches };
  return {
    format: imageFormat,
    name,
    profile: profileName,
    seed,
    seeded,
    settings: [...settings],
    createdAt: now.toISOString(),
    atr: atrOf(profile),
    person: profile.person,
    ...contents(profile, switches, seed, now),
    switches,
    faults: { ...noFaults, ...profile.faults },
    foreign: profile.answersTo ? [...profile.answersTo] : null,
    link: profile.link ?? null,
    strict: profile.strict ? { missed: [], violations: [] } : null,
    verified: [],
  };
}

type Contents = Pick<
  CardImage,
  "applications" | "files" | "recordFiles" | "closedFiles" | "dataObjects" | "keys" | "pins"
>;

const nothing: Contents = {
  applications: [],
  files: [],
  recordFiles: [],
  closedFiles: [],
  dataObjects: [],
  keys: [],
  pins: [],
};

const everyApplication: ApplicationName[] = ["jpki", "text", "visual", "common", "juki", "isd"];

function contents(profile: Profile, switches: Switches, seed: string, now: Date): Contents {
  const { person } = profile;
  if (!person) return nothing;
  const issued = issuedAt(profile, now);
  const holder = { person, seed, issuedAt: issued, generation: profile.generation ?? generationAt(issued) };
  const jpki: Contents = {
    ...nothing,
    applications: ["jpki", "isd"],
    files: jpkiFilesOf(profile, holder),
    closedFiles: closedFilesOf(["jpki"]),
    keys: jpkiKeysOf(profile, seed),
    pins: pinsOf(profile, seed, now),
  };
  if (profile.jpkiOnly) return jpki;
  const { municipality } = person;
  const expiry = cardExpiry(person, holder.issuedAt);
  const card = { seed, municipality, expiry, atr: atrOf(profile) };
  return {
    ...jpki,
    applications: everyApplication,
    files: [...jpki.files, ...textFilesOf(person, seed, switches), ...visualFilesOf(person, seed, expiry)],
    recordFiles: recordFiles(card),
    closedFiles: closedFilesOf(everyApplication),
    dataObjects: dataObjects(card),
    keys: [...jpki.keys, ...ownKeys],
  };
}

/** Of the applications themselves: none wants a PIN. */
const ownKeys: readonly KeyImage[] = [
  { application: "text", file: textFiles.signingKey, use: "internal-signature", privateKey: cardKeys.text },
  { application: "visual", file: visualFiles.signingKey, use: "internal-signature", privateKey: cardKeys.visual },
  {
    application: "common",
    file: commonFiles.internalAuthenticationKey,
    use: "internal-authentication",
    privateKey: cardKeys.common,
  },
];

const certificateFile = (file: number, der: Uint8Array, read: PinId[] = []): FileImage => ({
  ...fileIn("jpki", file, der, read),
  size: certificateFileSize,
});

function jpkiFilesOf(profile: Profile, holder: Holder): FileImage[] {
  const hasAuth = profile.authCertificate !== "absent";
  const hasSign = profile.signCertificate !== "absent";
  const label = profile.tokenLabel ?? "JPKIAPICCTOKEN2";
  const availability = [hasSign, hasAuth].map((has) => (has ? presence.present : presence.absent));
  const sign = () =>
    certificateFile(jpkiFiles.signCertificate, signingCertificate(holder, keyOf("sign", holder.seed)), ["sign"]);
  return [
    ...(hasSign ? [sign()] : []),
    certificateFile(jpkiFiles.signCaCertificate, authority("sign", holder.generation)),
    fileIn("jpki", jpkiFiles.tokenInfo, tokenInfo(label, holder.seed)),
    fileIn("jpki", jpkiFiles.certificateAvailability, Uint8Array.of(...availability, 0x00)),
    ...(hasAuth ? [authFile(profile, holder)] : []),
    certificateFile(jpkiFiles.authCaCertificate, authority("auth", holder.generation)),
  ];
}

function authFile(profile: Profile, holder: Holder): FileImage {
  const der = authCertificate(holder, keyOf("auth", holder.seed));
  const id = jpkiFiles.authCertificate;
  switch (profile.authCertificate) {
    case "cut-short":
      return fileIn("jpki", id, der.subarray(0, der.length >> 1));
    case "garbage":
      return certificateFile(id, derivedBytes(holder.seed, "garbage", 32));
    case "behind-pin":
      return certificateFile(id, der, ["auth"]);
    default:
      return certificateFile(id, der);
  }
}

function jpkiKeysOf(profile: Profile, seed: string): KeyImage[] {
  const key = (id: Usage, file: number): KeyImage => ({
    application: "jpki",
    file,
    use: "signature",
    pin: id,
    privateKey: keyOf(id, seed),
  });
  const auth = key("auth", jpkiFiles.authKey);
  return profile.signCertificate === "absent" ? [auth] : [auth, key("sign", jpkiFiles.signKey)];
}

/** One of the fixed keys, another for each usage. */
function keyOf(usage: Usage, seed: string): string {
  const at = (derivedNumber(seed, "key", holderKeys.length) + (usage === "auth" ? 0 : 1)) % holderKeys.length;
  const key = holderKeys[at];
  if (key === undefined) throw new TypeError(`no holder key ${at}`);
  return key;
}

const authority = (usage: Usage, generation: SimGeneration) =>
  new Uint8Array(new X509Certificate(simAuthorities[usage][generation]).raw);
