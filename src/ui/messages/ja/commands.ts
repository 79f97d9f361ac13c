import { ja as names } from "../../../portal/names/ja.ts";
import type { Messages } from "../messages.ts";

export const nouns: Messages["nouns"] = {
  reader: "カードリーダー",
  card: "カード全体",
  pin: "暗証番号と残り回数",
  cert: "電子証明書",
  sign: "カードによる署名",
  verify: "署名の検証",
  apdu: "カードへのコマンド（APDU）",
  mykey: "マイキーID（マイナポイントの予約）",
  points: "マイナポイント",
  portal: "マイナポータル",
  sim: "模擬カード",
  sandbox: "手元の接続先（サンドボックス）",
};

const byPassword = {
  mykeyId:
    "カードの代わりに、このマイキーIDとパスワードでログインする（パスワードは --pin-stdin、--pin-fd、--pin-file でも渡せる）",
};

/** What is registered with Mynaportal. */
const portalUser = {
  nickname: "ニックネーム（1～20 文字）",
  email: "メールアドレス（none で消す）",
  notify: "お知らせのメール通知（サンドボックスはメールを送らない）",
};

/** Of every command of the operator. */
const operating = { database: "SQLite のファイルか postgres:// のアドレス（省略時は内蔵のもの）" };

/** Of every command that verifies. */
const trusting = {
  ca: "このファイル（PEM または DER）の認証局だけを信頼する（繰り返し指定できる）",
  crl: "この失効リスト（PEM または DER）で失効を確かめる",
  simulated: "模擬カードの署名（だれでも作れるもの）も正しいとみなす",
  at: "いまではなく、この日時で確かめる（RFC 3339）",
};

export const commands: Messages["commands"] = {
  "reader list": { summary: "リーダーと、入っているカードを一覧にする", argument: undefined, options: {} },
  "card status": {
    summary: "何のカードか、何が入っていて何に使えるかを表示する（暗証番号は不要）",
    argument: undefined,
    options: {},
  },
  "card info": {
    summary: "氏名・住所・生年月日・性別を表示し、カードの署名で確かめる",
    description:
      "券面事項入力補助用の暗証番号で読み取ります。忘れたときやロックされたときは、券面に書かれたものから組み立てる照合番号B でも読み取れます。--pin-stdin、--pin-fd、--pin-file では、14 桁をまとめて渡してください。終了コード 1 は、ハッシュ値や署名が合わず、本物と確かめられないことを表します。",
    argument: undefined,
    options: {
      with: "読み取りに使うもの（pin は暗証番号、b は照合番号B）",
      birthYear: "照合番号B で生まれた年をどう数えるか（era は和暦、gregorian は西暦の下 2 桁）",
    },
  },
  "card number": {
    summary: "個人番号を、確認のうえ表示する（--reveal がなければ下 4 桁だけ）",
    description:
      "券面事項入力補助用の暗証番号で読み取ります。ほかのコマンドは個人番号を読み取らず、どこにも保存しません。終了コード 1 は、検査用数字、ハッシュ値、署名のどれかが合わないことを表します。",
    argument: undefined,
    options: { reveal: "12 桁すべてを表示する", yes: "確認せずに読み取る" },
  },
  "card face": {
    summary: "券面の情報を表示し、顔写真などの画像をファイルに書き出す",
    description:
      "照合番号B（生年月日、有効期限の年、セキュリティコード。書かれているとおりに順に入力します）か、照合番号A（個人番号。その画像も読み取ります）を使います。--pin-stdin、--pin-fd、--pin-file では、14 桁または 12 桁をまとめて渡してください。ファイルは本人だけが読めます。終了コード 1 は、署名が合わないことを表します。",
    argument: undefined,
    options: {
      output: "画像をこのフォルダーに書き出す（なければ作る）",
      force: "すでにあるファイルを上書きする",
      with: "読み取りに使う照合番号",
      birthYear: "照合番号B で生まれた年をどう数えるか（era は和暦、gregorian は西暦の下 2 桁）",
    },
  },
  "card serial": {
    summary: "カードの番号と有効期限を表示する（暗証番号は不要）",
    argument: undefined,
    options: {},
  },
  "pin tries": {
    summary: "暗証番号ごとの残り回数を表示する（回数は減らない）",
    argument: "表示する暗証番号（省略するとすべて）",
    options: {},
  },
  "pin check": {
    summary: "暗証番号が合っているかどうかを、カードに送って確かめる（違えば残り回数が減る）",
    argument: "暗証番号の種類",
    options: {},
  },
  "pin change": {
    summary: "暗証番号を変更する",
    description:
      "現在のものを 1 回、新しいものを 2 回たずねます。--pin-stdin、--pin-fd、--pin-file では、1 行目に現在のもの、2 行目に新しいものを渡してください。",
    argument: "暗証番号の種類",
    options: { allowObvious: "推測されやすいものでも、確認せずに使う" },
  },
  "cert show": {
    summary: "カードまたはファイルの電子証明書を表示する、またはファイルに書き出す",
    description: "署名用電子証明書には氏名・住所・生年月日・性別が入っていて、署名用パスワードがないと読めません。",
    argument: "証明書の種類（省略すると auth）",
    options: {
      file: "カードは使わず、このファイル（PEM または DER）の証明書を表示する",
      format: "書き出す形式（省略すると text。--output を付けると PEM になり、text は使えない）",
      output: "このファイルに書き出す",
      force: "すでにあるファイルを上書きする",
    },
  },
  "cert check": {
    summary: "カードまたはファイルの電子証明書に問題がないか確かめる（有効期間、発行者、用途、失効）",
    description:
      "終了コード 0 は問題なし、1 は問題あり（期限切れ、--warn-days の日数以内に期限が来る、--crl の失効リストや --ocsp の回答が使えないなど）、8 は証明書がないか読み取れないこと、または --crl のファイルが失効リストではないことを表します。ネットワークに問い合わせるのは --ocsp で指定した OCSP レスポンダーだけで、わからないことは「未確認」になります。JPKI の OCSP レスポンダーは、J-LIS と契約した事業者にしか回答しません。カードに入っている認証局の証明書からわかるのは、両方が対応していることだけです。信頼する認証局は --ca で指定してください。",
    argument: "証明書の種類（省略すると auth。ファイルの場合は内容から判断する）",
    options: {
      file: "カードは使わず、このファイル（PEM または DER）の証明書を確かめる",
      warnDays: "期限までの日数がこれより少なければ「問題あり」とする",
      ca: "このファイル（PEM または DER）の認証局だけを信頼する（繰り返し指定できる）",
      crl: "この失効リスト（PEM または DER）で失効を確かめる",
      ocsp: "この OCSP レスポンダー（アドレスは http:// または https:// で始まる）に失効を問い合わせる",
    },
  },
  "sign raw": {
    summary: "ファイルまたはハッシュ値に署名し、署名値だけを出力する（RSA PKCS #1 v1.5）",
    description:
      "署名値だけでは、だれがいつ署名したかわかりません。文書には mynakit sign cms を使ってください。利用者証明用の鍵（--key auth）は本人であることを示すためのもので、文書への署名にはなりません。",
    argument: "署名するファイル（- なら標準入力）",
    options: {
      digest: "ファイルの代わりに、このハッシュ値に署名する（16 進数。長さは --hash による）",
      hash: "ハッシュの方式",
      key: "使う鍵（sign は文書への署名、auth は利用者証明）",
      format: "書き出す形式（省略すると base64。ファイルには binary）",
      output: "このファイルに書き出す",
      force: "ファイルがあれば置き換える",
    },
  },
  "sign cms": {
    summary: "署名用の鍵でファイルに CMS（CAdES）形式の署名をする",
    description:
      "OpenSSL と同じく、--attached を付けなければ署名にファイルの中身は入りません。元のファイル名に .p7s（--attached のときは .p7m）を付けて書き出します。-o - なら標準出力に書き出します。署名には証明書が付くので、受け取った人は氏名・住所・生年月日・性別を読み取れます。",
    argument: "署名するファイル（- なら標準入力）",
    options: {
      attached: "ファイルの中身を署名に入れる",
      detached: "ファイルの中身を署名に入れない（既定）",
      hash: "ハッシュの方式",
      format: "書き出す形式",
      output: "このファイルに書き出す",
      force: "ファイルがあれば置き換える",
    },
  },
  "sign pdf": {
    summary: "署名用の鍵で PDF に署名する（PAdES ベースライン B）",
    description:
      "元のファイルのバイト列は変えず、その後ろに署名を付け加えます。前にあった署名は有効なままです。書き出す先は「元の名前.signed.pdf」で、-o - なら標準出力に書き出します。--visible 1:50,50,180,40 は、1 ページ目の左端と下端から 50 ポイントの位置に、日時を入れた幅 180、高さ 40 ポイントの枠を描きます（72 ポイントが 1 インチ）。署名には証明書が付くので、受け取った人は氏名・住所・生年月日・性別を読み取れます。",
    argument: "署名する PDF（- なら標準入力）",
    options: {
      reason: "署名の理由として書き入れる文（申告）",
      location: "署名した場所として書き入れる文（申告）",
      visible: "この位置に枠を描く: ページ:X,Y,幅,高さ",
      hash: "ハッシュの方式",
      output: "このファイルに書き出す",
      force: "ファイルがあれば置き換える",
    },
  },
  "sign jws": {
    summary: "ファイルに JWS（コンパクト形式、RS256・RS384・RS512）の署名をし、証明書を x5c に入れる",
    description:
      "署名用の鍵の証明書からは、氏名・住所・生年月日・性別を読み取れます。利用者証明用の鍵（--key auth）の証明書には入っていませんが、文書への署名にはなりません。",
    argument: "署名するファイル（- なら標準入力）",
    options: {
      detached: "内容を署名に入れない（RFC 7515 付録 F）",
      hash: "ハッシュの方式",
      key: "使う鍵（sign は文書への署名、auth は利用者証明）",
      output: "このファイルに書き出す",
      force: "ファイルがあれば置き換える",
    },
  },
  "verify cms": {
    summary: "CMS 形式の署名を検証する（内容、署名者、証明書、信頼、失効）",
    description:
      "終了コード 0 は、入っている署名がすべて正しいこと、1 は、正しくないものがあるか、署名のファイルではないことを表します。信頼する認証局は --ca で指定してください。指定しなければ、正しいと答えることはありません（--simulated を付けると、模擬カードの署名を受け入れます）。失効は --crl で渡された失効リストだけで確かめます（ほかの人の証明書の失効を個人が問い合わせることはできません）。署名の時刻は署名者の申告です。いまとは別の日時で確かめるには --at を使ってください。",
    argument: "署名のファイル（DER または PEM。- なら標準入力）",
    options: {
      content: "署名されたファイル（署名に入っていないとき）",
      ...trusting,
    },
  },
  "verify pdf": {
    summary: "PDF のすべての署名を検証する（範囲、署名後の変更、署名者、証明書、信頼、失効）",
    description:
      "終了コード 0 は、すべての署名が正しく、合わせてファイル全体が署名されていること、1 は、正しくないものがあるか、署名がないか、PDF ではないことを表します。署名の後に加えてよいのは別の署名だけです。後からのフォーム入力や注釈も、変更とみなします。信頼する認証局は --ca で指定してください。指定しなければ、正しいと答えることはありません（--simulated を付けると、模擬カードの署名を受け入れます）。失効は --crl で渡された失効リストだけで確かめます。時刻、理由、場所は署名者の申告です。いまとは別の日時で確かめるには --at を使ってください。",
    argument: "署名された PDF（- なら標準入力）",
    options: {
      ...trusting,
    },
  },
  "verify jws": {
    summary: "JWS（コンパクト形式）を、ヘッダーに入っている証明書で検証する",
    description:
      "終了コード 0 は正しいこと、1 は正しくないか、JWS ではないことを表します。信頼する認証局は --ca で指定してください。指定しなければ、正しいと答えることはありません（--simulated を付けると、模擬カードの署名を受け入れます）。",
    argument: "JWS のファイル（- なら標準入力）",
    options: {
      content: "署名されたファイル（署名に入っていないとき）",
      ...trusting,
    },
  },
  "apdu send": {
    summary: "コマンド（APDU）をそのままカードに送り、応答を意味とともに表示する",
    description:
      "一つの引数が一つのコマンドです（16 進数。空白を入れるときは引用符で囲む）。すべて同じ接続の中で、順に送ります。エラーの応答があればそこで止まり、終了コードは 1 です。暗証番号や鍵を送る・変えるコマンド、カードの中身を変えるコマンド、mynakit が知らないコマンドは送りません。残り回数を調べる 4 バイトの VERIFY（00 20 00 80 など）は送れます。個人番号は表示しません（mynakit card number で読めます）。",
    argument: "コマンド（例: 0084000008）",
    options: { continue: "エラーの応答があっても、最後まで送る" },
  },
  "apdu trace decode": {
    summary: "--trace の記録や手書きのやり取りを、言葉にして表示する",
    description: "カードは使いません。--verbose を付けると、公開情報の応答の中身（TLV）も表示します。",
    argument: "記録したファイル（- なら標準入力）",
    options: {},
  },
  "mykey issue": {
    summary: "マイキーIDを発行する（予約）",
    argument: undefined,
    description:
      "--batch には、リーダーを 1 行に 1 つずつ書いたファイル（sim:taro、pcsc:名前）を指定します。カードごとに暗証番号が違うときは、タブで区切って、その暗証番号を書いたファイルを続けます。ほかのカードには --pin-stdin、--pin-fd、--pin-file の暗証番号を使います。この共通の暗証番号は、まず 1 枚だけに送り、受け付けたカードが出るまで、ほかのカードは待ちます。その 1 枚が受け付けないか、結果がわからないときは、次の実行でも、--retry-failed を付けるまで、ほかのカードには送りません（付けたときも、まず 1 枚だけに送ります）。暗証番号は記録しないので、別の暗証番号に変えたときも同じです。一度受け付けられると、次の実行からも同時に送りますが、その実行で 1 枚も受け付けないうちに拒むカードがあれば、同じように止めます。# で始まる行は読み飛ばします。--yes が必要です。1 枚終わるごとに 1 行（JSON では 1 文書）を出力し、最後にまとめを出力します。失敗したカードがあれば終了コードは 1 です。中断しても、もう一度実行すれば続きから始めます。済んだカードを二重に処理することも、送って受け付けられなかったか、結果のわからない暗証番号を、--retry-failed なしで同じカードに送り直すこともありません。ロック中のカードや残り回数の足りないカードは、毎回あらためて確かめます。最初からやり直すには、まとめに表示される記録ファイルを消してください。",
    options: {
      yes: "確認せずに発行する",
      dryRun: "候補の表示までにとどめ、発行しない",
      batch: "ファイルに書いたリーダーすべてのカードについて発行する",
      parallel: "一括処理で同時に扱うカードの枚数、1～64（省略時は 4）",
      retryFailed:
        "一括処理の前回の実行で受け付けられなかった暗証番号を、もう一度送る（共通の暗証番号は、まず 1 枚に）",
    },
  },
  "mykey show": { summary: "カードの持ち主のマイキーIDを表示する", argument: undefined, options: byPassword },
  "mykey change": {
    summary: "マイキーIDを変更する（すぐに有効になる）",
    description:
      "希望するIDか、自動で生成したIDに変えます。希望したIDが三回とも使われていたときは自動で生成します。生成は三回までです。変更前のIDは、ほかの人にも割り当てません。",
    argument: "希望するID: I と O を除く英大文字と 2～9 の 8 文字（省略時は自動で生成）",
    options: { ...byPassword, yes: "確認せずに変更する" },
  },
  "mykey revoke": {
    summary: "マイキーIDを失効させる（ポイントも使えなくなる）",
    description: "元に戻せません。その後に発行し直すと、別のIDになります。",
    argument: undefined,
    options: { ...byPassword, confirm: "失効させるマイキーID（入力する代わりに指定する）" },
  },
  "mykey report-leak": {
    summary: "マイキーIDの漏えいを届け出て、利用を停止する",
    description: "すぐに停止します。運営者が解除するまで、履歴と状態の確認しかできません。",
    argument: undefined,
    options: { ...byPassword, yes: "確認せずに停止する" },
  },
  "mykey status": {
    summary: "アカウントの状態と、カードの証明書がもう使えるかどうかを表示する",
    argument: undefined,
    options: byPassword,
  },
  "mykey history": {
    summary: "マイキーID・証明書・操作の履歴を表示する",
    argument: undefined,
    options: byPassword,
  },
  "mykey password": {
    summary: "カードなしでログインするためのパスワードを設定する",
    description:
      "カードでログインしてから、新しいパスワードを 2 回入力します。--pin-stdin、--pin-fd、--pin-file で渡すときは、1 行目に暗証番号、2 行目に新しいパスワードを書きます。",
    argument: undefined,
    options: {},
  },
  "mykey page": {
    summary: "マイページを開くための、1回だけ使えるアドレスを表示する",
    description:
      "カードでログインし、表示されたアドレスを1分以内にブラウザーで開きます。最初に開いた人がログインするので、人に見せないでください。mynakit sandbox start で動かしているサンドボックスで使えます。",
    argument: undefined,
    options: {},
  },
  "mykey profile": { summary: "利用者情報を表示する", argument: undefined, options: byPassword },
  "mykey notify": {
    summary: "メール通知をするかどうかを決める",
    argument: "on（する）か off（しない）",
    options: { ...byPassword, email: "通知を受け取るメールアドレス" },
  },
  "mykey points-account": {
    summary: "基本自治体ポイント口座を決める",
    argument: "全国地方公共団体コード 6 桁。none なら設定しない",
    options: byPassword,
  },
  "points programmes": {
    summary: "マイナポイントの第1弾・第2弾の内容を、いつ公表されたかとともに表示する（カードは不要）",
    argument: undefined,
    options: { asOf: "この日までに公表されていたことだけを表示する（例: 2020-07-01、令和2年7月1日）" },
  },
  "points calc": {
    summary: "チャージや買い物でもらえるポイントを計算する（カードは不要）",
    argument: undefined,
    options: {
      programme: "第何弾か",
      charge: "チャージや買い物の金額（円。繰り返し指定できる）",
      healthInsurance: "健康保険証としての利用申込みの分を加える（第2弾）",
      publicAccount: "公金受取口座の登録の分を加える（第2弾）",
      asOf: "この日に公表されていた決まりで計算する",
    },
  },
  "points status": {
    summary: "マイキーID、予約、申込みのどこまで進んだかを表示する",
    argument: undefined,
    options: {},
  },
  "points apply": {
    summary: "決済サービスを一つ選んで、マイナポイントに申し込む（後で変更できない）",
    description:
      "選べるのは本人の決済サービスだけです。未成年者は、法定代理人のものも選べます。セキュリティコードは、たずねられたときに入力するか、--code-file で渡してください。",
    argument: undefined,
    options: {
      service: "決済サービス",
      serviceId: "その決済サービスでの自分のID（決済サービスID）",
      codeFile: "セキュリティコードを、自分だけが読めるファイルから読む",
      yes: "確認せずに申し込む",
    },
  },
  "points history": { summary: "申込みと、ポイントの付与を一覧にする", argument: undefined, options: {} },
  "portal ping": {
    summary: "接続先が使えるかを調べる（カードもログインも不要）",
    description:
      "つながらないときは、名前の解決、接続、TLS、応答、受付のどこで止まったかを示します。終了コードは、ほかのコマンドが同じ理由で止まるときと同じです。--wait（または --wait=秒）を付けると、時間がたてば直る失敗の間、間隔を空けながら調べ続けます。混み合う手続きの前に、早めに試してください。",
    argument: undefined,
    options: {},
  },
  "portal login": {
    summary: "カードでマイナポータルにログインする",
    description:
      "--issuer を付けると、指定した提供元（OpenID Connect）にログインします。別の端末で入力するコード、このコンピューターのブラウザー、接続先と同じ方法でのカードの署名のうち、提供元にある最初の方法を使います。セッションは接続先のものと並べて保存され、自動では更新されません。",
    argument: undefined,
    options: {
      qr: "2次元バーコードとコードを表示し、別のコンピューターのカードで承認されるのを待つ",
      issuer: "接続先ではなく、この提供元（OpenID Connect）にログインする",
      clientId: "提供元に登録されたクライアント ID（省略時は mynakit）",
      scope: "提供元に求めるスコープ（空白区切り）。openid は常に含まれる",
      port: "ブラウザーが応答を届ける、このコンピューターのポート（省略時は空いているもの）",
    },
  },
  "portal approve": {
    summary: "別の端末のマイナポータルへのログインを、カードで承認する",
    argument: "端末に表示されているコード、または 2次元バーコードのアドレス",
    options: { deny: "承認せずに拒否する。カードは不要", yes: "このコードの端末を、確認なしで承認する" },
  },
  "portal whoami": {
    summary: "だれが、いつまでログインしているかを表示する",
    argument: undefined,
    options: { issuer: "この提供元（OpenID Connect）にログインしている人を、提供元からの情報とともに表示する" },
  },
  "portal procedures search": {
    summary: "市区町村の手続を検索する（ログイン不要）",
    description:
      "同じ名前の市区町村が複数あるときは、その一覧を表示します（終了コード 1）。ひらがなとカタカナ、全角と半角は区別しません。",
    argument: undefined,
    options: {
      city: "市区町村の名前（都道府県名を付けてもよい）または 6 桁のコード",
      for: "このライフイベントの手続だけを表示する",
      keyword: "この言葉を含む手続だけを表示する（空白で区切ると、すべてを含むもの）",
    },
  },
  "portal procedures show": {
    summary: "手続に必要なものを表示する（ログイン不要）",
    argument: "手続の ID（mynakit portal procedures search で調べられる）",
    options: {
      template: "記入用の様式（JSON）をこのファイルに書く",
      force: "ファイルがあれば置き換える",
    },
  },
  "portal procedures apply": {
    summary: "手続を、カードで電子署名して申請する",
    description:
      "券面事項入力補助用の暗証番号で氏名・住所・生年月日・性別を読み取り、申請の全体を確かめてから、署名用の暗証番号で署名します。--pin-stdin、--pin-fd、--pin-file では、この順に 1 行ずつ渡してください。足りない項目は、カードを使う前に示します。通信が途中で切れたときは、同じコマンドで同じ申請を送り直せます（二重にはなりません）。",
    argument: "手続の ID（mynakit portal procedures search で調べられる）",
    options: {
      set: "項目に記入する",
      form: "mynakit portal procedures show --template で書いた様式から記入する",
      attach: "ファイルを添付する",
      corrects: "差し戻されたこの申請の代わりに送る",
      yes: "確認せずに署名して申請する",
      dryRun: "申請の内容を表示するだけで、署名も送信もしない（券面事項入力補助用の暗証番号のみ）",
      output: "申請・署名・受領証をこのファイルに書く",
      force: "ファイルがあれば置き換える",
    },
  },
  "portal applications": {
    summary: "自分の申請の状態を確かめる",
    argument: "申請の ID",
    options: {},
  },
  "portal withdraw": {
    summary: "処理が決まる前の申請を取り下げる",
    argument: "申請の ID",
    options: {},
  },
  "verify receipt": {
    summary: "申請の受領証を検証する（申請先、申請者、添付書類）",
    description:
      "終了コード 0 は、確かめたものがすべて正しいこと、1 は、正しくないものがあることを表します。渡さなかった添付書類は確かめません。サンドボックスの受領証には、その旨を表示します。",
    argument: "mynakit portal procedures apply -o が書いたファイル（- なら標準入力）",
    options: {
      attach: "添付したファイル（申請での名前を付けて指定）",
      jwks: "申請先の鍵（JWKS）のファイル（省略すると申請先に問い合わせる）",
      ca: "申請者の証明書を、模擬の認証局ではなく、このファイル（PEM または DER）の認証局で確かめる（繰り返し指定できる）",
    },
  },
  "sandbox application advance": {
    summary: "市区町村に代わって、申請の処理を一つ進める",
    argument: "申請の ID",
    options: operating,
  },
  "sandbox application return": {
    summary: "市区町村に代わって、申請を差し戻す",
    argument: "申請の ID",
    options: { reason: "補正が必要な理由", ...operating },
  },
  "portal sessions": {
    summary: "自分のセッションを一覧にする、または終了する",
    argument: undefined,
    options: { end: "この識別子のセッションを終了する" },
  },
  "portal logout": {
    summary: "ログアウトする",
    argument: undefined,
    options: {
      all: "すべての端末の自分のセッションを終了する",
      issuer: "この提供元（OpenID Connect）のセッションを終了する",
    },
  },
  "portal register": {
    summary: "マイナポータルに利用者登録する",
    argument: undefined,
    options: { ...portalUser, nickname: "ニックネーム（1～20 文字、必須）" },
  },
  "portal profile": {
    summary: "利用者登録の内容を表示する、または変更する",
    argument: undefined,
    options: portalUser,
  },
  "portal info": {
    summary: "わたしの情報を取得する（架空の人物の情報）",
    description:
      "分野を省くと、取得できる分野と、これまでの依頼の状態を表示します。回答に時間のかかる分野では、依頼だけして終了コード 0 で終わります。同じコマンドをもう一度実行すると、回答があればそれを表示します（同じ依頼の回答は 1 日のあいだ同じです）。その場で待つには --until-answered を付けます（--wait はカードを待つ秒数です）。--csv のファイルは、表計算ソフトで開けるようにバイト順マークの付いた UTF-8 です。「-」（標準出力）には付きません。",
    argument: "分野（省略時は一覧）",
    options: {
      period: "期間（2024..2026-03、2026-04.. のように書く）",
      untilAnswered: "回答を待つ秒数",
      csv: "回答を CSV（RFC 4180）でこのファイルに書く（「-」は標準出力）",
      force: "すでにあるファイルを置き換える",
    },
  },
  "portal consents": {
    summary: "外部サービスへの同意を一覧にする、または取り消す",
    description:
      "同意は、サービスからの求めを mynakit portal approve などでカードを使って承認したときに始まり、そのサービスのセッションの期限（15 分）で終わります。取り消すと、そのサービスはすぐに何も取得できなくなります。サービスが取得した情報は mynakit portal exchanges に表示されます。",
    argument: undefined,
    options: { end: "この識別子の同意を取り消す" },
  },
  "portal functions": {
    summary: "マイナポータルに追加された機能と、その開始日を表示する",
    description:
      "カードもログインも要りません。その機能の情報は、開始日より前の日付のサンドボックスでは取得できません。",
    argument: undefined,
    options: { asOf: "この日に利用できたかどうかを表示する（例: 2021-10-21、令和3年10月21日）" },
  },
  "portal links": {
    summary: "ほかのサービスとつなぐ（もっとつながる。相手は模擬のサービス）",
    description: "つなぐと、そのサービスにだけ通じる識別子が渡ります。本物のサービスには何も送りません。",
    argument: undefined,
    options: { connect: "このサービスとつなぐ", remove: "このサービスとの連携を解除する", yes: "確認せずに同意する" },
  },
  "portal pay": {
    summary: "納付するものを一覧にする、または納付する（公金決済の模擬。お金は動かない）",
    argument: "納付するものの識別子（省略時は一覧）",
    options: { by: "納付の方法", yes: "確認せずに納付する" },
  },
  "portal exchanges": {
    summary: "だれが何の情報を照会したか（やりとり履歴）を表示する",
    argument: undefined,
    options: { since: "この日からのものだけ（2026-04-01 のように書く）" },
  },
  "portal notices": {
    summary: "お知らせを一覧にする、読む、または新しいものを待つ",
    description:
      "--watch は、いまあるお知らせを古い順に表示し、その後に届いたものを届くたびに表示します（--json では 1 件が 1 行）。通信が途切れても待ち続け、その間に届いたものも表示します。Ctrl-C で終わり、終了コードは 0 です。セッションの期限が切れると ERR_PLATFORM_SESSION で終わります。",
    argument: undefined,
    options: {
      unread: "まだ読んでいないものだけ",
      watch: "新しいお知らせを待ち続ける",
      read: "この番号のお知らせを読む（既読になる）",
    },
  },
  "sim list": { summary: "模擬カードを一覧にする", argument: undefined, options: {} },
  "sim create": {
    summary: "模擬カードを作る",
    argument: "模擬カードの名前",
    options: {
      profile: "カードの種類（一覧は mynakit sim profiles）",
      set: "プロファイルと変えるところ（auth.remaining=2 や removeAfter=7 のように書く）",
      seed: "番号・鍵・乱数など、決まりのないものすべての種（省略時は名前）",
      link: "本物のカードとリーダーと同じだけ時間をかける",
      strict: "照合に失敗した後の 2 回目の VERIFY を違反として記録し、以後は応答しない",
    },
  },
  "sim show": { summary: "模擬カードの暗証番号と残り回数を表示する", argument: "模擬カードの名前", options: {} },
  "sim expect": {
    summary: "模擬カードに起きたことを確かめる（期待と違えば終了コード 1）",
    argument: "模擬カードの名前と、期待する内容（auth.remaining=3 や lastTryBurnt=false のように書く）",
    options: {},
  },
  "sim log": {
    summary: "模擬カードに起きたことを replay: で読める形で表示する（暗証番号と個人情報は伏せる）",
    argument: "模擬カードの名前",
    options: { clear: "表示してから消す" },
  },
  "sim reset": { summary: "模擬カードを作りたての状態に戻す", argument: "模擬カードの名前", options: {} },
  "sim renew": {
    summary: "模擬カードの電子証明書を更新する（発行番号と鍵が変わり、今から有効）",
    argument: "模擬カードの名前",
    options: {},
  },
  "sim reissue": {
    summary: "模擬カードを、同じ人の新しいカードに再発行する",
    argument: "模擬カードの名前",
    options: {},
  },
  "sim move": {
    summary: "模擬カードの持ち主を引っ越しさせる（住所と署名用電子証明書が変わる）",
    argument: "模擬カードの名前、続けて新しい住所",
    options: {},
  },
  "sim delete": { summary: "模擬カードを削除する", argument: "模擬カードの名前", options: {} },
  "sim profiles": { summary: "プロファイルと、その暗証番号を一覧にする", argument: undefined, options: {} },
  "sim insert": {
    summary: "模擬カードを仮想リーダー（vpcd）に入れておく（Ctrl-C で取り出す）",
    argument: "模擬カードの名前",
    options: { port: "仮想リーダーのポート", readyFile: "カードが入っているあいだだけ置くファイル" },
  },
  "sandbox start": {
    summary: "手元の接続先を動かす（Ctrl-C か SIGTERM で終わる）",
    argument: undefined,
    options: {
      port: "ポート（0 なら空いているもの）",
      database: "SQLite のファイルか postgres:// アドレス",
      capacity: "予約できる人数（省略時は4000万人）",
      host: "待ち受ける IP アドレス（このコンピューターの外から届くものには TLS が必要）",
      tlsCert: "PEM 形式の証明書（中間証明書を続けて入れる）",
      tlsKey: "その秘密鍵（PEM 形式、本人だけが読めるファイル）",
      publicUrl: "手前にプロキシーがあるとき、クライアントが使うアドレス",
      proxy: "X-Forwarded-For を信用するプロキシーの IP アドレス（複数指定できる）",
      rate: "一つのアドレスから一秒に受け付ける要求の数、一度にはその十倍まで（省略時は 50、このコンピューター専用なら無制限）",
      metricsPort: "Prometheus 用の指標を出す 127.0.0.1 のポート（0 なら空いているもの）",
      log: "標準エラー出力に一行一件の JSON で書く範囲: 障害（error）、拒否も（warn）、すべての要求（info）",
      ca: "模擬カードではなく、このファイル（PEM または DER）の認証局のカードを受け付ける（繰り返し指定できる）",
      crl: "このファイル（PEM または DER）の失効リストにある証明書を拒否する（ファイルが変われば読み直す）",
    },
  },
  "sandbox user show": {
    summary: "手元の接続先のアカウントを表示する",
    argument: "マイキーID",
    options: { database: "SQLite のファイルか postgres:// のアドレス（省略時は内蔵のもの）" },
  },
  "sandbox user suspend": {
    summary: "手元の接続先のアカウントの利用を停止する",
    argument: "マイキーID",
    options: { database: "SQLite のファイルか postgres:// のアドレス（省略時は内蔵のもの）" },
  },
  "sandbox user lift": {
    summary: "手元の接続先のアカウントの利用停止を解除する",
    argument: "マイキーID",
    options: { database: "SQLite のファイルか postgres:// のアドレス（省略時は内蔵のもの）" },
  },
  "sandbox audit verify": {
    summary: "監査ログの行が消されたり書き換えられたりしていないかを調べる",
    description:
      "終了コード 1: 欠けた行、書き換えられた行、余分な行があります。動いている接続先を止める必要はありません。データベースに書き込める人はログ全体を作り直せるので、行数と最後のハッシュ値は別の場所に控えてください。",
    argument: undefined,
    options: { database: "SQLite のファイルか postgres:// のアドレス（省略時は内蔵のもの）" },
  },
  "sandbox clock show": { summary: "手元の接続先の時刻を表示する", argument: undefined, options: operating },
  "sandbox clock set": {
    summary: "手元の接続先の時計を合わせる（そこから進み続ける）",
    description:
      "動いている接続先にも1秒以内に反映され、模擬カードは次のログインから従います。すでに記録された時刻より前には戻せません。戻すと待ち時間がやり直しになり、履歴の順序も乱れるためです。それでも戻すときは --backwards を付けます。",
    argument: "時刻（RFC 3339）",
    options: { ...operating, backwards: "記録済みの時刻より前に戻すことも認める" },
  },
  "sandbox clock advance": {
    summary: "手元の接続先の時計を進める",
    argument: "進める長さ。日・時間・分・秒の順に、3d12h30m15s のように書く",
    options: operating,
  },
  "sandbox clock reset": {
    summary: "手元の接続先の時計を、このコンピューターの時計に戻す",
    argument: undefined,
    options: { ...operating, backwards: "記録済みの時刻より前に戻すことも認める" },
  },
  "sandbox export": {
    summary: "手元の接続先が持つ記録をすべてファイルに書き出す",
    description:
      "別のデータベースで mynakit sandbox import に渡すための、1 行 1 件の JSON です。アカウント、ポイント、設定、監査ログを、ある一瞬の状態のまま書き出します。接続先は動いたままで構いません。利用者が入力した内容や、パスワードとコードのハッシュを含むので、データベースと同じように保管してください。ログイン中の状態、鍵、数分で切れるものは含みません。内容が同じなら、ファイルも同じになります。",
    argument: undefined,
    options: { ...operating, output: "このファイルに書き出す", force: "ファイルがあれば置き換える" },
  },
  "sandbox import": {
    summary: "書き出した手元の接続先の記録を、空のデータベースに読み込む",
    description:
      "すべて読み込むか、何も読み込まないかのどちらかです。途中で切れたファイル、変更されたファイル、異なるバージョンのファイルは、データベースに触れる前に断ります。読み込んだあとは、全員がログインし直します。",
    argument: "mynakit sandbox export で書き出したファイル",
    options: operating,
  },
  "sandbox capacity": {
    summary: "手元の接続先で予約できる人数を表示する、または変える",
    description:
      "上限はデータベースに保存され、それを使うすべてのプロセスに効きます。すでに予約した人数より小さくすると受付は終わり、大きくすると再開します。接続先を起動するときの --capacity も同じ上限を変えます。",
    argument: undefined,
    options: { ...operating, set: "新しい上限（人数）。公表された4000万人に戻すには published" },
  },
  "sandbox close": {
    summary: "手元の接続先をメンテナンスのために閉じる",
    description: "何を求めても、暗証番号を尋ねる前に断ります。運営者のコマンドは使えます。",
    argument: undefined,
    options: {
      ...operating,
      from: "この時刻から閉じる。それまでは mynakit portal ping が予告する（RFC 3339）",
      until: "再開の見込み（RFC 3339）",
    },
  },
  "sandbox open": { summary: "手元の接続先を再び開ける", argument: undefined, options: operating },
  "sandbox programme list": {
    summary: "手元の接続先のマイナポイントの事業を一覧する",
    argument: undefined,
    options: operating,
  },
  "sandbox programme show": {
    summary: "手元の接続先の事業を表示する",
    argument: "事業の番号（1 か 2）",
    options: operating,
  },
  "sandbox programme open": {
    summary: "手元の接続先の事業を、今日から、または指定した日から受け付ける",
    description:
      "本物の事業は終わっていますが、手元の接続先では申込みと付与を試せます。運営者の定めた条件は公表されたものより優先され、運営者によるものとして表示されます。二つとも受付中のときは、第1弾が申込みを受け付けます。",
    argument: "事業の番号（1 か 2）",
    options: {
      ...operating,
      from: "最初の日（例: 2027-04-01。省略時は今日）",
      until: "最後の日（省略時は受付を終えるまで）",
    },
  },
  "sandbox programme close": {
    summary: "手元の接続先の事業の受付をすぐに終える",
    argument: "事業の番号（1 か 2）",
    options: operating,
  },
  "sandbox programme set": {
    summary: "手元の接続先の事業の条件を変える",
    argument:
      "事業の番号（1 か 2）と、「項目=値」。項目は applications-from、applications-until、grants-from、grants-until（いずれも日付）、premium-percent、premium-of-yen、premium-points、budget-people（いずれも数）、guardian-for-minor（yes か no）",
    options: operating,
  },
  "sandbox programme reset": {
    summary: "手元の接続先の事業を、公表された条件に戻す",
    argument: "事業の番号（1 か 2）",
    options: operating,
  },
  "sandbox client add": {
    summary: "手元の接続先に OAuth クライアントを登録する",
    description:
      "ほかのサービスやプログラムを登録すると、利用者にログインを求められるようになります。--redirect-uri を付けるとブラウザーで（認可コードと PKCE）、付けなくても別の端末のカードで承認するコードで（デバイス認可）ログインできます。シークレットはありません。",
    argument: "名前（利用者に、どのサービスかを示すもの。改行などを含まない 1～64 文字）",
    options: {
      redirectUri: "応答の送り先。https、このコンピューターの http、アプリ独自のスキームのいずれか（繰り返し可）",
      scope: `求めてよいスコープ（空白区切り）。使えるもの: ${Object.keys(names.scopes).join(" ")}`,
      ...operating,
    },
  },
  "sandbox client list": {
    summary: "手元の接続先の OAuth クライアントを一覧する",
    argument: undefined,
    options: operating,
  },
  "sandbox client remove": {
    summary: "手元の接続先の OAuth クライアントを削除し、そのセッションを終える",
    argument: "クライアント ID",
    options: operating,
  },
  "sandbox service add": {
    summary: "決済サービスを登録して、報告に使うトークンを表示する",
    argument: "決済サービスの名前（英小文字・数字・ハイフン）",
    options: { database: "SQLite のファイルか postgres:// アドレス（省略時は組み込みの接続先のもの）" },
  },
  "sandbox service account": {
    summary: "決済サービスの口座を作って、セキュリティコードを表示する",
    argument: "決済サービスと、そこでの決済サービスID",
    options: {
      holder: "口座の持ち主のマイキーID",
      ward: "持ち主が法定代理人である未成年者のマイキーID",
      database: "SQLite のファイルか postgres:// アドレス（省略時は組み込みの接続先のもの）",
    },
  },
  "sandbox charge": {
    summary: "決済サービスに代わってチャージや買い物を報告し、ポイントを付与する",
    argument: "決済サービス、決済サービスID、金額（円）",
    options: {
      purchase: "チャージではなく買い物とする",
      report: "報告の番号（同じ番号では二度付与しない。省略時は新しい番号）",
      database: "SQLite のファイルか postgres:// アドレス（省略時は組み込みの接続先のもの）",
    },
  },
  explain: {
    summary: "窓口、紛失、暗証番号などの案内や、エラーコードの意味を表示する",
    argument: "知りたいこと（省略すると一覧）。例: lost-card、MKEC101E、ERR_PIN_LOCKED",
    options: {},
  },
  completion: { summary: "シェルの補完スクリプトを出力する", argument: "シェルの種類", options: {} },
};

export const globalOptions: Messages["globalOptions"] = {
  reader:
    "sim:名前、pcsc:名前（リーダー名の一部でもよい）、replay:ファイル、vpcd:ホスト:ポート（MYNAKIT_READER でも指定できる）",
  json: "標準出力に JSON を一つだけ出す",
  lang: "表示する言語",
  noInput: "何もたずねない（足りないものはエラーにする）",
  wait: "カードが置かれるまで待つ（mynakit portal ping では接続先が使えるまで）",
  platform: "接続先のアドレス、または embedded（既定。MYNAKIT_PLATFORM でも指定できる）",
  trace: "APDU のやり取りをファイルに記録する（暗証番号と個人情報は伏せる。すでにあるファイルは置き換える）",
  tracePersonal: "--trace に個人情報も記録する（暗証番号と個人番号は記録しない）",
  minTries: "残り回数がこれ以上のときだけ暗証番号を送る（指定にかかわらず 2 回未満では送らない）",
  pinStdin: "暗証番号を標準入力から読む",
  pinFd: "暗証番号をファイル記述子 N から読む",
  pinFile: "暗証番号を、自分だけが読めるファイルから読む",
  quiet: "途中経過を表示しない",
  verbose: "詳しく表示する（エラーも）",
  noColor: "色を付けない",
};

export const help: Messages["help"] = {
  description: "マイナンバーカードのコマンドラインツール",
  usage: "使い方:",
  arguments: "引数:",
  options: "オプション:",
  globalOptions: "共通のオプション:",
  commands: "コマンド:",
  helpOption: "使い方を表示する",
  versionOption: "バージョンを表示する",
  choices: (choices) => `（${choices}）`,
  defaultValue: (value) => `（既定: ${value}）`,
  closing: `カードがなくても試せます:  mynakit card status -r sim:standard

終了コード: 0 成功・1 確認の結果が「いいえ」・2 使い方の誤り・3 サービス、リーダー、カードがない・4 カードの問題
  5 暗証番号が違う、または形式が誤り・6 暗証番号のロック・7 最後の 1 回を守るため送らなかった・8 証明書
  9 接続先の拒否・10 ネットワーク・11 ファイルや保存データ・70 mynakit の不具合・130 中止`,
};
