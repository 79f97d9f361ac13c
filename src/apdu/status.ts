/**
 * Status words (SW1-SW2) as data. Sources: ISO/IEC 7816-4:2020, 5.6, tables 6 and 7; JICSAP 2.0 for 6300 and 6984; public
 * measurements on My Number cards (myna-card) for 66F1, 69FC and for what this card does with the others.
 */
export const sw = {
  ok: 0x9000,
  unlimited: 0x6300,
  wrongLength: 0x6700,
  blocked: 0x6983,
  fileBlocked: 0x6984,
  notFound: 0x6a82,
  wrongP1P2: 0x6a86,
  outside: 0x6b00,
  unknownIns: 0x6d00,
} as const;

export interface Meaning {
  readonly ja: string;
  readonly en: string;
}

/** Hexadecimal digits, `x` for any digit; `{n}` in the texts is the number that the x digits make. First match wins. */
const meanings: readonly (readonly [pattern: string, ja: string, en: string])[] = [
  ["9000", "正常終了", "done"],
  ["61xx", "続きのデータが {n} バイトあります", "{n} more bytes are waiting (0: 256 or more)"],
  ["6200", "注意（詳細不明）", "a warning without particulars"],
  ["6281", "応答データの一部が壊れているおそれがあります", "part of the data may be corrupted"],
  ["6282", "要求した長さより前にファイルが終わりました", "the file ended before the bytes asked for"],
  ["6283", "選択したファイルは使えなくされています", "the selected file is deactivated"],
  ["6285", "選択したファイルは使い終えられています", "the selected file is in termination state"],
  ["6300", "照合の回数制限がない、または回数を示しません", "no retry limit, or none told"],
  ["63C0", "照合できません。残り回数 0 回 (ロック)", "not verified, no try left: locked"],
  ["63Cx", "照合できません。残り {n} 回", "not verified, {n} tries left"],
  ["6400", "実行できませんでした（何も変わっていません）", "execution failed; nothing was changed"],
  [
    "6500",
    "実行できませんでした（何かが変わったおそれがあります）",
    "execution failed; something may have been changed",
  ],
  ["6581", "カードのメモリーに書き込めません", "the memory of the card failed"],
  ["66F1", "セキュアメッセージングの誤り", "secure messaging failed"],
  ["6700", "長さが正しくありません", "wrong length"],
  ["6881", "論理チャネルに対応していません", "logical channels are not supported"],
  ["6800", "このクラスの機能に対応していません", "a function of the class is not supported"],
  ["6882", "セキュアメッセージングに対応していません", "secure messaging is not supported"],
  ["6883", "コマンドチェイニングの最後のコマンドが必要です", "the last command of the chain was expected"],
  ["6884", "コマンドチェイニングに対応していません", "command chaining is not supported"],
  ["6900", "このコマンドは許されていません", "the command is not allowed"],
  ["6981", "ファイルの構造に合わないコマンドです", "the command does not suit the structure of the file"],
  ["6982", "暗証番号の照合が必要です", "a PIN has to be verified first"],
  ["6983", "暗証番号がロックされています", "the PIN is locked"],
  ["6984", "暗証番号がロックされています (参照した IEF が閉塞)", "the PIN is locked (its file is blocked)"],
  ["6985", "使用条件を満たしていません", "the conditions of use are not satisfied"],
  ["6986", "ファイルが選択されていません", "no file is selected"],
  ["6987", "セキュアメッセージングのデータがありません", "secure messaging data is missing"],
  ["6988", "セキュアメッセージングのデータが正しくありません", "secure messaging data is incorrect"],
  ["69FC", "セキュアメッセージングのセッションがありません", "there is no secure messaging session"],
  ["6A80", "データが正しくありません", "the data is incorrect"],
  ["6A81", "この機能に対応していません", "the function is not supported"],
  ["6A82", "アプリケーションまたはファイルがありません", "the application or file is not there"],
  ["6A83", "レコードがありません", "the record is not there"],
  ["6A84", "空き容量がありません", "there is not enough memory in the file"],
  ["6A85", "長さがデータの構造に合いません", "the length does not suit the structure of the data"],
  ["6A86", "パラメータ P1・P2 が正しくありません", "wrong parameters P1, P2"],
  ["6A87", "長さがパラメータ P1・P2 に合いません", "the length does not suit the parameters P1, P2"],
  ["6A88", "参照したデータがありません", "the data object is not there"],
  ["6A89", "ファイルはすでにあります", "the file exists already"],
  ["6A8A", "その名前のアプリケーションはすでにあります", "the application exists already"],
  ["6B00", "読み取り位置がファイルの外です", "the offset is outside the file"],
  ["6Cxx", "正しい応答の長さは {n} バイトです", "the right length of the answer is {n} bytes (0: 256)"],
  ["6D00", "このカードにない命令です", "the card does not know the instruction"],
  ["6E00", "このカードにないクラスです", "the card does not know the class"],
  ["6F00", "カード内部の異常", "the card reports an internal fault"],
];

const unlisted: Meaning = { ja: "意味が登録されていない応答です", en: "an answer without a listed meaning" };

/** What a status word says, in Japanese and English. */
export function describeStatus(status: number): Meaning {
  for (const [pattern, ja, en] of meanings) {
    const open = pattern.replace(/[^x]/g, "").length * 4;
    if (status >> open !== Number.parseInt(pattern.replace(/x/g, ""), 16)) continue;
    const fill = (text: string) => text.replace("{n}", String(status & ((1 << open) - 1)));
    return { ja: fill(ja), en: fill(en) };
  }
  return unlisted;
}

/** The same of the answer to the retry query, which asks for a state and presents nothing. */
export function describeRetryStatus(status: number): Meaning {
  const tries = triesFromStatus(status);
  if (tries.kind === "verified") return { ja: "照合済み", en: "verified" };
  if (tries.kind !== "remaining") return describeStatus(status);
  return { ja: `未照合（残り ${tries.tries} 回）`, en: `not verified; ${tries.tries} tries left` };
}

/** True where a command was not carried out: neither done, nor with more to come, nor with a warning or a counter. */
export function isErrorStatus(status: number): boolean {
  const sw1 = status >> 8;
  return sw1 !== 0x90 && sw1 !== 0x61 && sw1 !== 0x62 && sw1 !== 0x63;
}

/** What a card says of a PIN's tries. `unlimited`: it counts none, or does not tell. `unknown`: nothing to rely on. */
export type Tries =
  | { readonly kind: "remaining"; readonly tries: number }
  | { readonly kind: "verified" }
  | { readonly kind: "locked" }
  | { readonly kind: "unlimited" }
  | { readonly kind: "unknown"; readonly sw: number };

/** What the answer to the retry query (a VERIFY without data) means, in every form that a card is known or said to give. */
export function triesFromStatus(status: number): Tries {
  if (status === sw.ok) return { kind: "verified" };
  if (status === sw.unlimited) return { kind: "unlimited" };
  if (status === sw.blocked || status === sw.fileBlocked || status === 0x63c0) return { kind: "locked" };
  if (status > 0x63c0 && status <= 0x63cf) return { kind: "remaining", tries: status & 0x0f };
  return { kind: "unknown", sw: status };
}
