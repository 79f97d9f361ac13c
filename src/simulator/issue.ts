import { X509Certificate } from "node:crypto";
import { type ApplicationName, jpkiFiles, type PinId, textFiles } from "../jpki/applications.ts";
import { type SimGeneration, simAuthorities } from "../login/sim-authorities.ts";
import { generationAt, type Usage } from "./authority-names.ts";
import { authCertificate, type Holder, signingCertificate } from "./certificates.ts";
import { derivedBytes, derivedNumber } from "./derive.ts";
import { type CardImage, type FileImage, imageFormat, type KeyImage, noFaults, soundSwitches } from "./image.ts";
import { holderKeys } from "./keys.ts";
import { attributesFile, myNumberFile } from "./personal-data.ts";
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
    ...contents(profile, seed, now),
    switches: { ...soundSwitches, ...profile.switches },
    faults: { ...noFaults, ...profile.faults },
    foreign: profile.answersTo ? [...profile.answersTo] : null,
    link: profile.link ?? null,
    strict: profile.strict ? { missed: [], violations: [] } : null,
    verified: [],
  };
}

type Contents = Pick<CardImage, "applications" | "files" | "keys" | "pins">;

function contents(profile: Profile, seed: string, now: Date): Contents {
  const { person } = profile;
  if (!person) return { applications: [], files: [], keys: [], pins: [] };
  const issued = issuedAt(profile, now);
  const holder = { person, seed, issuedAt: issued, generation: profile.generation ?? generationAt(issued) };
  const text = profile.jpkiOnly ? [] : textFilesOf(holder);
  return {
    applications: profile.jpkiOnly ? ["jpki", "isd"] : ["jpki", "text", "visual", "common", "juki", "isd"],
    files: [...jpkiFilesOf(profile, holder), ...text],
    keys: keysOf(profile, seed),
    pins: pinsOf(profile, seed, now),
  };
}

const upperHex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex").toUpperCase();

function fileIn(application: ApplicationName, file: number, bytes: Uint8Array, read: PinId[] = []): FileImage {
  return { application, file, content: upperHex(bytes), size: bytes.length, read };
}

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

function textFilesOf({ person, seed }: Holder): FileImage[] {
  return [
    fileIn("text", textFiles.myNumber, myNumberFile(seed), ["text", "text-a"]),
    fileIn("text", textFiles.attributes, attributesFile(person), ["text", "text-b"]),
  ];
}

function keysOf(profile: Profile, seed: string): KeyImage[] {
  const key = (id: Usage, file: number): KeyImage => ({
    application: "jpki",
    file,
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
