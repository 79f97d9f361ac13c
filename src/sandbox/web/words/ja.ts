import type { Earliest, PageWords } from "../words.ts";
import { portalJa } from "./portal/ja.ts";

const wait = ({ seconds }: Earliest): string => (seconds <= 120 ? `${seconds}秒` : `${Math.ceil(seconds / 60)}分`);

export const ja: PageWords = {
  language: "ja",
  frame: {
    service: "マイキー 利用者マイページ",
    skip: "本文へ移動",
    sandbox: "砂場／サンドボックス — 本物ではありません",
    sandboxNote: "公的機関のサービスではなく、ここでの手続きに効力はありません。本物の情報を入力しないでください。",
    pages: "ページ一覧",
    languages: "言語",
    loggedInAs: "マイキーID",
    logOut: "ログアウト",
    idle: (minutes) => `安全のため、${minutes}分間ページを開かないと自動的にログアウトします。`,
    scrolled: (caption) => `${caption}（横に動かせる表）`,
  },
  form: {
    error: "エラー",
    summary: "入力内容を確かめてください",
    needed: "入力してください。",
    optional: (label) => `${label}（任意）`,
  },
  problems: {
    "request-malformed": () => ({
      title: "要求を読み取れませんでした",
      text: "前の画面に戻り、ページを開き直してから、もう一度操作してください。",
    }),
    "request-too-large": () => ({
      title: "送られた内容が大きすぎます",
      text: "入力を短くして、もう一度送ってください。",
    }),
    "not-found": () => ({
      title: "ページが見つかりません",
      text: "アドレスを確かめるか、最初のページからやり直してください。",
    }),
    "platform-closed": (earliest) => ({
      title: "メンテナンス中です",
      text: earliest
        ? `${earliest.time}を過ぎてから、もう一度お越しください。`
        : "しばらくしてから、もう一度お越しください。",
    }),
    "account-suspended": () => ({
      title: "このアカウントは利用停止中です",
      text: "漏えいや不正利用の届け出により、マイキーIDとポイントは使えません。カードでログインすると、状態と履歴は見られます。解除は運営者が行います。",
    }),
    "certificate-expired": () => ({
      title: "カードの電子証明書の有効期限が切れています",
      text: "マイキーIDはそのまま残りますが、市区町村の窓口で電子証明書を更新するまで使えません。",
    }),
    "certificate-too-new": (earliest) => ({
      title: "カードの電子証明書が新しすぎます",
      text: `電子証明書の発行からしばらくたつと使えるようになります${earliest ? `（${earliest.time}から）` : ""}。`,
    }),
    "certificate-replaced": () => ({
      title: "この電子証明書は新しいものに替わっています",
      text: "新しいカードでログインしてください。",
    }),
    "card-required": () => ({
      title: "カードでのログインが必要です",
      text: "この操作をするには、カードでログインしてください。",
    }),
    "no-mykey-id": () => ({
      title: "マイキーIDがありません",
      text: "カードを使って発行してください: mynakit mykey issue",
    }),
    "login-refused": () => ({
      title: "ログインできませんでした",
      text: "マイキーIDかパスワードが違うか、パスワードが設定されていません。カードでのログインはいつでもできます。",
    }),
    throttled: (earliest) => ({
      title: "ログインの失敗が続いています",
      text: `${earliest ? `あと${wait(earliest)}` : "しばらく"}、パスワードではログインできません。カードでなら、すぐにログインできます。`,
    }),
    "form-foreign": () => ({
      title: "この送信は受け付けられません",
      text: "このサイトの画面から送られていないか、画面を開いてから時間がたっています。何も変わっていません。ページを開き直して、もう一度操作してください。",
    }),
    "ticket-unknown": () => ({
      title: "このアドレスはもう使えません",
      text: "すでに使われたか、1分を過ぎています。新しいアドレスを出すには: mynakit mykey page",
    }),
    "authorization-refused": () => ({
      title: "サービスの求めに応じられません",
      text: "ここへ案内したサービスが登録されていないか、求めている内容が登録と異なります。サービスには何も伝えていません。サービスの運営者に知らせてください。",
    }),
    "consent-over": () => ({
      title: "ここで決めることはありません",
      text: "すでに決定したか、10分を過ぎたか、別のブラウザーで始めた手続きです。サービスに戻って、もう一度始めてください。",
    }),
    "codes-throttled": (earliest) => ({
      title: "コードの間違いが続いています",
      text: `${earliest ? `あと${wait(earliest)}` : "しばらく"}、コードを調べられません。`,
    }),
    "user-code-unknown": () => ({
      title: "このコードのログインはありません",
      text: "端末に出ているコードを見ながら、もう一度入力してください。間違いが続くと、しばらく調べられなくなります。",
    }),
    "device-login-unknown": () => ({
      title: "承認を待っているログインはありません",
      text: "ログインを最初からやり直してください。",
    }),
    "device-login-foreign": () => ({
      title: "このログインは別のブラウザーで始められました",
      text: "このブラウザーでログインを最初から始めてください。",
    }),
    "device-login-denied": () => ({
      title: "ログインは拒否されました",
      text: "承認する人が拒否しました。間違いだったときは、ログインを最初からやり直してください。",
    }),
    "device-login-cancelled": () => ({
      title: "ログインは取りやめられました",
      text: "ログインしようとしていた端末で取りやめられました。必要なら、最初からやり直してください。",
    }),
    "device-login-used": () => ({
      title: "このログインの承認は済んでいます",
      text: "コードは1回だけ使えます。もう一度ログインするときは、最初からやり直してください。",
    }),
    "device-login-expired": () => ({
      title: "ログインの期限が切れました",
      text: "コードが使えるのは10分間です。ログインを最初からやり直してください。",
    }),
    "session-unknown": () => ({
      title: "このログインはもう終わっています",
      text: "ほかの端末で終了したか、期限が切れています。",
    }),
    refused: () => ({
      title: "受け付けられません",
      text: "今はこの操作ができません。何も変わっていません。",
    }),
    unavailable: () => ({
      title: "ただいま利用できません",
      text: "何も変わっていません。少し待ってから、もう一度試してください。",
    }),
    "server-error": () => ({
      title: "エラーが起きました",
      text: "原因はサンドボックスの記録に残っています。しばらくしてから試してください。",
    }),
  },
  top: {
    title: "マイキー 利用者マイページ",
    what: "マイキーIDとそのふりがな、ポイント、これまでの履歴を確かめられます。",
    notReal:
      "これは試したり調べたりするための模擬環境です。国のマイキープラットフォームとはつながっておらず、ここでしたことは何も伝わりません。",
    how: "ログインの方法",
    byCard: "カードでログイン",
    byPassword: "マイキーIDとパスワードでログイン",
  },
  login: {
    title: "マイキーIDとパスワードでログイン",
    mykeyId: "マイキーID",
    mykeyIdForm: "英字と数字8文字",
    password: "パスワード",
    submit: "ログイン",
    notices: {
      ended:
        "ログインが終わりました。しばらく操作がなかったか、アカウントの状態が変わったためです。もう一度ログインしてください。",
      "logged-out": "ログアウトしました。",
      "password-changed": "パスワードを設定しました。新しいパスワードでログインしてください。",
    },
    noPassword: "パスワードがないときや忘れたときは、カードでログインしてください。",
  },
  card: {
    title: "カードでログイン",
    how: "カードと暗証番号はブラウザーでは扱いません。このコンピューターの mynakit がカードとやり取りします。",
    steps: [
      "カードをリーダーに置きます。",
      "端末で次のコマンドを実行します。--platform には、このサイトのアドレスを指定します。",
      "表示されたアドレスを開きます。1分以内に1回だけ使えます。",
    ],
    arrived: "カードでのログインが済みました。ボタンを押すと、このブラウザーでマイページが開きます。",
    caution:
      "たった今、自分でこのアドレスを出したときだけ進んでください。人から送られてきたときは、このページを閉じてください。",
    submit: "マイページを開く",
  },
  account: {
    title: "アカウント",
    none: "なし",
    mykeyId: "マイキーID",
    furigana: "ふりがな",
    state: "状態",
    states: { none: "マイキーIDなし", active: "利用中", suspended: "利用停止", revoked: "失効" },
    reservation: "マイナポイントの予約",
    reservations: { reserved: "予約済み", none: "予約なし" },
    certificate: "利用者証明用電子証明書",
    serialNumber: "発行番号",
    links: {
      linked: "紐づけ済み",
      "not-linked": "まだ紐づいていません",
      waiting: "発行されたばかりで、まだ紐づけられません",
      replaced: "新しい電子証明書に替わりました",
    },
    usableFrom: "使い始められる日時",
    validUntil: "有効期限",
    password: "マイページのパスワード",
    passwordSet: (set) => (set ? "設定済み" : "未設定"),
    login: "ログインの方法",
    methods: { card: "カード", password: "マイキーIDとパスワード" },
    stillOpen: "アカウントの状態、履歴、お問い合わせは見られます。",
  },
  points: {
    title: "ポイント",
    none: "まだポイントを申し込んでいません。",
    caption: "事業ごとのポイント",
    programme: "事業",
    programmes: { 1: "マイナポイント第1弾", 2: "マイナポイント第2弾" },
    service: "決済サービス",
    granted: "付与",
    left: "残りの上限",
    appliedAt: "申込日時",
    void: "予約とともに失効",
    historyCaption: "ポイントの履歴",
    event: "内容",
    events: { application: "申込み", charge: "チャージ", purchase: "買い物" },
    yen: "円",
    points: "ポイント",
    number: (value) => value.toLocaleString("ja"),
  },
  history: {
    title: "履歴",
    ids: "マイキーID",
    certificates: "電子証明書",
    events: "できごと",
    empty: "まだありません。",
    states: { active: "利用中", suspended: "利用停止", changed: "変更済み", revoked: "失効" },
    issuedAt: "発行",
    endedAt: "終了",
    linkedAt: "紐づけ",
    unlinkedAt: "切り替え",
    time: "日時",
    actor: "操作した人",
    actors: { person: "本人", service: "決済サービス", operator: "運営者", platform: "プラットフォーム" },
    event: "内容",
    actions: {
      "certificate.see": "電子証明書での初回ログイン",
      "certificate.link": "電子証明書の紐づけ",
      "mykey.issue": "マイキーIDの発行と予約",
      "mykey.change": "マイキーIDの変更",
      "mykey.revoke": "マイキーIDの失効",
      "account.suspend": "利用停止",
      "account.lift": "利用停止の解除",
      "profile.change": "利用者情報の変更",
      "login.block": "パスワードの連続した誤りによる一時的な制限",
      "password.set": "パスワードの設定",
      "points.apply": "ポイントの申込み",
      "points.grant": "ポイントの付与",
      "service.account": "決済サービスの口座開設",
      "portal.register": "マイナポータルの利用者登録",
      "portal.profile": "利用者登録の変更",
      "portal.ask": "わたしの情報の取得",
      "portal.read-notice": "お知らせの閲覧",
      "session.end": "セッションの終了",
      "client.allow": "ほかのサービスのアクセスの許可",
    },
  },
  profile: {
    title: "利用者情報",
    email: "メールアドレス",
    notify: "このアドレスに通知を送る（メール通知）",
    municipality: "基本自治体ポイント口座の市区町村",
    municipalityForm: "全国地方公共団体コード6桁",
    submit: "保存する",
    saved: "利用者情報を保存しました。",
    problems: {
      email: "name@example.jp のようなメールアドレスを入力してください。",
      notify: "通知を送るには、メールアドレスが必要です。",
      pointsMunicipality: "131016 のような6桁の市区町村コードを入力してください。",
    },
  },
  password: {
    title: "パスワード",
    form: (shortest, longest) => `${shortest}文字から${longest}文字まで`,
    fresh: "新しいパスワード",
    again: "新しいパスワード（もう一度）",
    submit: "パスワードを設定する",
    after: "設定すると、このログインも含めてすべてログアウトします。新しいパスワードでログインし直してください。",
    malformed: (shortest, longest) => `パスワードは${shortest}文字から${longest}文字までで入力してください。`,
    differ: "二つの入力を同じにしてください。",
  },
  consent: {
    title: "サービスからのアクセスの求め",
    asks: (client) =>
      `「${client}」が、あなたに代わってアクセスすることを求めています。ログインして許可するまで、何も渡りません。`,
    client: "サービス（運営者が登録した名前）",
    goesTo: "回答の送り先",
    may: "求めている内容",
    logInFirst: "まず、カードでログインしてください",
    eachTime: "すでにログインしていても、毎回カードが必要です。許可するかどうかは、ログインの後で決めます。",
    caution:
      "このサービスで自分から始めた場合だけ許可してください。アクセスできるのは15分間です。mynakit portal sessions で一覧を確かめ、期限より前に終えることもできます。",
    allow: "許可する",
    deny: "許可しない",
  },
  support: {
    title: "お問い合わせ",
    sandbox: "このサンドボックスに問い合わせ窓口はありません。動かしている人にたずねてください。",
    suspended: "利用停止を解除するには、運営者が実行します: mynakit sandbox user lift",
    real: "本物のカードやサービスの窓口は、用件ごとに mynakit explain contacts で確かめられます。",
    lost: "カードをなくしたとき: mynakit explain lost-card",
  },
  portal: portalJa,
};
