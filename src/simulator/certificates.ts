import { createPrivateKey } from "node:crypto";
import type { SimGeneration } from "../login/sim-authorities.ts";
import { authorityAlternativeName, authorityName, type Usage } from "./authority-names.ts";
import { type LeafExtension, leafProfiles, practiceStatement, yearsOfValidity } from "./certificate-profile.ts";
import { birthdayAfter, endOfJapaneseDay, japaneseDate, japaneseEra } from "./dates.ts";
import { derivedAlphanumerics, derivedDigits, derivedNumber } from "./derive.ts";
import type { Person } from "./image.ts";
import { authorityKeys } from "./keys.ts";
import {
  authorityKeyIdentifier,
  crlDistributionPoint,
  directoryName,
  extension,
  ia5String,
  keyUsage,
  type Name,
  objectIdentifier,
  type Part,
  sequence,
  signCertificate,
  subjectKeyIdentifier,
  tagged,
  utf8String,
} from "./x509.ts";

export interface Holder {
  readonly person: Person;
  /** All that is arbitrary follows from it. */
  readonly seed: string;
  readonly issuedAt: Date;
  /** Of the authorities that issued the certificates. */
  readonly generation: SimGeneration;
}

/** The holder's authentication certificate (利用者証明用): no personal data beyond the municipality's code. DER. */
export function authCertificate(holder: Holder, privateKey: string): Uint8Array {
  const { seed, person } = holder;
  const identifier = `${derivedAlphanumerics(seed, "auth-name", 14)}${person.municipality}${derivedAlphanumerics(seed, "auth-name-end", 4)}`;
  return leaf("auth", holder, privateKey, [
    ["C", "JP"],
    ["CN", identifier],
  ]);
}

/** The holder's signing certificate (署名用), with the four attributes. DER. */
export function signingCertificate(holder: Holder, privateKey: string): Uint8Array {
  const { seed, person, issuedAt } = holder;
  const issued = issuedAt.toISOString().slice(0, 19).replace(/\D/g, "");
  const identifier = `${issued}${derivedAlphanumerics(seed, "sign-name", 10)}${derivedDigits(seed, "sign-name-end", 4)}`;
  return leaf("sign", holder, privateKey, [
    ["C", "JP"],
    ["L", person.prefecture],
    ["L", person.city],
    ["CN", identifier],
  ]);
}

function leaf(
  usage: Usage,
  { person, seed, issuedAt, generation }: Holder,
  privateKey: string,
  subject: Name,
): Uint8Array {
  const key = createPrivateKey(privateKey);
  const issuerKey = createPrivateKey(authorityKeys[usage][generation]);
  const issuer = authorityName(usage);
  const notBefore = new Date(Math.floor(issuedAt.getTime() / 1000) * 1000);
  const lastDay = birthdayAfter(japaneseDate(notBefore), person.birth, yearsOfValidity);
  const profile = leafProfiles[usage];
  const parts: Record<LeafExtension, () => Part> = {
    keyUsage: () => keyUsage(...profile.keyUsage),
    subjectAltName: () => extension("2.5.29.17", sequence(...attributes(person))),
    certificatePolicies: () => extension("2.5.29.32", sequence(policy(profile.policy)), { critical: true }),
    issuerAltName: () => extension("2.5.29.18", sequence(directoryName(authorityAlternativeName(usage)))),
    cRLDistributionPoints: () =>
      crlDistributionPoint([
        ...issuer,
        ["OU", "CRL Distribution Points"],
        ["OU", person.prefecture],
        ["CN", `${person.city} CRLDP`],
      ]),
    authorityKeyIdentifier: () => authorityKeyIdentifier(issuerKey),
    subjectKeyIdentifier: () => subjectKeyIdentifier(key),
  };
  const extensions = profile.extensions.map((name) => parts[name]());
  const content = { issuer, subject, notBefore, notAfter: endOfJapaneseDay(lastDay), key, extensions };
  return signCertificate({ ...content, serialNumber: serialNumber(usage, seed) }, issuerKey);
}

/** Positive and below 2³¹, as the published serial numbers suggest; 1 is the authority's own. */
const serialNumber = (usage: Usage, seed: string): number => 2 + derivedNumber(seed, `${usage}-serial`, 2 ** 31 - 2);

const policy = (identifier: string) =>
  sequence(
    objectIdentifier(identifier),
    sequence(sequence(objectIdentifier("1.3.6.1.5.5.7.2.1"), ia5String(practiceStatement))),
  );

const sexInCertificate: Record<Person["sex"], string> = { "1": "1", "2": "2", "9": "3" };

/** The six otherNames in the order seen in a real certificate: name, birth, sex, address and the flags of replaced characters. */
function attributes(person: Person): Part[] {
  const name = person.certificateName ?? person.name;
  const values: readonly (readonly [suffix: number, value: string])[] = [
    [1, name],
    [4, `${japaneseEra(person.birth).digit}${person.birth.replaceAll("-", "")}`],
    [3, sexInCertificate[person.sex]],
    [5, person.address],
    [2, replacementFlags(person.name, name)],
    [6, replacementFlags(person.address, person.address)],
  ];
  return values.map(([suffix, value]) =>
    tagged(0, objectIdentifier(`1.2.392.200149.8.5.5.${suffix}`), tagged(0, utf8String(value))),
  );
}

/** One digit a character: 1 where the certificate shows another character than the resident register. */
function replacementFlags(original: string, shown: string): string {
  const originals = [...original];
  return [...shown].map((character, at) => (character === originals[at] ? "0" : "1")).join("");
}
