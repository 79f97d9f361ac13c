import type {
  ApduProblem,
  BatchProblem,
  DatabaseProblem,
  ErrorDetails,
  ExportProblem,
  FormProblem,
  ReplayProblem,
  SecretLine,
  TlsProblem,
  UsageProblem,
} from "../../../errors.ts";
import { cardNames } from "../../../jpki/card-kinds.ts";
import type { Messages } from "../messages.ts";
import { listed, noTls, systemErrorText, unknownIssuer } from "../system-error.ts";
import { dialogueProblems } from "./apdu.ts";
import { platformRefusals } from "./refusals.ts";
import { obvious, pins } from "./words.ts";

/** Of verification numbers B: what else may be wrong than what was typed. */
const numberB = (pin: string): string =>
  pin === "text-b" || pin === "visual-b"
    ? "外国籍の方の照合番号B の組み立て方は公表されていません。--birth-year gregorian を付けると、もう一つの方法で組み立てます。"
    : "";
/** What there is beside the municipal office where a PIN is locked. */
const unlocking = (pin: string): string => {
  if (pin === "auth" || pin === "sign") {
    return "JPKI のもう一方の暗証番号がわかるときは、スマートフォンアプリとコンビニの端末でも再設定できます。";
  }
  return pin === "text" ? "氏名・住所・生年月日・性別は、照合番号B でも読み取れます: mynakit card info --with b" : "";
};
const pinName = (id: string): string => (id in pins ? pins[id as keyof typeof pins].name : id);
const secretLines: Readonly<Record<SecretLine, string>> = {
  pin: "暗証番号",
  "new-pin": "新しい暗証番号",
  "sign-pin": "署名用電子証明書のパスワード",
  password: "ログインパスワード",
  "new-password": "新しいログインパスワード",
  "security-code": "セキュリティコード",
};
const emptyHints: Readonly<Record<SecretLine, string>> = {
  pin: "1 行目に暗証番号を書いてください。",
  "new-pin": "1 行目に現在の暗証番号、2 行目に新しい暗証番号を書いてください。",
  "sign-pin": "1 行目に券面事項入力補助用の暗証番号、2 行目に署名用電子証明書のパスワードを書いてください。",
  password: "1 行目にログインパスワードを書いてください。",
  "new-password": "1 行目に利用者証明用の暗証番号、2 行目に新しいログインパスワードを書いてください。",
  "security-code": "1 行目にセキュリティコードを書いてください。",
};
const kindName = (kind: string, name: string): string =>
  kind in cardNames ? cardNames[kind as keyof typeof cardNames].ja : name;
const certificateNames: Readonly<Record<string, string>> = {
  auth: "利用者証明用電子証明書",
  sign: "署名用電子証明書",
  "auth-ca": "利用者証明用認証局の証明書",
  "sign-ca": "署名用認証局の証明書",
};
const certificate = (kind: string): string => certificateNames[kind] ?? "証明書";
/** What Mynaportal itself calls a certificate that is over. */
const portalCodes: Readonly<Record<string, string>> = { auth: "EI123-2008", sign: "115" };
const atPortal = (kind: string): string => {
  const code = portalCodes[kind];
  return code === undefined ? "" : `マイナポータルでは、コード ${code} と表示されます。`;
};
const cardFiles: Readonly<Record<string, string>> = {
  number: "個人番号のファイル",
  attributes: "基本4情報のファイル",
  "text-integrity": "真正性を示す記録",
  "text-certificate": "券面事項入力補助APの証明書",
  face: "券面のファイル",
  "number-image": "個人番号の画像",
  "visual-certificate": "券面事項確認APの証明書",
  serial: "カードの番号の記録",
};
const date = (time: string): string =>
  new Date(time).toLocaleString("ja-JP", {
    timeZone: "Asia/Tokyo",
    year: "numeric",
    month: "long",
    day: "numeric",
    hour: "numeric",
    minute: "2-digit",
  });
const problems: Readonly<Record<UsageProblem, string>> = {
  unknown: "ありません。",
  missing: "指定が必要です。",
  "value-missing": "値が必要です。",
  "value-not-taken": "値は付けられません。",
  "not-allowed": "この値は使えません。",
  "too-many": "数が多すぎます。",
  malformed: "この形では書けません。",
  "plain-http": "https のアドレスにしてください。http を使えるのは、このコンピューターのアドレスだけです。",
  "needs-file": "バイナリーは端末に出力できません。--output ファイル を付けるか、パイプに渡してください。",
  "stdin-taken": "標準入力は文書を読むのに使います。--pin-file か --pin-fd で渡してください。",
  "stdin-twice": "標準入力から読めるのはどちらか一つです。もう一方はファイルで指定してください。",
  "not-in-file": "この形式は画面に表示するためのもので、--output のファイルには書き出せません。",
  "is-the-input": "署名するファイルそのものです。署名で上書きされてしまうので、別の名前にしてください。",
  excludes: "同時には指定できません。どれか一つにしてください。",
  repeated: "同じ名前が 2 回以上あります。",
  "not-later": "時刻が早すぎます。",
  backwards: "期間の終わりが始まりより前です。",
  nickname: "空にはできません。改行などの制御文字も使えません。",
  "no-address": "メール通知には --email でのメールアドレスが必要です。",
  "not-a-form":
    "記入用の様式として読み取れません。mynakit portal procedures show --template で作り、値だけを書き込んでください。",
  "no-form": "窓口でだけ申請する手続なので、記入用の様式はありません。",
};
const terms: Readonly<Record<string, string>> = {
  "hexadecimal digits": "桁の 16 進数",
  PAGE: "ページ",
  WIDTH: "幅",
  HEIGHT: "高さ",
  FILE: "ファイル",
  SECONDS: "秒数",
};
const inJapanese = (allowed: string, kind: UsageProblem): string =>
  kind === "repeated" || kind === "not-a-form"
    ? allowed
    : allowed.replace(/hexadecimal digits|\b[A-Z]+\b/g, (term) => terms[term] ?? term);
const allowedIs: Partial<Record<UsageProblem, string>> = {
  unknown: "探すには",
  malformed: "例",
  repeated: "名前",
  "not-a-form": "ファイル",
  "not-later": "次の時刻より後にしてください",
  nickname: "文字数の上限",
};
const problem = (kind: UsageProblem, allowed: string | undefined): string =>
  allowed ? `${problems[kind]}${allowedIs[kind] ?? "使えるもの"}: ${inJapanese(allowed, kind)}` : problems[kind];
const systemReasons: Readonly<Record<string, string>> = {
  EACCES: "権限がありません",
  EPERM: "許可されていません",
  ENOENT: "存在しません",
  ENOTDIR: "パスの途中がフォルダーではありません",
  EISDIR: "フォルダーです",
  EFBIG: "大きすぎます",
  EROFS: "読み取り専用です",
  ENOSPC: "空き容量がありません",
  EDQUOT: "容量の割り当てを使い切っています",
  EMFILE: "開いているファイルが多すぎます",
  EADDRINUSE: "ポートが使用中です",
  EADDRNOTAVAIL: "このコンピューターのアドレスではありません",
  ECONNREFUSED: "応答するものがありません",
  ECONNRESET: "接続が切られました",
  ENOTFOUND: "そのホストはありません",
  EHOSTUNREACH: "ホストまで届きません",
  ETIMEDOUT: "応答がありません",
  UND_ERR_SOCKET: "通信の途中で接続が切られました。https の接続先に http でつないでいないか確かめてください",
  "bad port": "通信に使えないポートです",
  EBADF: "開かれていません",
};
const system = (reason: string): string => systemErrorText(systemReasons, reason);

const tlsProblems = {
  "no-certificate": [
    "に PEM 形式の証明書がありません。",
    "-----BEGIN CERTIFICATE----- で始まるファイルを指定してください。",
  ],
  "no-key": ["に PEM 形式の秘密鍵がありません。", "-----BEGIN PRIVATE KEY----- で始まるファイルを指定してください。"],
  encrypted: ["の秘密鍵はパスフレーズで暗号化されています。", "openssl pkey で暗号化を解いてから指定してください。"],
  "other-key": ["は、証明書と対になる秘密鍵ではありません。", "証明書といっしょに作った鍵を指定してください。"],
  "not-yet-valid": [
    "は、まだ有効期間が始まっていない証明書です。",
    "このコンピューターの時計が合っているか、確かめてください。",
  ],
  expired: ["は、有効期間の過ぎた証明書です。", "認証局から新しい証明書を取得してください。"],
  "other-name": [
    "は、待ち受けるアドレスのための証明書ではないため、どこからも接続できません。",
    "クライアントが使うアドレスを --public-url で指定してください。",
  ],
  "not-usable": ["は TLS に使えません。", "RSA 鍵は 2048 ビット以上、署名は SHA-256 以上が必要です。"],
} as const satisfies Readonly<Record<TlsProblem, readonly [message: string, hint: string]>>;

const pdfRefusals = {
  encrypted: [
    "は暗号化されています。mynakit は PDF の暗号化を解きません。",
    "署名するときは、先にパスワードなしで保存し直してください。検証には、パスワードを入れて開ける PDF ソフトを使ってください。",
  ],
  xfa: [
    "は XFA フォームです。画面に出る内容がページに入っていないため、署名しても見えているものを守れません。",
    "印刷機能で通常の PDF に変えてから署名してください。",
  ],
  certified: [
    "は、作成者が変更を許可しない形で認証したものです。署名を加えると、その認証が無効になります。",
    "署名できる版を作成者に頼むか、ファイルの外に署名を作ってください: mynakit sign cms --detached",
  ],
} as const satisfies Record<ErrorDetails["ERR_IO_PDF_REFUSED"]["reason"], readonly [string, string]>;
const pinAdvice =
  "暗証番号は、たずねられたときに入力するか、--pin-stdin、--pin-fd N、--pin-file ファイル で渡してください。人に見られたおそれがあるときは、暗証番号を変更してください。";
const apduProblems: Readonly<Record<ApduProblem, string>> = {
  "not-hex": "16 進数ではない文字があります",
  "half-byte": "最後のバイトが 1 桁しかありません",
  "too-short": "4 バイト以上必要です",
  lengths: "長さの欄（Lc、Le）と、バイト数が合いません",
};
const refusals: Readonly<Record<ErrorDetails["ERR_USAGE_APDU_REFUSED"]["reason"], { why: string; hint: string }>> = {
  secret: {
    why: "暗証番号や鍵を送る、または変えるコマンドで、残り回数を減らすおそれがある",
    hint: "暗証番号は mynakit pin check で確かめ、mynakit pin change で変更できます（最後の 1 回は使いません）。残り回数は mynakit pin tries で見られます。本物の暗証番号をコマンドラインに書いたときは、シェルの履歴に残るので、変更してください。",
  },
  issuer: {
    why: "カードの中身を変える、発行者のためのコマンドである",
    hint: "mynakit は、カードの中身を変えるコマンドを送りません。",
  },
  "not-listed": {
    why: "残り回数を減らさないとわかっているコマンドではない",
    hint: "送れるのは、選択、読み取り、乱数、内部認証、署名のコマンドと、残り回数を調べる 4 バイトの VERIFY です。CLA は 00 です（署名だけ 80）。",
  },
};
const again = "書き出した元からもう一度コピーするか、もう一度書き出してください。";

const databaseProblems: Readonly<Record<DatabaseProblem, string>> = {
  foreign: "サンドボックスのものではなく、別のプログラムのデータベースです。",
  empty: "空です。まだどのサンドボックスも使っていません。",
};
const namedDatabase =
  "サンドボックスのデータベースを --database で指定してください。新しいものは mynakit sandbox start が作ります。";

const exportProblems: Readonly<Record<ExportProblem, readonly [problem: string, hint: string]>> = {
  "not-a-file": ["通常のファイルではありません。", "2 回読むため、いったんファイルに保存してください。"],
  foreign: [
    "mynakit sandbox export で書き出したファイルではありません。",
    "mynakit sandbox export で書き出したファイルを指定してください。",
  ],
  newer: ["より新しい mynakit で書き出されています。", "書き出したときのバージョンの mynakit で読み込んでください。"],
  older: [
    "古い mynakit で書き出されています。",
    "元のデータベースを、このバージョンの mynakit で書き出し直してください。開くと新しい形式に改められます。",
  ],
  cut: ["ファイルが途中で終わっています。", again],
  changed: ["書き出したときと内容が異なります。", again],
  audit: ["監査ログに欠けや変更があります。", "書き出した元のデータベースの監査ログを確かめてください。"],
};

const batchProblems: Readonly<Record<BatchProblem, string>> = {
  "not-text": "UTF-8 の文字列ではありません。",
  control: "制御文字が含まれています。",
  "too-long": "長すぎます。",
  fields: "1 行に書けるのは、リーダー 1 つと暗証番号のファイル 1 つまでです。",
  empty: "リーダーが 1 つも書かれていません。",
  "not-a-file": "一括処理に使えるのは、繰り返し読めるファイルだけです。パイプや装置は使えません。",
};

const replayProblems: Readonly<Record<Exclude<ReplayProblem, keyof typeof dialogueProblems>, string>> = {
  "other-command": "別のコマンドが記録されています。",
  "session-over": "記録では、ここで接続が終わっています。",
  concealed: "応答が伏せられています。",
};
const signatureForms: Readonly<Record<ErrorDetails["ERR_VERIFY_MALFORMED"]["format"], string>> = {
  cms: "DER または PEM 形式の CMS 署名で、途中で切れたり余分なものが付いたりしていないものを指定してください（mynakit sign cms で作れます）。",
  jws: "x5c に署名者の証明書が入った、コンパクト形式の JWS を一つだけ入れてください（mynakit sign jws で作れます）。",
  receipt: "mynakit portal procedures apply -o が書いたファイルを、そのまま指定してください。",
  pdf: "署名された PDF を指定してください。途中で切れているのかもしれません。その場合は、もう一度入手してください。",
};
const formProblems: Readonly<Record<FormProblem, string>> = {
  missing: "未記入",
  "not-attached": "添付されていません",
  unknown: "この様式にない項目です",
  malformed: "書き方が違います",
  "too-long": "長すぎます",
  "not-a-choice": "選択肢にありません",
  "too-large": "大きすぎます",
  "wrong-type": "受け付けられない種類のファイルです",
  "another-form": "別の手続か、古い様式です",
};
const writeHints: Readonly<Record<string, string>> = {
  ENOENT: "先にフォルダーを作るか、別の場所を指定してください。",
  ENOTDIR: "フォルダーでないものが、フォルダーとして指定されています。別の場所を指定してください。",
  EISDIR: "その中のファイルの名前まで指定してください。",
  ENOSPC: "空きを作るか、別の場所を指定してください。",
  EDQUOT: "空きを作るか、別の場所を指定してください。",
};
const writeHint = (reason: string): string =>
  writeHints[reason] ?? "権限を確かめてください。MYNAKIT_HOME で、mynakit のファイルの置き場所を変えられます。";
/** Of a file that is too large, how much is read. */
const readHint = (path: string, reason: string): string => {
  const most = /EFBIG: more than (\d+) bytes/.exec(reason)?.[1];
  if (most) {
    return `読み込めるのは ${Number(most) >> 20} MiB までです。mynakit sign cms --detached なら、どんな大きさのファイルにも署名できます。`;
  }
  return /^fd \d+$/.test(path)
    ? `${path.slice(3)} 番は、読み取り用に開かれていません。シェルで「${path.slice(3)}<ファイル」のように開いて渡してください。`
    : "パスと権限を確かめてください。";
};

export const errors: Messages["errors"] = {
  ERR_VERIFY_MALFORMED: ({ file, format, problem }) => ({
    message:
      format === "pdf"
        ? `${file} を PDF として読み取れません。`
        : format === "receipt"
          ? `${file} を申請の受領証として読み取れません。`
          : `${file} を署名（${format.toUpperCase()}）として読み取れません。`,
    hint: `${signatureForms[format]}\n詳細: ${problem}`,
  }),
  ERR_VERIFY_UNSIGNED: ({ file }) => ({
    message: `${file} には電子署名がありません。`,
    hint: "印影やサインの画像は電子署名ではありません。送り主に、署名済みのファイルかどうかを確かめてください。",
  }),

  ERR_USAGE_COMMAND: ({ given, suggestion, verbs }) => ({
    message:
      given === ""
        ? "コマンドを指定してください。"
        : verbs
          ? `「mynakit ${given}」だけでは実行できません。続けて何をするかを指定してください。`
          : `「${given}」というコマンドはありません。`,
    hint: verbs
      ? `次のどれかを使ってください:${listed(verbs.map((verb) => `mynakit ${given} ${verb}`))}`
      : suggestion
        ? `「mynakit ${suggestion}」のことでしょうか。`
        : "コマンドの一覧は mynakit --help で見られます。",
  }),
  ERR_USAGE_OPTION: ({ option, problem: kind, allowed }) => ({
    message: `オプション ${option}: ${problem(kind, allowed)}`,
    hint: "使えるオプションは、コマンドに --help を付けると見られます。",
  }),
  ERR_USAGE_ARGUMENT: ({ argument, problem: kind, allowed }) => ({
    message: kind === "too-many" ? "引数が多すぎます。" : `引数 ${argument}: ${problem(kind, allowed)}`,
    hint: `引数の説明は、コマンドに --help を付けると見られます。${kind === "too-many" ? `\n暗証番号はコマンドラインに書かないでください。ほかの利用者に見え、シェルの履歴にも残ります。${pinAdvice}` : ""}`,
  }),
  ERR_USAGE_PIN_ON_ARGV: ({ option }) => ({
    message: `${option} は使えません。コマンドラインは、このコンピューターのほかの利用者に見え、シェルの履歴にも残ります。`,
    hint: pinAdvice,
  }),
  ERR_USAGE_PIN_SOURCES: ({ options }) => ({
    message: `暗証番号の渡し方は一つだけ指定してください（${options.join("、")}）。`,
    hint: "どれか一つだけ残してください。",
  }),
  ERR_USAGE_PIN_EMPTY: ({ option, line, what }) => ({
    message: `${option} の ${line} 行目から${secretLines[what]}を読み取れませんでした。${what === "password" ? "何も" : "カードには何も"}送っていません。`,
    hint: emptyHints[what],
  }),
  ERR_USAGE_INPUT_NEEDED: ({ what, option }) => ({
    message:
      what === "batch-pin"
        ? "一括処理のカードの暗証番号が必要です。一括処理では、端末でおたずねすることはありません。"
        : `${{ pin: "暗証番号", password: "ログインパスワード", "security-code": "セキュリティコード", confirmation: "確認" }[what]}が必要ですが、たずねるための端末がありません。`,
    hint:
      what === "batch-pin"
        ? "--pin-stdin、--pin-fd N、--pin-file ファイル のどれかで渡すか、一括処理のファイルの各行に、タブで区切って暗証番号のファイルを書いてください。"
        : what === "pin" || what === "password"
          ? `${option === "--pin-stdin" ? "--pin-stdin、" : ""}--pin-fd N、--pin-file ファイル のどれかで渡してください。端末からたずねるには、標準入力と標準エラー出力の両方が端末でなければなりません（2> を付けると、たずねられません）。`
          : `${option} を指定してください。`,
  }),
  ERR_USAGE_APDU: ({ command, at, problem: kind }) => ({
    message: `${command} 番目のコマンド${at > 0 ? `の ${at} 文字目` : ""}: ${apduProblems[kind]}。カードには何も送っていません。`,
    hint: "一つの引数に、一つのコマンドを 16 進数で書いてください。空白やコロンを入れるときは、全体を引用符で囲みます。",
  }),
  ERR_USAGE_APDU_REFUSED: ({ command, name, reason }) => ({
    message: `${command} 番目のコマンド${name ? `（${name}）` : ""}は、${refusals[reason].why}ため、送りません。カードには何も送っていません。`,
    hint: refusals[reason].hint,
  }),
  ERR_USAGE_READER: ({ given }) => ({
    message: `「${given}」はリーダーの指定として正しくありません。`,
    hint: "sim:名前、pcsc:名前（またはリーダー名の一部）、replay:ファイル、vpcd:ホスト:ポート のどれかで指定します。つながっているリーダーは mynakit reader list で見られます。",
  }),
  ERR_USAGE_PLATFORM: ({ given }) => ({
    message: `「${given}」は接続先として正しくありません。`,
    hint: "embedded、https:// で始まるアドレス、またはこのコンピューター（localhost、127.0.0.1）の http:// アドレスを指定してください。",
  }),
  ERR_USAGE_PLATFORM_EMBEDDED: () => ({
    message: "組み込みのサンドボックスのページは、ブラウザーでは開けません。",
    hint: "別の端末で mynakit sandbox start を動かし、表示されたアドレスを --platform に指定してください。データはそのまま使えます。",
  }),
  ERR_USAGE_PLAIN_HTTP: ({ address }) => ({
    message: `${address} にはほかのコンピューターからも接続できるため、暗号化しない HTTP では待ち受けません。`,
    hint: "--tls-cert と --tls-key で証明書を指定するか、--host を付けずに、TLS に対応したプロキシーを手前に置いてください。",
  }),
  ERR_USAGE_TIME: ({ given }) => ({
    message: `MYNAKIT_NOW の値「${given}」は RFC 3339 の日時ではありません。`,
    hint: "2026-04-01T09:00:00+09:00 のように書いてください。",
  }),
  ERR_USAGE_TOPIC: ({ near }) => ({
    message: "その名前の説明はありません。",
    hint:
      near.length > 0
        ? `似ているもの:${listed(near.map((id) => `mynakit explain ${id}`))}`
        : "説明の一覧は mynakit explain で見られます。",
  }),
  ERR_USAGE_FORM: ({ procedure, findings }) => ({
    message: `記入に不備があります: ${findings
      .map(({ name, problem }) => `${name}（${formProblems[problem]}）`)
      .join("、")}`,
    hint: `必要な項目と書き方は mynakit portal procedures show ${procedure} で確かめられます。何も送信しておらず、カードも使っていません。`,
  }),
  ERR_USAGE_SIM_EXISTS: ({ name }) => ({
    message: `模擬カード「${name}」はすでにあります。`,
    hint: `別の名前にするか、先に削除してください: mynakit sim delete ${name}`,
  }),
  ERR_USAGE_SIM_PROFILE: ({ given, profiles }) => ({
    message: `「${given}」というプロファイルはありません。`,
    hint: `使えるプロファイル: ${profiles.join("、")}`,
  }),
  ERR_USAGE_SIM_NAME: ({ given }) => ({
    message: `「${given}」は模擬カードの名前にできません。`,
    hint: "英小文字・数字・ハイフンを 32 文字まで使えます。先頭は英小文字か数字にしてください。",
  }),
  ERR_USAGE_SIM_SETTING: ({ key, form, keys }) => ({
    message:
      form === null ? `このカードに「${key}」という項目はありません。` : `${key} の値は ${form} の形で書きます。`,
    hint: `項目=値 の形で指定してください。使える項目: ${keys.join("、")}`,
  }),

  ERR_PCSC_MISSING: ({ packages, command }) => ({
    message: `カードリーダーを使うための部品「pcsclite」が入っていません。必要なもの: ${packages.join("、")}`,
    hint: `次のコマンドで入れられます: ${command}\nリーダーがなくても、模擬カードで試せます: -r sim:standard`,
  }),
  ERR_PCSC_NATIVE: ({ reason }) => ({
    message: `「pcsclite」を読み込めません: ${reason}`,
    hint: "いま使っている Node.js に合わせて作り直してください: npm rebuild pcsclite",
  }),
  ERR_PCSC_SERVICE: ({ service, command }) => ({
    message: `スマートカードのサービス（${service}）が動いていません。`,
    hint: `次のコマンドで起動できます: ${command}\nリーダーがなくても、模擬カードで試せます: -r sim:standard`,
  }),
  ERR_PCSC_ACCESS: ({ user }) => ({
    message: `${user} には、スマートカードのサービスを使う権限がありません。`,
    hint: "polkit の規則で org.debian.pcsc-lite.access_pcsc と org.debian.pcsc-lite.access_card を許可してください（ssh やコンテナー、サービスからの利用でよく起こります）。サービスを使うプログラムが多すぎるときにも起こります。",
  }),
  ERR_PCSC_STOPPED: ({ service }) => ({
    message: `使っている途中で、スマートカードのサービス（${service}）が止まったか、再起動されました。`,
    hint: "もう一度実行してください。暗証番号を送る途中だったときは、先に mynakit pin tries で残り回数を確かめてください。",
  }),
  ERR_PCSC_FAILED: ({ call, code }) => ({
    message: `スマートカードのサービスがエラーを返しました（${call}: ${code}）。`,
    hint: "カードを置き直して、もう一度実行してください。直らないときは、サービスを再起動してください。",
  }),
  ERR_READER_NONE: () => ({
    message: "カードリーダーがつながっていません。",
    hint: "カードだけでは使えません。リーダーをつないで mynakit reader list で確かめてください。使える機器は mynakit explain devices でわかります。模擬カードで試すこともできます: -r sim:standard",
  }),
  ERR_READER_NOT_FOUND: ({ given, readers }) => ({
    message: `「${given}」に当てはまるリーダーや模擬カードがありません。`,
    hint: readers.length > 0 ? `いま使えるリーダー:${listed(readers)}` : "リーダーが一つもつながっていません。",
  }),
  ERR_READER_AMBIGUOUS: ({ given, readers }) => ({
    message: given ? `「${given}」に当てはまるリーダーが複数あります。` : "カードの入ったリーダーが複数あります。",
    hint: `--reader で一つを指定してください:${listed(readers)}`,
  }),
  ERR_READER_BUSY: ({ reader, seconds }) => ({
    message: `${reader} のカードは、ほかのプログラムが使っています（${seconds} 秒待ちました）。`,
    hint: reader.startsWith("sim:")
      ? "使っているのは、ほかに動いている mynakit です（mynakit sim insert など）。終わるのを待つか、Ctrl-C で終わらせてから、もう一度実行してください。"
      : "カードを使うほかのプログラム（ブラウザー、JPKI 利用者ソフト、gpg など）を終了して、もう一度実行してください。",
  }),
  ERR_READER_GONE: ({ reader }) => ({
    message: `リーダー ${reader} が取り外されました。`,
    hint: "つなぎ直して、もう一度実行してください。暗証番号を送る途中だったときは、先に mynakit pin tries で残り回数を確かめてください。",
  }),
  ERR_READER_REPEATED: ({ reader, line }) => ({
    message: `リーダー ${reader} は、${line} 行目にもあります。`,
    hint: "二度目のカードの処理は行っていません。どちらかの行を一括処理のファイルから削ってください。",
  }),
  ERR_READER_LISTEN: ({ address, reason }) => ({
    message: `${address} で仮想カードを待ち受けられません: ${system(reason)}`,
    hint: "別のポートを指定するか、そのポートを使っているプログラムを終了してください。",
  }),
  ERR_READER_UNREACHABLE: ({ address, reason }) => ({
    message: `${address} に、カードを入れられる仮想リーダーがありません: ${system(reason)}`,
    hint: "仮想リーダー vpcd を動かすか、--port でポートを指定してください。",
  }),
  ERR_CARD_ABSENT: ({ reader }) => ({
    message: `${reader} にカードがありません。`,
    hint: "マイナンバーカードを置いてください。--wait を付けると、置かれるまで待ちます。",
  }),

  ERR_CARD_KIND: ({ kind, name }) => ({
    message: `これはマイナンバーカードではありません: ${kindName(kind, name)}`,
    hint:
      kind === "smartphone-jpki"
        ? "スマートフォンに入っているのは電子証明書だけです。プラスチックのマイナンバーカードを置いてください。"
        : "マイナンバーカードを置いてください。紙の通知カードは使えません（mynakit explain first-card）。",
  }),
  ERR_CARD_MUTE: ({ reader }) => ({
    message: `${reader} のカードが応答しません。`,
    hint: "カードの向きを確かめて入れ直してください。非接触のリーダーでは、ケースから出し、金属から離して平らに置いてください。",
  }),
  ERR_CARD_REMOVED: ({ reader }) => ({
    message: `処理が終わる前に、${reader} からカードが離れました。`,
    hint: "「取り外してもかまいません」と出るまで、カードを動かさないでください。暗証番号を送る途中だったときは、先に mynakit pin tries で残り回数を確かめてください。",
  }),
  ERR_CARD_RESET: ({ reader }) => ({
    message: `ほかのプログラムが、${reader} のカードをリセットしました。`,
    hint: "カードを使うほかのプログラムを終了して、もう一度実行してください。",
  }),
  ERR_CARD_TIMEOUT: ({ reader, seconds }) => ({
    message: `${reader} のカードから ${seconds} 秒間応答がありません。`,
    hint: "カードを置き直してください。暗証番号を送る途中だったときは、先に mynakit pin tries で残り回数を確かめてください。",
  }),
  ERR_CARD_CHANGED: ({ reader }) => ({
    message: `${reader} のカードが、途中で別のカードに替わりました。`,
    hint: "使うカードを置いて、最初からやり直してください。",
  }),
  ERR_CARD_OF_ANOTHER: ({ reader }) => ({
    message: `${reader} のカードは、いまログインしている方のカードではありません。`,
    hint: "ログインに使ったカードを置いてください。このカードの方が申請するときは、mynakit portal login でログインし直してください（証明書を更新したあとも、ログインし直しが必要です）。",
  }),
  ERR_CARD_ANSWER: ({ command, sw, meaning }) => ({
    message: `カードが思いがけない応答をしました（${command}: ${sw}${meaning.ja ? `、${meaning.ja}` : ""}）。`,
    hint: "カードを動かさずに、もう一度実行してください。直らないときは、--trace ファイル でやり取りを記録してサポートに見せてください（暗証番号と個人情報は伏せて記録します）。",
  }),
  ERR_CARD_REPLAY: ({ file, line, problem: kind, recorded, sent }) => ({
    message: `${file} の ${line} 行目を再生できません。${{ ...dialogueProblems, ...replayProblems }[kind]}`,
    hint: [
      ...(recorded ? [`記録されたコマンド: ${recorded}`] : []),
      ...(sent ? [`送ろうとしたコマンド: ${sent}`] : []),
      "再生できるのは、記録したときと同じやり取りのうち、伏せていない部分だけです。証明書は、--trace-personal を付けて記録すると再生できます。",
    ].join("\n"),
  }),
  ERR_CARD_FILE: ({ file, problem }) => ({
    message:
      problem === null
        ? `カードに${cardFiles[file] ?? file}がありません。`
        : `カードの${cardFiles[file] ?? file}を読み取れません。`,
    hint: `カードを動かさずに、もう一度実行してください。直らないときは、カードが壊れているか、種類が異なる可能性があります。市区町村の窓口で交換できます。${problem === null ? "" : `\n詳細: ${problem}`}`,
  }),

  ERR_PIN_FORMAT: ({ pin, entry }) => ({
    message: `${entry === "new" ? "新しい" : ""}${pinName(pin)}の形式に合わないので、カードには送っていません。`,
    hint:
      entry === "check-digit"
        ? "個人番号の検査用数字が合わないので、どこかの桁が違っています。残り回数は減っていません。"
        : `${pinName(pin)}は${pin in pins ? pins[pin as keyof typeof pins].form : "別の形式"}です。残り回数は減っていません。`,
  }),
  ERR_PIN_UNCHANGED: ({ pin }) => ({
    message: `新しい${pinName(pin)}が現在のものと同じなので、カードには何も送っていません。`,
    hint: "別のものにしてください。",
  }),
  ERR_PIN_OBVIOUS: ({ pin, reason }) => ({
    message: `新しい${pinName(pin)}を設定しませんでした。${obvious[reason]}`,
    hint:
      reason === "one-kind"
        ? "両方を入れたものにしてください。カード自体はこのままでも受け付けるので、承知のうえで使うなら --allow-obvious を付けてください。"
        : "別のものにするか、--allow-obvious を付けてください。",
  }),
  ERR_PIN_WRONG: ({ pin, triesAfter }) => ({
    message: `${pinName(pin)}が違います。残りは ${triesAfter} 回です。`,
    hint:
      triesAfter <= 1
        ? "最後の 1 回は、mynakit では使いません。残り回数は時間がたっても戻らず、正しく入力したときだけ元に戻ります。わからないときは、市区町村の窓口で再設定できます。"
        : `残り回数は時間がたっても戻りません。正しく入力すると元に戻ります。${numberB(pin)}`,
  }),
  ERR_PIN_LOCKED: ({ pin }) => ({
    message: `${pinName(pin)}はロックされています。`,
    hint: `カードを持って市区町村の窓口へ行くと、再設定できます。${unlocking(pin)}`,
  }),
  ERR_PIN_WITHHELD: ({ pin, reason, tries, minTries }) => {
    if (reason === "unreadable") {
      return {
        message: `${pinName(pin)}の残り回数を読み取れないので、暗証番号を送りませんでした。`,
        hint: "カードを置き直し、カードを使うほかのプログラムを終了してから、mynakit pin tries で確かめてください。",
      };
    }
    if (reason === "earlier-run") {
      return {
        message: `この一括処理の前回の実行で、このカードの${pinName(pin)}は受け付けられなかったか、そのおそれがあります。もう一度送ることはしていません。`,
        hint: "正しい暗証番号と mynakit pin tries の残り回数を確かめてから、--retry-failed を付けて実行してください。",
      };
    }
    if (reason === "common") {
      return {
        message:
          "共通の暗証番号を、今回か前回までの実行で別のカードに送ったところ、受け付けられなかったか、応答がありませんでした。そのため、このカードには送っていません。残り回数は減っていません。",
        hint: "暗証番号を確かめてから、--retry-failed を付けて実行してください。まず 1 枚だけに送ります。暗証番号は記録していないので、別の暗証番号に変えたときも --retry-failed が必要です。",
      };
    }
    if (reason === "min-tries") {
      return {
        message: `${pinName(pin)}の残りは ${tries} 回で、--min-tries の ${minTries} 回に足りないので、暗証番号を送りませんでした。`,
        hint: "残り回数は減っていません。",
      };
    }
    return {
      message: `${pinName(pin)}の残りが 1 回のため、暗証番号を送りませんでした。最後の 1 回は、mynakit では使いません。`,
      hint: "ロックされると、市区町村の窓口での手続きが必要になります。暗証番号に確信があるときは、公式のソフトで一度正しく入力すると、残り回数が元に戻ります。",
    };
  },

  ERR_CERT_ABSENT: ({ kind }) => ({
    message: `カードに${certificate(kind)}がありません。`,
    hint:
      kind === "sign"
        ? "カードを作るときに「不要」を選んだか、15 歳未満（署名用電子証明書は発行されません）の可能性があります。発行は市区町村の窓口でできます。"
        : "カードを作るときに「不要」を選んだ可能性があります。発行は市区町村の窓口でできます。",
  }),
  ERR_CERT_EXPIRED: ({ kind, notAfter }) => ({
    message: `${certificate(kind)}の有効期限が切れています（${date(notAfter)}まで）。`,
    hint: `市区町村の窓口で更新できます。マイキーIDはそのまま引き継がれます。${atPortal(kind)}`,
  }),
  ERR_CERT_NOT_YET_VALID: ({ kind, notBefore }) => ({
    message: `${certificate(kind)}は、まだ有効になっていません（${date(notBefore)}から）。`,
    hint: "時計が合っているか確かめてください。判定に使うのは接続先の時計です。サンドボックスの時計を合わせていれば mynakit sandbox clock show で、そうでなければこのコンピューターの時計を確かめます。",
  }),
  ERR_CERT_TOO_NEW: ({ kind, notBefore, earliest }) => ({
    message: `${certificate(kind)}は発行されたばかり（${date(notBefore)}）で、マイキープラットフォームではまだ使えません。`,
    hint: `${date(earliest)}から使えます。`,
  }),
  ERR_CERT_REVOKED: ({ kind }) => ({
    message: `${certificate(kind)}は失効しています。`,
    hint: `市区町村の窓口で新しい証明書を発行してもらってください。${atPortal(kind)}`,
  }),
  ERR_CERT_UNTRUSTED: ({ kind, issuer }) => ({
    message: `接続先は、${certificate(kind)}の発行者を信頼していません: ${issuer}`,
    hint: "手元のサンドボックスで使えるのは模擬カードだけです。本物のカードは本物のサービスで使ってください。",
  }),
  ERR_CERT_KEY_USAGE: ({ kind, keyUsage }) => ({
    message: `${certificate(kind)}の鍵は、署名に使えないものになっています（用途: ${keyUsage || "なし"}）。`,
    hint: "署名はしていません。マイナンバーカードの証明書では通常ありえません。市区町村の窓口でカードを確かめてもらってください。",
  }),
  ERR_CERT_MALFORMED: ({ kind, problem, file }) =>
    file === undefined
      ? {
          message: `カードの${certificate(kind)}を読み取れません。`,
          hint: `カードを動かさずに、もう一度実行してください。直らないときはカードが壊れている可能性があります。市区町村の窓口で再発行できます。\n詳細: ${problem}`,
        }
      : {
          message: `${file} を証明書として読み取れません。`,
          hint: `PEM または DER 形式の証明書を一つだけ入れてください（mynakit cert show で書き出せます）。\n詳細: ${problem}`,
        },
  ERR_CERT_LIST: ({ file, problem }) => ({
    message: `${file} を失効リストとして読み取れません。`,
    hint: `PEM または DER 形式の失効リスト（CRL）を一つだけ入れてください。\n詳細: ${problem}`,
  }),
  ERR_CERT_RESPONDER: ({ url, problem }) => ({
    message: `${url} から届いたものは、OCSP の回答ではありません。`,
    hint: `--ocsp で指定したアドレスを確かめてください。\n詳細: ${problem}`,
  }),

  ERR_PLATFORM_REFUSED: ({ reason, description, earliest }) =>
    platformRefusals[reason]?.(earliest === undefined ? undefined : date(earliest)) ?? {
      message: `接続先に拒否されました（${reason}）。`,
      hint: `何も変更されていません。\n詳細: ${description || reason}`,
    },
  ERR_PLATFORM_ANSWER: ({ url, problem }) => ({
    message: `${url} から正しい応答がありません。`,
    hint: `--platform と MYNAKIT_PLATFORM を確かめてください。プロキシーやメンテナンス中の画面が応答していることもあります。\n詳細: ${problem}`,
  }),
  ERR_PLATFORM_SESSION: ({ platform, issuer }) => ({
    message: `${platform} にログインしていないか、セッションが終わっています。`,
    hint: issuer
      ? `ログインしてください: mynakit portal login --issuer ${platform}`
      : "カードでログインしてください: mynakit portal login",
  }),
  ERR_PLATFORM_ISSUER: ({ issuer, problem }) => ({
    message: `${issuer} から、ログインの提供元（OpenID Connect）としての正しい応答がありません。`,
    hint: `--issuer のアドレスを確かめてください。提供元が名乗るアドレス（issuer）を、パスまで正確に指定します。プロキシーやメンテナンス中の画面が応答していることもあります。\n詳細: ${problem}`,
  }),
  ERR_PLATFORM_ISSUER_OTHER: ({ issuer, found }) => ({
    message: `${issuer} に問い合わせましたが、応答は ${found} を名乗っています。何も送っていません。`,
    hint: "それが目的の提供元であれば、--issuer にそのとおり指定してください。心当たりがなければ、通信に割り込まれているおそれがあります。ログインしないでください。",
  }),
  ERR_PLATFORM_CLIENT: ({ issuer, client }) => ({
    message: `${issuer} にクライアント ${client} が登録されていないか、この方法でのログインが許可されていません。`,
    hint: "デバイス認可、または認可コードと PKCE（リダイレクト先は http://127.0.0.1/callback）を使う公開クライアントとして登録してもらい、その ID を --client-id で指定してください。",
  }),
  ERR_PLATFORM_GRANTS: ({ issuer, grants }) => ({
    message: `${issuer} には、ここで使えるログイン方法がありません。提供されている方法: ${grants.join(", ") || "なし"}`,
    hint: "使えるのは、デバイス認可（--qr のときはこれだけ）、認可コードと PKCE、またはカードの署名（提供元がノンスの取得先を示している場合）です。",
  }),
  ERR_PLATFORM_LOGIN_DENIED: ({ issuer }) => ({
    message: `${issuer} へのログインは拒否されました。`,
    hint: "自分で拒否したのでなければ、提供元の運営者に問い合わせてください。やり直すときは、もう一度実行してください。",
  }),
  ERR_PLATFORM_LOGIN_EXPIRED: ({ issuer }) => ({
    message: `時間内に ${issuer} へのログインがありませんでした。`,
    hint: "もう一度実行して、時間内に新しいアドレスを開いてください。エラーの画面が出たときは、クライアントが登録されていないことがあります。--client-id を確かめてください。",
  }),
  ERR_PLATFORM_ID_TOKEN: ({ issuer, problem }) => ({
    message: `${issuer} から届いたログインの証明（ID トークン）を信頼できません。ログインしていません。`,
    hint: `このコンピューターの時計を確かめてください。正しければ、提供元の運営者に知らせてください。\n詳細: ${problem}`,
  }),
  ERR_NETWORK_UNREACHABLE: ({ url, reason }) => ({
    message: `${url} に接続できません: ${system(reason)}`,
    hint: "ネットワークとアドレスを確かめてください。",
  }),
  ERR_NETWORK_TIMEOUT: ({ url, seconds }) => ({
    message: `${url} から ${seconds} 秒たっても応答がありません。`,
    hint: "しばらくしてから、もう一度実行してください。",
  }),
  ERR_NETWORK_TLS: ({ url, reason }) =>
    noTls.test(reason)
      ? {
          message: `${url} からの応答が TLS ではないので、接続しませんでした: ${reason}`,
          hint: "https で通信しないサーバーかもしれません。アドレスとポートを確かめてください。このコンピューターのサンドボックスなら http:// で始まるアドレスを指定してください。",
        }
      : {
          message: `${url} が本物であることを確かめられません: ${reason}`,
          hint: `このまま続けないでください。アドレスを確かめてください。時計のずれや、通信を中継する機器が原因のこともあります。${
            unknownIssuer.test(reason)
              ? "\n自分たちの認証局の証明書を使う接続先だとわかっているときは、その認証局の証明書（PEM）のファイルを、環境変数 NODE_EXTRA_CA_CERTS で指定してください。"
              : ""
          }`,
        },
  ERR_NETWORK_LISTEN: ({ address, reason, option }) => ({
    message: `${address} で待ち受けられません: ${system(reason)}`,
    hint: `${option} で別のポートを指定するか、そのポートを使っているプログラムを終了してください。`,
  }),

  ERR_IO_READ: ({ path, reason }) => ({
    message: `${path} を読めません: ${system(reason)}`,
    hint: readHint(path, reason),
  }),
  ERR_IO_WRITE: ({ path, reason }) => ({
    message: `${path} に書き込めません: ${system(reason)}`,
    hint: writeHint(reason),
  }),
  ERR_IO_EXISTS: ({ path, option = "--output" }) => ({
    message: `${path} はすでにあるので、書き出しませんでした。`,
    hint: `${option} で別の名前にするか、置き換えてよければ --force を付けてください。`,
  }),
  ERR_IO_STATE_CORRUPT: ({ path, problem, batch }) => ({
    message: `${path} が壊れています。`,
    hint: batch
      ? `一括処理の記録です。ファイルはそのまま残してあり、カードは使っていません。控えから戻すか、別の場所へ移して最初からやり直してください。マイキーIDが二重に発行されることはありませんが、カードが受け付けなかった暗証番号の記録も失われるので、先に mynakit pin tries で残り回数を確かめてください。\n詳細: ${problem}`
      : `ファイルはそのまま残してあります。別の場所へ移すと、新しく作り直せます。模擬カードなら mynakit sim delete 名前 で削除できます。\n詳細: ${problem}`,
  }),
  ERR_IO_STATE_BUSY: ({ path, seconds }) => ({
    message: `${path} は、ほかの mynakit が使っています（${seconds} 秒待ちました）。`,
    hint: "そちらが終わってから、もう一度実行してください。",
  }),
  ERR_IO_PIN_FILE_MODE: ({ path, mode }) => ({
    message: `${path} はほかの人にも読めるので（モード ${mode}）、中の暗証番号を使いませんでした。`,
    hint: `chmod 600 ${path}`,
  }),
  ERR_IO_CODE_FILE_MODE: ({ path, mode }) => ({
    message: `${path} はほかの人にも読めるので（モード ${mode}）、中のセキュリティコードを使いませんでした。`,
    hint: `chmod 600 ${path} で、自分だけが読めるようにしてください。`,
  }),
  ERR_IO_KEY_FILE_MODE: ({ path, mode }) => ({
    message: `${path} はほかの人にも読めるので（モード ${mode}）、中の秘密鍵を使いませんでした。`,
    hint: `chmod 600 ${path}\nすでに読まれたおそれがあるときは、鍵を作り直してください。`,
  }),
  ERR_IO_TLS: ({ path, problem }) => ({ message: `${path} ${tlsProblems[problem][0]}`, hint: tlsProblems[problem][1] }),
  ERR_IO_PDF: ({ path, problem }) => ({
    message: `${path} を PDF として読み取れません。`,
    hint: `途中で切れているのかもしれません。PDF を扱うソフトで開いて保存し直すか、もう一度入手してください。\n詳細: ${problem}`,
  }),
  ERR_IO_PDF_REFUSED: ({ path, reason }) => ({
    message: `${path} ${pdfRefusals[reason][0]}`,
    hint: pdfRefusals[reason][1],
  }),
  ERR_IO_TRACE: ({ file, line, problem: kind }) => ({
    message: `${file} の ${line} 行目は、カードとのやり取りとして読めません。${dialogueProblems[kind]}`,
    hint: "--trace で記録したファイルか、同じ形式で書いたものを指定してください。",
  }),
  ERR_IO_BATCH: ({ file, line, problem }) => ({
    message: `${file}${line > 0 ? ` の ${line} 行目` : ""}: ${batchProblems[problem]}`,
    hint: "1 行に 1 つのリーダーを書き、そのカードだけの暗証番号があれば、タブで区切ってそのファイルを続けてください。まだ何も行っていません。",
  }),
  ERR_IO_DATABASE: ({ database, reason, problem }) =>
    problem
      ? { message: `${database} は${databaseProblems[problem]}何も書き込んでいません。`, hint: namedDatabase }
      : {
          message: `データベース ${database} を使えません: ${reason}`,
          hint: "パスまたはアドレス、権限、空き容量を確かめてください。",
        },
  ERR_IO_DATABASE_USED: ({ database }) => ({
    message: `データベース ${database} は空でないため、何も読み込みませんでした。`,
    hint: "まだ使っていないデータベースを --database で指定してください。SQLite のファイルは新しく作られます。",
  }),
  ERR_IO_EXPORT: ({ file, line, problem }) => ({
    message: `${file}${line > 0 ? ` の ${line} 行目` : ""}: ${exportProblems[problem][0]}何も読み込みませんでした。`,
    hint: exportProblems[problem][1],
  }),

  ERR_INTERNAL: ({ reason }) => ({
    message: `mynakit の不具合です: ${reason}`,
    hint: "実行したコマンドと mynakit --version の結果を添えて、お知らせください。--verbose を付けると、起きた場所がわかります。",
  }),
  ERR_CANCELLED: ({ signal }) => ({
    message: signal === "declined" ? "確認されなかったため、取りやめました。" : "中止しました。",
    hint: "必要なときに、もう一度実行してください。",
  }),
};

export const warnings: Messages["warnings"] = {
  WARN_PCSC_UNAVAILABLE: ({ code, reason }) => `このコンピューターのリーダーは一覧に出せません: ${reason}（${code}）`,
  WARN_SIM_UNREADABLE: ({ reader, code, reason }) => `${reader} の状態がわかりません。${reason}（${code}）`,
  WARN_TIME_IGNORED: ({ value }) => `MYNAKIT_NOW（${value}）は使いません。模擬カードと組み込みの接続先でだけ有効です。`,
  WARN_PIN_LOW: ({ pin, tries }) => `${pinName(pin)}の残りは ${tries} 回です。`,
  WARN_CERT_EXPIRES: ({ kind, notAfter }) => `${certificate(kind)}の有効期限は ${date(notAfter)} です。`,
  WARN_CERT_PROFILE: ({ kind, problems }) => `${certificate(kind)}が JPKI のプロファイルと異なります: ${problems}`,
  WARN_CERT_OF_OTHERS: () =>
    "ほかの人の電子証明書の検証を業として行うには、公的個人認証法第 17 条に基づく主務大臣の認定が必要です。自分の証明書を確かめるだけなら必要ありません。",
  WARN_NUMBER_OF_OTHERS: () =>
    "番号法は、法律で決められた場合を除き、同じ世帯でない人に個人番号の提供を求めること、集めること、保管することを禁じています（第 15 条、第 19 条、第 20 条）。自分の個人番号も、法律で決められた手続きのほかでは見せないでください。",
  WARN_SIGN_DISCLOSES: () => "署名には証明書が付くので、受け取った人は氏名・住所・生年月日・性別を読み取れます。",
  WARN_SIGN_AUTHENTICATION: () =>
    "利用者証明用の鍵は、本人であることを示すためのものです。この署名は文書への署名にはならず、氏名などもわかりません。",
  WARN_SIGNATURE_SIMULATED: () =>
    "模擬カードの署名です。認証局の鍵が公開されているので、だれにでも作れます。本物の署名を検証するときは、--ca で認証局を指定してください。--simulated を付ければ、この署名も正しいとみなします。",
  WARN_CERT_SOURCES_DIFFER: ({ crl }) =>
    crl === "revoked"
      ? "失効リストでは失効していますが、OCSP レスポンダーの回答では失効していません。失効しているものとして扱います。"
      : "OCSP レスポンダーの回答では失効していますが、失効リストでは失効していません。失効しているものとして扱います。",
  WARN_APDU_MY_NUMBER: ({ answers }) =>
    `個人番号が含まれる、またはそのおそれがある応答（${answers} 件）は表示しません。個人番号は mynakit card number で読めます。`,
  WARN_LOGOUT_NOT_OFFERED: ({ url }) =>
    `手元のセッションは削除しました。${url} には期限より前に終える方法がなく、期限が来ると終わります。`,
  WARN_LOGOUT_OFFLINE: ({ url }) =>
    `手元のセッションは削除しましたが、${url} には伝えられませんでした。接続先では期限が来ると終わります。`,
  WARN_NOT_REGISTERED: () =>
    "マイナポータルの利用者登録がまだ済んでいないため、このサービスは求めている情報を取得できません。登録するには: mynakit portal register --nickname ニックネーム",
  WARN_CLOCK_DIFFERS: ({ seconds }) =>
    `接続先の時計が、このコンピューターより ${Math.abs(seconds)} 秒${seconds > 0 ? "進んで" : "遅れて"}います。本物のカードはこのコンピューターの時刻で署名するので、ログインを断られます。時計を合わせてください。サンドボックスの時計を動かしているときは、模擬カードならそのままログインできます。`,
  WARN_CSV_PENDING: ({ topic }) =>
    `まだ回答がないため、CSV は書き出していません。届くまで待って書き出すには --until-answered を付けて、もう一度実行してください: mynakit portal info ${topic}`,
};
