import { relatedSites } from "./related-sites.ts";
import type { Subject } from "./subjects.ts";

const guideApril2020 = "snsdays.com/other/mynaportal-login-error-approach (2020-04)";
const guideMay2020 = "print-mag.com/2020/05/07/maina-portal (2020-05-07)";
const guide2022 = "trinitas.jp/column/2344 (2022)";
const portal = relatedSites.mynaportal.address;

/** What people ask about Mynaportal, its set-up and the card that it needs. */
export const portalTopics = {
  "portal-login": {
    names: ["login", "ログイン", "ログインできない", "マイナポータル"],
    sources: [guide2022, guideApril2020],
    addresses: [portal],
  },
  "first-card": {
    names: ["notification-card", "通知カード", "マイナンバーカード", "交付"],
    sources: [guideApril2020, guideMay2020],
    addresses: [relatedSites.card.address],
  },
  devices: {
    names: ["reader", "phone", "nfc", "felica", "リーダー", "スマートフォン", "おサイフケータイ", "非対応"],
    sources: [
      guideMay2020,
      "5gla.sakura.ne.jp/myna/yoyaku.html (2020)",
      "mynumbercard.point.soumu.go.jp/faq",
      "digital.go.jp",
    ],
    addresses: [relatedSites.jpki.address],
  },
  office: {
    names: ["queue", "post", "混雑", "郵送"],
    sources: [guideMay2020, "city.niigata.lg.jp"],
  },
  "browser-setup": {
    names: ["setup", "mpa", "マイナポータルap", "セットアップ", "ブラウザー", "ブラウザ"],
    sources: [guideApril2020, "pcclick007 (2020)", guide2022],
    addresses: [portal],
  },
  "extension-disabled": {
    names: ["extension", "拡張機能", "マイナポータルが無効になりました"],
    sources: ["trinitas.jp/column/2344 (2022-06-29)", "wins10.jimdofree.com (2023-09)", "aqlier.com (2026-01)"],
  },
  "tax-preparation": {
    names: ["tax", "tax-return", "確定申告", "事前準備"],
    sources: [guide2022],
  },
  "related-sites": {
    names: [
      "links",
      "sites",
      "関連サイト",
      "リンク",
      "もっとつながる",
      "e-tax",
      "ねんきんネット",
      "e-私書箱",
      "mypost",
    ],
    sources: [guide2022, guideApril2020, "digital.go.jp"],
  },
} as const satisfies Record<string, Subject>;

export type PortalTopic = keyof typeof portalTopics;
