import type { Municipality } from "../../portal/procedures/wire.ts";

/**
 * A few municipalities under their real codes (全国地方公共団体コード), two pairs of namesakes among them. What the
 * sandbox says that they offer is made up.
 */
export const municipalities = [
  { code: "011002", name: "札幌市", kana: "さっぽろし", prefecture: "北海道" },
  { code: "012335", name: "伊達市", kana: "だてし", prefecture: "北海道" },
  { code: "072133", name: "伊達市", kana: "だてし", prefecture: "福島県" },
  { code: "131105", name: "目黒区", kana: "めぐろく", prefecture: "東京都" },
  { code: "132063", name: "府中市", kana: "ふちゅうし", prefecture: "東京都" },
  { code: "141003", name: "横浜市", kana: "よこはまし", prefecture: "神奈川県" },
  { code: "271004", name: "大阪市", kana: "おおさかし", prefecture: "大阪府" },
  { code: "342084", name: "府中市", kana: "ふちゅうし", prefecture: "広島県" },
] as const satisfies readonly Municipality[];

export type MunicipalityCode = (typeof municipalities)[number]["code"];
