import { toHex } from "./hex.ts";
import type { Meaning } from "./status.ts";

/** Kinds of cards that an ATR can suggest. */
export type HintKind =
  | "my-number-card"
  | "juki-card"
  | "driving-licence"
  | "suica"
  | "storage-card"
  | "b-cas"
  | "etc-card"
  | "hpki"
  | "bank-card"
  | "sam";

export interface AtrHint {
  readonly kind: HintKind;
  readonly name: Meaning;
  /** `likely`: the reader made the ATR up from a contactless answer, so other cards may share it. */
  readonly reliability: "certain" | "likely";
}

interface Row extends AtrHint {
  /** Hexadecimal digits, `.` for any digit. */
  readonly atr: string;
}

const myNumberCard = { kind: "my-number-card", name: { ja: "マイナンバーカード", en: "My Number Card" } } as const;
const jukiCard = {
  kind: "juki-card",
  name: { ja: "住民基本台帳カード", en: "Juki card (Basic Resident Register card)" },
} as const;
const licence = { kind: "driving-licence", name: { ja: "運転免許証", en: "Japanese driving licence" } } as const;
const felica = {
  kind: "suica",
  name: { ja: "FeliCa カード (Suica、PASMO など)", en: "FeliCa card (Suica, PASMO …)" },
} as const;
const etc = { kind: "etc-card", name: { ja: "ETC カード", en: "ETC card" } } as const;
const certain = { reliability: "certain" } as const;
const likely = { reliability: "likely" } as const;

const tv = (name: string, ja: string, en: string) => ({
  kind: "b-cas" as const,
  name: { ja: `${name} カード (${ja})`, en: `${name} card (${en})` },
});
const storage = (ja: string, en = ja) => ({ kind: "storage-card" as const, name: { ja, en } });
const named = (kind: HintKind, ja: string, en: string) => ({ kind, name: { ja, en } });

/** An ATR as PC/SC part 3, 3.1.3.2.3 makes it for a storage card: `standard` is SS, `card` is NNNN. */
const storageAtr = (standard: string, card: string) => `3B8F8001804F0CA000000306${standard}${card}00000000..`;

/**
 * Sources: the public ATR list of pcsc-tools (2026-06) and OpenSC #3744 for whole ATRs; PC/SC part 3 for storage cards.
 * First match wins. An ATR only suggests a word for the message: which card it is, SELECT decides.
 */
export const atrTable: readonly Row[] = [
  { atr: "3BDA13FF8131FB468012392F31C173C601C03B", ...myNumberCard, ...certain },
  { atr: "3BC5FF8131FB458073C6010000", ...myNumberCard, ...certain },
  { atr: "3B888001000005E0B381A1007F", ...myNumberCard, ...likely },
  { atr: "3B888001000041E0B381A1003B", ...myNumberCard, ...likely },
  { atr: "3B888001004B51FFB381D1000F", ...myNumberCard, ...likely },
  { atr: "3B888001004B51FF0081D100BC", ...myNumberCard, ...likely },
  { atr: "3BF59100FF918171FE400042000100D1D6", ...myNumberCard, ...likely },
  { atr: "3BF59100FF918171FE4000420001B3A115", ...myNumberCard, ...likely },
  { atr: "3BE000FF8131FE4514", ...jukiCard, ...certain },
  { atr: "3B888001000014E0B38191005E", ...jukiCard, ...likely },
  { atr: "3B888001000000009181C100D8", ...licence, ...likely },
  { atr: "3BF59100FF918171FE4000420001B3C175", ...licence, ...likely },
  { atr: storageAtr("11", "...."), ...felica, ...certain },
  { atr: storageAtr("03", "0001"), ...storage("MIFARE Classic 1K"), ...certain },
  { atr: storageAtr("03", "0002"), ...storage("MIFARE Classic 4K"), ...certain },
  { atr: storageAtr("03", "0003"), ...storage("MIFARE Ultralight"), ...certain },
  { atr: storageAtr("03", "0026"), ...storage("MIFARE Mini"), ...certain },
  {
    atr: storageAtr("03", "...."),
    ...storage("ISO 14443-3A のメモリーカード", "storage card of ISO 14443-3A"),
    ...certain,
  },
  {
    atr: storageAtr("0[567]", "...."),
    ...storage("ISO 14443 Type B のメモリーカード", "storage card of ISO 14443 type B"),
    ...certain,
  },
  { atr: storageAtr("..", "...."), ...storage("非接触メモリーカード", "contactless storage card"), ...certain },
  {
    atr: "3BF01200FF9181B17C451F(019B|0399)",
    ...tv("B-CAS", "地上・BS デジタル放送", "terrestrial and BS digital TV"),
    ...certain,
  },
  { atr: "3BF01200FF9181B1EF451F030A", ...tv("C-CAS", "ケーブルテレビ", "cable TV"), ...certain },
  { atr: "3BF01300FF9181B1FE461F0319", ...tv("A-CAS", "4K・8K 放送", "4K and 8K TV"), ...certain },
  { atr: "3BE700FF8131FE458031C073C62148BE", ...etc, ...certain },
  { atr: "3BE700FF81B1FE451F018031C073C6214820", ...etc, ...certain },
  {
    atr: "3BF41300008131FE45004E0000A2",
    ...named("hpki", "HPKI カード (医療従事者資格証)", "HPKI card (medical qualification)"),
    ...certain,
  },
  {
    atr: "3BEE00008131804380318066B1A30401110B83009000D4",
    ...named("bank-card", "ゆうちょ銀行キャッシュカード", "Japan Post Bank cash card"),
    ...certain,
  },
  {
    atr: "3BFE130000918131804180318066B0840C016E01830090001F",
    ...named("bank-card", "ゆうちょ Visa デビットカード", "Japan Post Bank Visa debit card"),
    ...certain,
  },
  {
    atr: "3BF91500FF910131FE43806448657261829000C7",
    ...named("sam", "リーダー内蔵の RC-S500 SAM (カードではありません)", "RC-S500 SAM inside the reader, not a card"),
    ...certain,
  },
];

/** What the ATR suggests that the card is; undefined for an ATR that is not listed, as real My Number Cards may have. */
export function hintFromAtr(atr: Uint8Array): AtrHint | undefined {
  const hex = toHex(atr);
  const row = atrTable.find((candidate) => new RegExp(`^${candidate.atr}$`).test(hex));
  return row && { kind: row.kind, name: row.name, reliability: row.reliability };
}
