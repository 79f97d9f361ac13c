import { applications } from "../../jpki/applications.ts";
import type { Profile } from "../profile.ts";
import { atrs } from "./atrs.ts";

/** Names of the applications on cards of other kinds. Source: public card readers and ATR lists. */
const names = {
  juki: [Buffer.from(applications.juki.aid).toString("hex").toUpperCase()],
  drivingLicence: [
    "A0000002310100000000000000000000",
    "A0000002310200000000000000000000",
    "A0000002480300000000000000000000",
  ],
  residenceCard: [
    "D392F0004F0200000000000000000000",
    "D392F0004F0300000000000000000000",
    "D392F0004F0400000000000000000000",
  ],
  /** `2PAY.SYS.DDF01`, `1PAY.SYS.DDF01` and a scheme's own. */
  creditCard: ["325041592E5359532E4444463031", "315041592E5359532E4444463031", "A0000000031010"],
  /** FIDO, PIV, OpenPGP. */
  securityKey: ["A0000006472F0001", "A000000308000010000100", "D27600012401"],
} as const;

/** What people put on the reader instead. */
export const otherCards = {
  suica: {
    group: "other-cards",
    description: { ja: "交通系ICカード（FeliCa）", en: "a transit card (FeliCa), not a My Number Card" },
    person: null,
    atr: atrs.felica,
    answersTo: [],
  },
  "juki-card": {
    group: "other-cards",
    description: { ja: "住民基本台帳カード", en: "a Juki card (before the My Number Card)" },
    person: null,
    atr: atrs.juki,
    answersTo: names.juki,
  },
  "driving-licence": {
    group: "other-cards",
    description: { ja: "運転免許証", en: "a Japanese driving licence" },
    person: null,
    atr: atrs.drivingLicence,
    answersTo: names.drivingLicence,
  },
  "residence-card": {
    group: "other-cards",
    description: { ja: "在留カード", en: "a Japanese residence card" },
    person: null,
    atr: atrs.typeB,
    answersTo: names.residenceCard,
  },
  "b-cas": {
    group: "other-cards",
    description: { ja: "B-CASカード（テレビ）", en: "a B-CAS card (digital TV)" },
    person: null,
    atr: atrs.bCas,
    answersTo: [],
  },
  "credit-card": {
    group: "other-cards",
    description: { ja: "クレジットカード", en: "a credit card" },
    person: null,
    atr: atrs.typeA,
    answersTo: names.creditCard,
  },
  "security-key": {
    group: "other-cards",
    description: { ja: "セキュリティキー（FIDO、PIV）", en: "a security key (FIDO, PIV)" },
    person: null,
    atr: atrs.securityKey,
    answersTo: names.securityKey,
  },
  blank: {
    group: "other-cards",
    description: { ja: "何も入っていないICカード", en: "a chip card with nothing on it" },
    person: null,
    atr: atrs.blank,
    answersTo: [],
  },
} as const satisfies Readonly<Record<string, Profile>>;
