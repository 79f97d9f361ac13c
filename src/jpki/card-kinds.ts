import type { HintKind } from "../apdu/atr-hints.ts";

/** Every card that we can put a name to. Scripts rely on these words. */
export type CardKind =
  | HintKind
  | "smartphone-jpki"
  | "residence-card"
  | "passport"
  | "payment-card"
  | "security-key"
  | "unknown";

/** What to call each; an ATR may know a closer name. */
export const cardNames: Readonly<Record<CardKind, { readonly ja: string; readonly en: string }>> = {
  "my-number-card": { ja: "マイナンバーカード", en: "My Number Card" },
  "smartphone-jpki": { ja: "スマホ用電子証明書", en: "JPKI certificates on a smartphone" },
  "juki-card": { ja: "住民基本台帳カード", en: "Juki card (Basic Resident Register card)" },
  "driving-licence": { ja: "運転免許証", en: "Japanese driving licence" },
  "residence-card": { ja: "在留カード・特別永住者証明書", en: "Japanese residence card" },
  passport: { ja: "パスポート", en: "passport" },
  "payment-card": { ja: "クレジットカードなど決済用のカード", en: "payment card" },
  "security-key": { ja: "セキュリティキー", en: "security key" },
  suica: { ja: "FeliCa カード (Suica、PASMO など)", en: "FeliCa card (Suica, PASMO …)" },
  "storage-card": { ja: "非接触メモリーカード", en: "contactless storage card" },
  "b-cas": { ja: "B-CAS カード", en: "B-CAS card (digital TV)" },
  "etc-card": { ja: "ETC カード", en: "ETC card" },
  hpki: { ja: "HPKI カード (医療従事者資格証)", en: "HPKI card (medical qualification)" },
  "bank-card": { ja: "キャッシュカード", en: "bank card" },
  sam: { ja: "リーダー内蔵の SAM (カードではありません)", en: "SAM inside the reader, not a card" },
  unknown: { ja: "不明なカード", en: "unknown card" },
};
