import type { PinId } from "../jpki/applications.ts";
import type { Faults, Person, Switches } from "./image.ts";

/** ATRs of real cards. Source: pcsc-tools' list of smart cards. */
const atrs = {
  /** Contact; its historical bytes announce extended length. */
  contact: "3BDA13FF8131FB468012392F31C173C601C03B",
  /** Contact, another maker; announces short length only. */
  contactShort: "3BC5FF8131FB458073C6010000",
  contactless: "3B888001000005E0B381A1007F",
  felica: "3B8F8001804F0CA00000030611003B0000000042",
} as const;

export type ProfileName =
  | "standard"
  | "auth-two-tries"
  | "auth-last-try"
  | "auth-locked"
  | "no-auth-cert"
  | "expired"
  | "not-yet-valid"
  | "renewed-today"
  | "under-15"
  | "suica"
  | "mute"
  | "counter-unreadable"
  | "cert-cut-short"
  | "cert-garbage"
  | "removed-midway"
  | "short-only"
  | "android-token";

/** A kind of card to make: a person or a fault with a name. What is left out is as in `standard`. */
export interface Profile {
  readonly description: { readonly ja: string; readonly en: string };
  /** Null: a card of another kind, with no application of ours. */
  readonly person: Person | null;
  readonly atr?: string;
  readonly tokenLabel?: string;
  /** When the certificates were issued, in hours before the card is made; negative: after. */
  readonly issuedHoursAgo?: number;
  /** Counters of a card that has seen wrong entries. */
  readonly remaining?: Partial<Record<PinId, number>>;
  /** `absent`: the certificate's file alone is missing; its PIN and key are there. */
  readonly authCertificate?: "absent" | "cut-short" | "garbage" | "behind-pin";
  /** Missing together with its key and PIN. What a real card answers then is not published; here 6A82. */
  readonly signCertificate?: "absent";
  /** A phone holds the JPKI application alone. */
  readonly jpkiOnly?: boolean;
  readonly switches?: Partial<Switches>;
  readonly faults?: Partial<Faults>;
}

const day = 24;
const mihon = { prefecture: "Mihon-ken", city: "Mogi-shi", municipality: "99001" } as const;
const street = "見本県模擬市試験町一丁目";

/** Nobody lives in 模擬市, 見本県: there is no prefecture with the code 99. */
const resident = (name: string, birth: string, sex: Person["sex"], lot: string): Person => ({
  ...mihon,
  name,
  birth,
  sex,
  address: `${street}${lot}`,
});

export const profiles: Readonly<Record<ProfileName, Profile>> = {
  standard: {
    description: { ja: "すべて使える標準のカード", en: "a card on which everything works" },
    person: resident("見本　太郎", "1985-04-12", "1", "１番１号"),
  },
  "auth-two-tries": {
    description: { ja: "利用者証明用の暗証番号の残りが2回", en: "two tries left for the authentication PIN" },
    person: { ...resident("𠮷見　次子", "1992-11-30", "2", "１番２号"), certificateName: "吉見　次子" },
    remaining: { auth: 2 },
  },
  "auth-last-try": {
    description: { ja: "利用者証明用の暗証番号の残りが1回", en: "one try left for the authentication PIN" },
    person: resident("試験　三郎", "1978-02-03", "1", "１番３号"),
    remaining: { auth: 1 },
  },
  "auth-locked": {
    description: { ja: "利用者証明用の暗証番号がロックされている", en: "the authentication PIN is locked" },
    person: resident("鍵山　閉子", "1966-07-21", "2", "１番４号"),
    remaining: { auth: 0 },
  },
  "no-auth-cert": {
    description: { ja: "利用者証明用電子証明書がない", en: "no authentication certificate" },
    person: resident("無証　五郎", "1950-09-09", "1", "１番５号"),
    authCertificate: "absent",
  },
  expired: {
    description: { ja: "電子証明書の有効期限が切れている", en: "the certificates have expired" },
    person: resident("古川　期子", "1971-05-17", "2", "１番６号"),
    issuedHoursAgo: 1900 * day,
  },
  "not-yet-valid": {
    description: { ja: "電子証明書の有効期間がまだ始まっていない", en: "the certificates are not valid yet" },
    person: resident("先山　七海", "1999-12-01", "2", "１番７号"),
    issuedHoursAgo: -10 * day,
  },
  "renewed-today": {
    description: { ja: "電子証明書を1時間前に更新した", en: "the certificates were renewed an hour ago" },
    person: resident("新田　更", "1988-03-15", "9", "１番８号"),
    issuedHoursAgo: 1,
  },
  "under-15": {
    description: { ja: "15歳未満（署名用電子証明書がない）", en: "a child under 15: no signing certificate" },
    person: resident("小見　若葉", "2016-06-06", "2", "１番９号"),
    signCertificate: "absent",
  },
  suica: {
    description: { ja: "交通系ICカード（FeliCa）", en: "a transit card (FeliCa), not a My Number Card" },
    person: null,
    atr: atrs.felica,
    switches: { understandsMore: false },
  },
  mute: {
    description: { ja: "応答しないカード", en: "a card that does not answer to reset" },
    person: resident("黙田　十吾", "1982-10-10", "1", "２番１号"),
    faults: { mute: true },
  },
  "counter-unreadable": {
    description: { ja: "暗証番号の残り回数を読み取れない", en: "the PIN counters cannot be read" },
    person: resident("数見　不二", "1975-01-25", "1", "２番２号"),
    switches: { query: "6F00" },
  },
  "cert-cut-short": {
    description: {
      ja: "利用者証明用電子証明書のファイルが途中で切れている",
      en: "the authentication certificate's file is cut short",
    },
    person: resident("半田　切子", "1969-08-08", "2", "２番３号"),
    authCertificate: "cut-short",
  },
  "cert-garbage": {
    description: {
      ja: "利用者証明用電子証明書のファイルが壊れている",
      en: "the authentication certificate's file is garbage",
    },
    person: resident("乱場　四郎", "1995-04-28", "1", "２番４号"),
    authCertificate: "garbage",
  },
  "removed-midway": {
    description: {
      ja: "途中で抜き取られるカード（5番目のコマンド）",
      en: "a card pulled out midway, at the fifth command",
    },
    person: resident("抜井　早苗", "2001-02-14", "2", "２番５号"),
    faults: { removeAfter: 5 },
  },
  "short-only": {
    description: {
      ja: "短縮ファイル識別子と拡張長に対応しないカード",
      en: "no short file identifiers, no extended length",
    },
    person: resident("短野　六夫", "1959-11-11", "1", "２番６号"),
    atr: atrs.contactShort,
    switches: { shortFileId: { read: "6A86", verify: "6A86", sign: "6A86" }, extendedLength: false },
  },
  "android-token": {
    description: { ja: "Android端末のスマホ用電子証明書", en: "the certificates on an Android phone" },
    person: resident("携野　七絵", "1997-07-07", "2", "２番７号"),
    atr: atrs.contactless,
    tokenLabel: "JPKIAPGPSETOKEN",
    authCertificate: "behind-pin",
    jpkiOnly: true,
  },
};

export const atrOf = ({ atr = atrs.contact }: Profile): string => atr;

export const isProfileName = (name: string): name is ProfileName => Object.hasOwn(profiles, name);
