import type { RefusalTexts } from "../messages.ts";

/** What a platform refuses, by its reason. */
export const platformRefusals: RefusalTexts = {
  "no-mykey-id": () => ({
    message: "現在、マイキーIDはありません。",
    hint: "発行するには: mynakit mykey issue",
  }),
  "capacity-reached": () => ({
    message: "予約が上限に達したため、受け付けを終了しています。",
    hint: "マイキーIDは発行されていません。空きが出ると、予約できるようになることがあります。",
  }),
  "platform-closed": (earliest) => ({
    message: "接続先はメンテナンス中で、利用できません。",
    hint: `何も変更されていません。${earliest === undefined ? "時間をおいて" : `${earliest} 以降に`}もう一度お試しください。`,
  }),
  "clock-backwards": (earliest) => ({
    message: `接続先の時計は変えていません。${earliest ?? "それより後の時刻"}の記録がすでにあるためです。`,
    hint: "それでも記録より前に戻すには --backwards を付けてください。",
  }),
  "programme-closed": () => ({
    message: "いま受け付けているマイナポイントの事業はありません。",
    hint: "期間は mynakit points programmes で確かめられます。",
  }),
  "not-found": () => ({
    message: "接続先のこのアドレスには何もありません。",
    hint: "--platform と MYNAKIT_PLATFORM のアドレスを確かめてください。余分なパスが付いているのかもしれません。",
  }),
  "procedure-unknown": () => ({
    message: "その手続はありません。",
    hint: "mynakit portal procedures search で探してください。何も送信していません。",
  }),
  "procedure-closed": () => ({
    message: "この手続は、オンラインでは申請できないか、受付期間外です。",
    hint: "申請の方法と期間は mynakit portal procedures show に手続の ID を付けると確かめられます。申請はされていません。",
  }),
  "procedure-at-counter": () => ({
    message: "この手続は、市区町村の窓口でだけ申請できます。",
    hint: "オンラインで申請できる手続は mynakit portal procedures search で探せます。カードは使っていません。",
  }),
  "procedure-on-paper": () => ({
    message: "この手続は、オンラインでは申請できません。様式を印刷して提出してください。",
    hint: "オンラインで申請できる手続は mynakit portal procedures search で探せます。カードは使っていません。",
  }),
  "procedure-out-of-period": () => ({
    message: "この手続は、受付期間外です。",
    hint: "受付期間は mynakit portal procedures show に手続の ID を付けると確かめられます。カードは使っていません。",
  }),
  "form-refused": () => ({
    message: "記入された内容を、申請先が受け付けませんでした。",
    hint: "様式が変わっているかもしれません。mynakit portal procedures show に手続の ID を付けて確かめてください。申請はされていません。",
  }),
  "attachment-refused": () => ({
    message: "添付書類を、申請先が受け付けませんでした。",
    hint: "必要な書類は mynakit portal procedures show に手続の ID を付けて確かめられます。申請はされていません。",
  }),
  "signer-revoked": () => ({
    message: "署名用電子証明書が失効しています。",
    hint: "申請は受け付けられていません。市区町村の窓口で、新しい証明書を発行してもらってください。",
  }),
  "signature-refused": () => ({
    message: "電子署名を、申請先が受け付けませんでした。",
    hint: "申請する本人のカードで、署名用電子証明書が有効なうちに署名してください。申請はされていません。",
  }),
  "application-unknown": () => ({
    message: "その ID の申請はありません。",
    hint: "ID を確かめてください。申請した本人は mynakit portal applications で一覧を見られます。",
  }),
  "application-decided": () => ({
    message: "申請がいまの状態では、その操作はできません。処理が進んでいるか、すでに取り下げ・補正されています。",
    hint: "状態は mynakit portal applications で確かめられます。何も変更していません。",
  }),
  "reservation-missing": () => ({
    message: "マイキーIDはありますが、マイナポイントの予約がまだです。",
    hint: "先に予約してください: mynakit mykey issue",
  }),
  "service-unknown": () => ({
    message: "その決済サービスは、マイナポイントに参加していません。",
    hint: "名前を確かめてください。何も変更していません。",
  }),
  "service-exists": () => ({
    message: "その名前の決済サービスは、すでに登録されています。",
    hint: "別の名前にしてください。",
  }),
  "service-account-exists": () => ({
    message: "その決済サービスIDの口座は、すでにあります。",
    hint: "別のIDにしてください。",
  }),
  "service-account-refused": () => ({
    message: "決済サービスIDかセキュリティコードが違います。",
    hint: "決済サービスのアプリなどで、両方を確かめてください。申し込んでいません。",
  }),
  "service-account-taken": () => ({
    message: "その決済サービスの口座は、ほかの人がすでに申込みに使っています。",
    hint: "別の口座を選んでください。申し込んでいません。",
  }),
  "service-of-another": () => ({
    message: "ほかの人の決済サービスでは申し込めません。",
    hint: "本人の決済サービスを選んでください。未成年者は、法定代理人のものも選べます。",
  }),
  "application-final": () => ({
    message: "この事業には、すでに申し込んでいます。決済サービスは変更できません。",
    hint: "申込みの内容は mynakit points status で確かめられます。",
  }),
  "application-missing": () => ({
    message: "その口座での申込みがないか、予約が取り消されています。",
    hint: "ポイントは付与していません。",
  }),
  "programme-spent": () => ({
    message: "申込みが予算の上限に達したため、受け付けを終了しています。",
    hint: "申し込んでいません。",
  }),
  "account-suspended": () => ({
    message: "このマイキーIDは利用停止中です。",
    hint: "確認できるのは履歴と状態だけです: mynakit mykey history\n停止を解除できるのは運営者だけです。",
  }),
  "certificate-replaced": () => ({
    message: "この証明書は、新しい証明書に引き継がれています。",
    hint: "新しいカード、または更新した証明書を使ってください。",
  }),
  "mykey-id-taken": () => ({
    message: "このマイキーIDは、すでに使われているか、使われたことがあります。",
    hint: "現在のご自身のIDも選べません。別のIDを選んでください。三回続くと、自動で生成した候補を示します。",
  }),
  "mykey-id-malformed": () => ({
    message: "マイキーIDとして使えない文字列です。",
    hint: "I と O を除く英大文字と 2～9 の 8 文字で指定してください。",
  }),
  "mykey-id-unknown": () => ({
    message: "このマイキーIDは、現在どなたにも割り当てられていません。",
    hint: "IDと、接続先のデータベースを確かめてください。",
  }),
  "confirmation-mismatch": () => ({
    message: "ご本人のマイキーIDと一致しません。失効させていません。",
    hint: "マイキーIDを確かめるには: mynakit mykey show",
  }),
  "profile-malformed": () => ({
    message: "値に誤りがあるため、変更していません。",
    hint: "メールアドレスには @ とドメイン名が必要です。通知にはメールアドレスが必要です。市区町村は、検査数字を含む全国地方公共団体コード 6 桁で指定してください。",
  }),
  "proposals-exhausted": (earliest) => ({
    message: "候補の生成は上限に達しました。",
    hint: `マイキーIDは変わっていません。${earliest === undefined ? "時間をおいて" : `${earliest}以降に`}、もう一度お試しください。`,
  }),
  "card-required": () => ({
    message: "カードでのログインが必要です。",
    hint: "--mykey-id を付けずに実行してください。",
  }),
  "password-malformed": () => ({
    message: "パスワードとして使えない文字列です。",
    hint: "制御文字を含まない 10～128 文字で指定してください。",
  }),
  "login-refused": () => ({
    message: "マイキーIDかパスワードが違うか、パスワードが設定されていません。",
    hint: "カードでログインできます。パスワードを設定し直すには: mynakit mykey password",
  }),
  "rate-limited": () => ({
    message: "短い時間に要求が集中したため、接続先が応答を控えています。",
    hint: "何も変更していません。数秒おいて、同時に送る数を減らしてください。",
  }),
  unavailable: () => ({
    message: "接続先は、いまサービスを停止しています。",
    hint: "何も変更していません。しばらくしてから、もう一度お試しください。",
  }),
  throttled: (earliest) => ({
    message: "パスワードやコードの誤りが続いたため、しばらく受け付けられません。",
    hint: `${earliest === undefined ? "1 時間ほどたってから" : `${earliest} 以降に`}もう一度お試しください。カードでのログインはいつでもできます。`,
  }),
  "session-unknown": () => ({
    message: "そのようなセッションはないか、すでに終了しています。",
    hint: "一覧は mynakit portal sessions で確かめられます。",
  }),
  "proof-missing": () => ({
    message: "このセッションはログインした端末に結び付いていますが、その端末からの要求だと証明されませんでした。",
    hint: "もう一度ログインしてください: mynakit portal login",
  }),
  "proof-foreign": () => ({
    message: "ほかの端末のセッションです。要求は別の鍵で署名されていました。",
    hint: "この端末でログインしてください: mynakit portal login",
  }),
  "proof-malformed": () => ({
    message: "この端末からの要求だという証明を、プラットフォームが読み取れませんでした。",
    hint: "もう一度ログインしてください: mynakit portal login。繰り返すときは、ご報告ください。",
  }),
  "proof-time": () => ({
    message: "このコンピューターの時計が、プラットフォームと1分以上ずれています。",
    hint: "時計を合わせてから、もう一度お試しください。",
  }),
  "proof-mismatch": () => ({
    message: "この端末からの要求だという証明が、別の要求のものでした。",
    hint: "プロキシーなどが途中でアドレスを書き換えていないか、確かめてください。",
  }),
  "proof-replayed": () => ({
    message: "同じ要求がすでに一度届いています。",
    hint: "もう一度お試しください。繰り返すときは、だれかが要求を再送しているおそれがあります: mynakit portal logout --all",
  }),
  "client-unknown": () => ({
    message: "この ID のクライアントは、接続先に登録されていません。",
    hint: "登録されているクライアントは、運営者が mynakit sandbox client list で確かめられます。クライアントを指定していなければ、--platform を確かめてください。",
  }),
  "authorization-pending": () => ({
    message: "ログインはまだ承認されていません。",
    hint: "カードのあるコンピューターで承認してください: mynakit portal approve",
  }),
  "slow-down": () => ({
    message: "問い合わせの間隔が短すぎます。",
    hint: "少し待ってから、もう一度お試しください。",
  }),
  "user-code-unknown": () => ({
    message: "このコードで承認を待っている端末はありません。",
    hint: "端末に表示されているコードと見比べてください。コードの有効時間は 10 分です。",
  }),
  "device-login-unknown": () => ({
    message: "端末からのログインの求めが見つかりません。",
    hint: "ログインを始めた端末かサービスで、もう一度始めてください。",
  }),
  "device-login-foreign": () => ({
    message: "このログインは、鍵の異なる別の端末から始められたものです。",
    hint: "この端末でもう一度始めてください: mynakit portal login --qr",
  }),
  "device-login-denied": () => ({
    message: "ログインは拒否されました。",
    hint: "だれもログインしていません。間違いなら、ログインを始めた端末かサービスで、もう一度始めてください（mynakit なら mynakit portal login --qr）。",
  }),
  "device-login-cancelled": () => ({
    message: "端末は承認を待つのをやめました。",
    hint: "必要なら、ログインを始めた端末かサービスで、もう一度始めてください（mynakit なら mynakit portal login --qr）。",
  }),
  "device-login-used": () => ({
    message: "このログインはすでに承認されています。",
    hint: "心当たりがなければ、セッションを終了してください: mynakit portal sessions。新しいログインは mynakit portal login --qr で始められます。",
  }),
  "device-login-expired": () => ({
    message: "コードの有効時間が過ぎました。時間内に承認されませんでした。",
    hint: "ログインを始めた端末かサービスで、もう一度始めてください（mynakit なら mynakit portal login --qr）。",
  }),
  "not-registered": () => ({
    message: "マイナポータルの利用者登録がまだ済んでいません。",
    hint: "ニックネームを決めて登録してください: mynakit portal register --nickname ニックネーム",
  }),
  "already-registered": () => ({
    message: "利用者登録はすでに済んでいます。",
    hint: "確認や変更は: mynakit portal profile",
  }),
  "registration-malformed": () => ({
    message: "値に誤りがあるため、登録していません。",
    hint: "ニックネームは 1～20 文字です。メールアドレスには @ とドメイン名が必要です。メール通知にはメールアドレスが必要です。",
  }),
  "idempotency-key-reused": () => ({
    message: "この番号は、別の内容の依頼ですでに使われています。",
    hint: "今回の依頼では何も変更していません。前回と同じ内容で送り直すか、別の番号にしてください（mynakit sandbox charge では --report）。",
  }),
  "already-linked": () => ({
    message: "このサービスとはすでにつながっています。",
    hint: "一覧は mynakit portal links で確かめられます。",
  }),
  "not-linked": () => ({
    message: "このサービスとはつながっていません。",
    hint: "一覧は mynakit portal links で確かめられます。",
  }),
  "demand-unknown": () => ({
    message: "その識別子の納付はありません。",
    hint: "一覧は mynakit portal pay で確かめられます。",
  }),
  "already-paid": () => ({
    message: "すでに納付済みです。二重には納付していません。",
    hint: "納付の記録は mynakit portal pay で確かめられます。",
  }),
  "consent-unknown": () => ({
    message: "その識別子の有効な同意はありません。",
    hint: "一覧は mynakit portal consents で確かめられます。期限の切れた同意は、取り消す必要がありません。",
  }),
  "notice-unknown": () => ({
    message: "その番号のお知らせはありません。",
    hint: "一覧は mynakit portal notices で確かめられます。",
  }),
};
