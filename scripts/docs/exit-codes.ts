import type { Language } from "../../src/ui/messages/load.ts";
import { table } from "./document.ts";

interface ExitCode {
  readonly exit: number;
  readonly meaning: Readonly<Record<Language, string>>;
  /** Families of error codes, as a person writes them. */
  readonly codes: string;
}

/** What scripts branch on. `test/project/errors.test.ts` holds it against the codes. */
export const exitCodes: readonly ExitCode[] = [
  { exit: 0, meaning: { en: "done", ja: "成功" }, codes: "" },
  {
    exit: 1,
    meaning: {
      en: "the answer is no (`cert check`, `verify`, `card info`, `card number`, `card face`, `apdu send`, `sim expect`), or a card of a batch failed (`mykey issue --batch`)",
      ja: "確かめた結果が「いいえ」（`cert check`、`verify`、`card info`、`card number`、`card face`、`apdu send`、`sim expect`）。または、一括処理で失敗したカードがある（`mykey issue --batch`）",
    },
    codes: "`ERR_VERIFY_*`",
  },
  { exit: 2, meaning: { en: "usage", ja: "使い方の誤り" }, codes: "`ERR_USAGE_*`" },
  {
    exit: 3,
    meaning: { en: "no service, reader or card", ja: "サービス、リーダー、カードのどれかがない" },
    codes: "`ERR_PCSC_*`, `ERR_READER_*`, `ERR_CARD_ABSENT`",
  },
  {
    exit: 4,
    meaning: {
      en: "the card: another kind, removed midway, unexpected answer",
      ja: "カードの問題（別のカード、途中で離れた、思いがけない応答）",
    },
    codes: "`ERR_CARD_*`",
  },
  {
    exit: 5,
    meaning: {
      en: "PIN wrong (it was sent), malformed or unfit as a new one (it was not)",
      ja: "暗証番号が違う（送った）、形式が誤り、新しいものとして不適当（送っていない）",
    },
    codes: "`ERR_PIN_WRONG`, `ERR_PIN_FORMAT`, `ERR_PIN_UNCHANGED`, `ERR_PIN_OBVIOUS`",
  },
  { exit: 6, meaning: { en: "PIN locked", ja: "暗証番号のロック" }, codes: "`ERR_PIN_LOCKED`" },
  {
    exit: 7,
    meaning: { en: "PIN withheld to protect the last try", ja: "最後の 1 回を守るため、暗証番号を送らなかった" },
    codes: "`ERR_PIN_WITHHELD`",
  },
  {
    exit: 8,
    meaning: {
      en: "certificate absent, expired, too new, revoked or untrusted",
      ja: "証明書がない、期限切れ、新しすぎる、失効、信頼されない",
    },
    codes: "`ERR_CERT_*`",
  },
  { exit: 9, meaning: { en: "the platform refused", ja: "接続先の拒否" }, codes: "`ERR_PLATFORM_*`" },
  {
    exit: 10,
    meaning: { en: "the platform cannot be reached", ja: "接続先につながらない" },
    codes: "`ERR_NETWORK_*`",
  },
  {
    exit: 11,
    meaning: { en: "files or state", ja: "ファイルや保存データの問題" },
    codes: "`ERR_IO_*`",
  },
  { exit: 70, meaning: { en: "a fault of mynakit", ja: "mynakit の不具合" }, codes: "`ERR_INTERNAL`" },
  { exit: 130, meaning: { en: "cancelled", ja: "中止" }, codes: "`ERR_CANCELLED`" },
];

const heads: Readonly<Record<Language, readonly string[]>> = {
  en: ["Exit", "Means", "Codes"],
  ja: ["終了コード", "意味", "エラーコード"],
};

/** The table of exit codes, in Markdown. */
export const exitCodeTable = (language: Language): string =>
  table(
    heads[language],
    exitCodes.map(({ exit, meaning, codes }) => [String(exit), meaning[language], codes]),
  );
