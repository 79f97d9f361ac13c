import type { Profile } from "../profile.ts";
import { atrs } from "./atrs.ts";
import { resident, street } from "./residents.ts";

const day = 24;

/** People, and what can be the matter with their PINs and certificates. */
export const holders = {
  standard: {
    group: "people",
    description: { ja: "すべて使える標準のカード", en: "a card on which everything works" },
    person: resident("見本　太郎", "1985-04-12", "1", "１番１号"),
  },
  "under-15": {
    group: "people",
    description: { ja: "15歳未満（署名用電子証明書がない）", en: "a child under 15: no signing certificate" },
    person: resident("小見　若葉", "2016-06-06", "2", "１番９号"),
    signCertificate: "absent",
  },
  "foreign-resident": {
    group: "people",
    description: { ja: "外国人住民（氏名がローマ字）", en: "a foreign resident with a name in Latin letters" },
    person: resident("ＭＩＨＯＮ　ＡＬＥＸ　ＣＡＲＤ", "1990-08-19", "1", "３番１号"),
  },
  "substituted-name": {
    group: "people",
    description: { ja: "電子証明書では代替文字になる氏名", en: "a name with substitute characters in the certificate" },
    person: { ...resident("𣘺本　𠀋", "1963-12-05", "1", "３番２号"), certificateName: "橋本　丈" },
  },
  "long-address": {
    group: "people",
    description: { ja: "住所が200文字", en: "an address of 200 characters" },
    person: resident("永井　長子", "1955-06-30", "2", "３番３号　".padEnd(200 - street.length, "見本長屋模擬棟")),
  },
  "auth-two-tries": {
    group: "pins",
    description: { ja: "利用者証明用の暗証番号の残りが2回", en: "two tries left for the authentication PIN" },
    person: { ...resident("𠮷見　次子", "1992-11-30", "2", "１番２号"), certificateName: "吉見　次子" },
    remaining: { auth: 2 },
  },
  "auth-last-try": {
    group: "pins",
    description: { ja: "利用者証明用の暗証番号の残りが1回", en: "one try left for the authentication PIN" },
    person: resident("試験　三郎", "1978-02-03", "1", "１番３号"),
    remaining: { auth: 1 },
  },
  "auth-locked": {
    group: "pins",
    description: { ja: "利用者証明用の暗証番号がロックされている", en: "the authentication PIN is locked" },
    person: resident("鍵山　閉子", "1966-07-21", "2", "１番４号"),
    remaining: { auth: 0 },
  },
  "sign-locked": {
    group: "pins",
    description: { ja: "署名用パスワードがロックされている", en: "the signing password is locked" },
    person: resident("署山　留男", "1980-01-08", "1", "３番４号"),
    remaining: { sign: 0 },
  },
  "text-locked": {
    group: "pins",
    description: {
      ja: "券面事項入力補助用の暗証番号がロックされている",
      en: "the PIN of the text application is locked",
    },
    person: resident("補田　留子", "1984-09-23", "2", "３番５号"),
    remaining: { text: 0 },
  },
  "no-auth-cert": {
    group: "certificates",
    description: { ja: "利用者証明用電子証明書がない", en: "no authentication certificate" },
    person: resident("無証　五郎", "1950-09-09", "1", "１番５号"),
    authCertificate: "absent",
  },
  expired: {
    group: "certificates",
    description: { ja: "電子証明書の有効期限が切れている", en: "the certificates have expired" },
    person: resident("古川　期子", "1971-05-17", "2", "１番６号"),
    issuedHoursAgo: 1900 * day,
  },
  "not-yet-valid": {
    group: "certificates",
    description: { ja: "電子証明書の有効期間がまだ始まっていない", en: "the certificates are not valid yet" },
    person: resident("先山　七海", "1999-12-01", "2", "１番７号"),
    issuedHoursAgo: -10 * day,
  },
  "renewed-today": {
    group: "certificates",
    description: { ja: "電子証明書を1時間前に更新した", en: "the certificates were renewed an hour ago" },
    person: resident("新田　更", "1988-03-15", "9", "１番８号"),
    issuedHoursAgo: 1,
  },
  "no-sign-cert": {
    group: "certificates",
    description: { ja: "署名用電子証明書を希望しなかった大人", en: "an adult without a signing certificate" },
    person: resident("無署　六美", "1947-03-03", "2", "３番６号"),
    signCertificate: "absent",
  },
  "ca-2015": {
    group: "certificates",
    description: { ja: "2015年世代の認証局が発行", en: "issued by the authorities of 2015" },
    person: resident("初代　一", "1973-10-20", "1", "４番１号"),
    generation: 2015,
  },
  "ca-2019": {
    group: "certificates",
    description: { ja: "2019年世代の認証局が発行", en: "issued by the authorities of 2019" },
    person: resident("二代　双葉", "1986-09-14", "2", "４番２号"),
    generation: 2019,
  },
  "ca-2023": {
    group: "certificates",
    description: { ja: "2023年世代の認証局が発行", en: "issued by the authorities of 2023" },
    person: resident("三代　三起夫", "1994-07-16", "1", "４番３号"),
    generation: 2023,
  },
  "android-token": {
    group: "phones",
    description: { ja: "Android端末のスマホ用電子証明書", en: "the certificates on an Android phone" },
    person: resident("携野　七絵", "1997-07-07", "2", "２番７号"),
    atr: atrs.contactless,
    tokenLabel: "JPKIAPGPSETOKEN",
    authCertificate: "behind-pin",
    jpkiOnly: true,
  },
  "iphone-token": {
    group: "phones",
    description: { ja: "iPhoneのスマホ用電子証明書", en: "the certificates on an iPhone" },
    person: resident("携本　林檎", "2000-06-24", "2", "４番４号"),
    atr: atrs.contactless,
    tokenLabel: "JPKIAPIOSTOKEN",
    authCertificate: "behind-pin",
    jpkiOnly: true,
    switches: { lastCommandMark: true },
  },
} as const satisfies Readonly<Record<string, Profile>>;
