import type { PortalNames } from "../names.ts";

/** 令和: 2019 is its first year. */
export const reiwa = (year: string): string => `令和${Number(year) === 2019 ? "元" : Number(year) - 2018}年`;

const topics: PortalNames["topics"] = {
  health: "健康・医療",
  tax: "税・所得",
  pension: "年金",
  children: "子供・子育て",
  household: "世帯",
  welfare: "福祉・介護",
  employment: "雇用保険・労災",
};

export const ja: PortalNames = {
  notices: {
    registered: () => "利用者登録が完了しました。",
    "application-moved": (id) => `申請 ${id} の状態が変わりました: mynakit portal applications ${id}`,
    "tax-return-opens": (year) => `${reiwa(year)}分の確定申告の受付が始まりました。`,
    "tax-transfer-planned": (year) => `${reiwa(year)}分の所得税の振替納税の予定をお知らせします。`,
    "tax-transfer-done": (year) => `${reiwa(year)}分の所得税の振替納税が完了しました。`,
    "allowance-report-opens": (year) => `児童手当の現況届の受付が始まりました（${reiwa(String(Number(year) + 1))}）。`,
    "information-answered": (topic) =>
      `「${topics[topic as keyof typeof topics] ?? topic}」の情報が取得できました: mynakit portal info ${topic}`,
  },
  topics,
  parties: {
    person: "本人",
    "tax-office": "税務署",
    municipality: "市区町村",
    "pension-service": "日本年金機構",
    "health-insurer": "医療保険者",
    "employment-office": "ハローワーク",
    portal: "マイナポータル",
    service: "外部サービス",
  },
  serviceCalled: (name) => `${name}（外部サービス）`,
  exchangeTopics: {
    vaccinations: "予防接種",
    checkups: "健診",
    insurance: "医療保険",
    notices: "お知らせ",
    deliveries: "民間送達サービス",
    registration: "利用者登録",
    applications: "申請の状況",
    attributes: "連携用の識別子",
  },
  grounds: { "own-request": "本人の請求", "number-act-19-8": "番号法第19条第8号", consent: "本人の同意" },
  outcomes: { provided: "提供", refused: "不提供" },
  states: {
    received: "受付",
    "under-review": "審査中",
    accepted: "受理",
    done: "完了",
    returned: "差戻し",
    corrected: "補正済み",
    withdrawn: "取下げ",
  },
  scopes: {
    openid: "あなたの識別子",
    portal: "マイナポータルのすべて",
    mykey: "マイキーIDとマイナポイントのすべて",
    "procedures:status": "申請の状況",
    "selfinfo:health": "健康・医療の情報",
    "selfinfo:tax": "税・所得の情報",
    "selfinfo:pension": "年金の情報",
    "selfinfo:children": "子供・子育ての情報",
    "selfinfo:household": "世帯の情報",
    "selfinfo:welfare": "福祉・介護の情報",
    "selfinfo:employment": "雇用保険・労災の情報",
    "selfinfo:vaccinations": "予防接種の記録と予定",
    "selfinfo:checkups": "健診の記録と予定",
    "selfinfo:insurance": "医療保険の情報",
    "selfinfo:notices": "お知らせ",
    "selfinfo:deliveries": "つながっている民間送達サービス",
    "selfinfo:registration": "利用者登録の内容（ニックネームやメールアドレス）",
    "link:attributes": "このサービスだけで使う識別子",
    "procedures:submit": "署名した申請の提出",
    "registration:write": "利用者登録の代行",
    "link:deliveries": "民間送達サービスとの連携の設定と解除",
  },
};
