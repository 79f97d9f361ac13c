import type { PortalText } from "../portal-text.ts";

/** 令和: 2019 is its first year. */
const reiwa = (year: string): string => `令和${Number(year) === 2019 ? "元" : Number(year) - 2018}年`;

export const portal: PortalText = {
  nickname: "ニックネーム",
  registeredAt: "登録日時",
  mailNotice: "メール通知",
  noticeHead: ["番号", "日時", "状態", "お知らせ"],
  notices: {
    registered: () => "利用者登録が完了しました。",
    "application-moved": (id) => `申請 ${id} の状態が変わりました: mynakit portal applications ${id}`,
    "tax-return-opens": (year) => `${reiwa(year)}分の確定申告の受付が始まりました。`,
    "tax-transfer-planned": (year) => `${reiwa(year)}分の所得税の振替納税の予定をお知らせします。`,
    "tax-transfer-done": (year) => `${reiwa(year)}分の所得税の振替納税が完了しました。`,
    "allowance-report-opens": (year) => `児童手当の現況届の受付が始まりました（${reiwa(String(Number(year) + 1))}）。`,
  },
  read: "既読",
  unread: "未読",
  noNotices: "お知らせはありません。",
};
