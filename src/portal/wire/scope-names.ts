import type { AnyScope } from "./api.ts";

/**
 * What a client that has a scope may read or do, as whoever consents to it is told: in a terminal and on a page in the
 * same words.
 */
export const scopeNames: Readonly<Record<"ja" | "en", Readonly<Record<AnyScope, string>>>> = {
  ja: {
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
  en: {
    openid: "an identifier of you",
    portal: "everything in Mynaportal",
    mykey: "everything of your MyKey ID and Mynapoint",
    "procedures:status": "the states of your applications",
    "selfinfo:health": "your health records",
    "selfinfo:tax": "your tax and income records",
    "selfinfo:pension": "your pension records",
    "selfinfo:children": "your children's records",
    "selfinfo:household": "the records of your household",
    "selfinfo:welfare": "your welfare and care records",
    "selfinfo:employment": "your employment insurance records",
    "selfinfo:vaccinations": "vaccinations, given and planned",
    "selfinfo:checkups": "check-ups, done and planned",
    "selfinfo:insurance": "your health insurance",
    "selfinfo:notices": "your notices",
    "selfinfo:deliveries": "the private delivery services that you have linked",
    "selfinfo:registration": "what you registered: nickname, e-mail address and the like",
    "link:attributes": "an identifier of you for this service alone",
    "procedures:submit": "handing in applications that you have signed",
    "registration:write": "registering you with Mynaportal",
    "link:deliveries": "linking private delivery services, and unlinking them",
  },
};
