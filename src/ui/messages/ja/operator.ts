import { shownSpan } from "../../dates.ts";
import type { Messages } from "../messages.ts";

export const operator: Messages["operator"] = {
  user: {
    suspend: {
      done: "アカウントを利用停止にしました。ログイン中のセッションも終了しました。",
      already: "すでに利用停止になっています。",
    },
    lift: { done: "利用停止を解除しました。", already: "利用停止にはなっていません。" },
  },
  time: "接続先の時刻",
  ahead: (seconds) =>
    seconds === 0
      ? "このコンピューターと同じ"
      : `このコンピューターより${shownSpan(Math.abs(seconds), ["日", "時間", "分", "秒"]).replace(" ", "")}${seconds > 0 ? "進んでいます" : "遅れています"}`,
  movedAt: "最後に合わせた時刻",
  limit: "予約できる人数",
  published: "公表された数",
  taken: "予約済み",
  left: "残り",
  open: "接続先は利用できます。",
  closed: "接続先はメンテナンス中です。",
  today: "接続先での今日",
  source: "この接続先の運営者",
  setByOperator: "運営者が定めた条件",
  since: (day) => `運営者（${day}）`,
  untilClosed: "運営者が終えるまで",
  closesAt: "閉じる予定",
  until: "再開の見込み",
  accounts: "アカウント",
  auditLines: "監査ログの行数",
  digest: "ハッシュ値（SHA-256）",
  client: "クライアント ID",
  clientName: "名前",
  redirectUris: "応答の送り先",
  scope: "求めてよいスコープ",
  registeredAt: "登録日時",
  noClients: "登録されたクライアントはありません。",
  clientRemoved: "クライアントを削除しました。",
  sessionsEnded: "終了したセッション",
};
