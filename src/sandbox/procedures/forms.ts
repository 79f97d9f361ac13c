import type { ProcedureKind } from "../../portal/procedures/wire.ts";
import { choice, copyOf, day, digits, field, pdf, signedByAnother, text } from "./form-parts.ts";

/** A procedure without the places where it is offered. */
export type Form = Omit<ProcedureKind, "offers">;

const phone = field("phone", ["phone", "日中の電話番号", "Telephone in the daytime"], 20);
const account = [
  digits(["bankCode", "金融機関コード", "Bank code"], 4),
  digits(["branchCode", "支店コード", "Branch code"], 3),
  choice(
    ["accountType", "口座の種類", "Kind of account"],
    ["ordinary", "普通", "ordinary"],
    ["current", "当座", "current"],
  ),
  digits(["accountNumber", "口座番号", "Account number"], 7),
  field("kana", ["accountHolder", "口座名義（カナ）", "Account holder (katakana)"], 40),
];
const proofOfAccount = copyOf([
  "account",
  "振込先口座の確認書類（通帳の写しなど）",
  "Proof of the account (e.g. the bankbook)",
]);

/** Made after what Mynaportal is known to offer; the forms themselves are of the sandbox. No form asks for a My Number. */
export const forms = [
  {
    kind: "child-allowance",
    version: 1,
    title: { ja: "児童手当の認定請求", en: "Claim for child allowance" },
    summary: { ja: "子どもが生まれたとき、転入したときに、児童手当を請求します。", en: "After a birth or a move." },
    keywords: ["じどうてあて", "出生", "子ども", "child allowance"],
    lifeEvents: ["child-raising", "moving"],
    fields: [
      text(["childName", "児童の氏名", "Name of the child"], 60),
      day(["childBirth", "児童の生年月日", "Birth date of the child"]),
      phone,
      ...account,
    ],
    attachments: [proofOfAccount],
  },
  {
    kind: "child-allowance-name",
    version: 1,
    title: { ja: "児童手当 氏名変更・住所変更等の届出", en: "Child allowance: change of name or address" },
    summary: { ja: "届出書を印刷して提出します。", en: "Print the notification and hand it in." },
    keywords: ["じどうてあて", "氏名変更", "住所変更"],
    lifeEvents: ["child-raising", "moving"],
    fields: [text(["reason", "変更の理由", "Reason for the change"])],
    attachments: [],
  },
  {
    kind: "nursery",
    version: 1,
    title: { ja: "保育施設等の利用申込", en: "Application for a nursery" },
    summary: { ja: "就労証明書を添えて、保育所の利用を申し込みます。", en: "With a work certificate." },
    keywords: ["ほいくえん", "保育園", "保育所", "入所"],
    lifeEvents: ["child-raising", "employment"],
    fields: [
      text(["childName", "児童の氏名", "Name of the child"], 60),
      day(["childBirth", "児童の生年月日", "Birth date of the child"]),
      day(["from", "利用開始希望日", "Wanted from"]),
      phone,
    ],
    attachments: [pdf(["workCertificate", "就労証明書", "Work certificate"])],
  },
  {
    kind: "work-certificate",
    version: 1,
    title: { ja: "就労証明書の提出", en: "Work certificate" },
    summary: { ja: "雇用主が記入した就労証明書を提出します。", en: "Hand in what the employer has filled in." },
    keywords: ["しゅうろうしょうめいしょ", "就労証明", "勤務証明"],
    lifeEvents: ["employment", "child-raising"],
    fields: [
      text(["employer", "事業所名", "Employer"]),
      text(["workplace", "就労先の所在地", "Place of work"]),
      day(["employedSince", "雇用開始日", "Employed since"]),
      digits(["hoursPerMonth", "月の就労時間（3桁）", "Hours a month (three digits)"], 3),
      choice(
        ["employment", "雇用の形態", "Form of employment"],
        ["regular", "正社員", "regular"],
        ["part-time", "パート・アルバイト", "part-time"],
        ["self-employed", "自営業", "self-employed"],
      ),
    ],
    attachments: [pdf(["certificate", "雇用主が記入した就労証明書", "The certificate of the employer"])],
  },
  {
    kind: "care-certification",
    version: 1,
    title: { ja: "要介護・要支援認定の申請", en: "Certification of needed long-term care" },
    summary: { ja: "介護保険の認定を新しく申請します。", en: "A first application under the care insurance." },
    keywords: ["かいご", "介護保険", "ようかいご"],
    lifeEvents: ["care"],
    fields: [
      digits(["insuredNumber", "介護保険 被保険者番号", "Number of the insured"], 10),
      text(["doctor", "主治医の氏名", "Name of the doctor"], 60),
      text(["hospital", "医療機関名", "Hospital"]),
      phone,
    ],
    attachments: [],
  },
  {
    kind: "moving-out",
    version: 1,
    title: { ja: "転出届", en: "Notification of moving out" },
    summary: { ja: "ほかの市区町村へ引っ越すことを届け出ます。", en: "Before a move to another municipality." },
    keywords: ["てんしゅつ", "引越し", "ひっこし", "住所変更"],
    lifeEvents: ["moving"],
    fields: [
      text(["newAddress", "転出先の住所", "New address"]),
      day(["movingDay", "異動日", "Day of the move"]),
      phone,
    ],
    attachments: [],
  },
  {
    kind: "seal-registration",
    version: 1,
    title: { ja: "印鑑登録", en: "Registration of a seal" },
    summary: { ja: "窓口で登録します。", en: "At the counter." },
    keywords: ["いんかん", "実印"],
    lifeEvents: ["moving"],
    fields: [],
    attachments: [],
  },
  {
    kind: "benefit",
    version: 1,
    title: { ja: "模擬給付金の申請", en: "Application for the synthetic benefit" },
    summary: {
      ja: "口座と確認書類を添えて給付金を申請します（実在しない給付金です）。電子署名が本人確認書類の代わりになります。",
      en: "Account and its proof; the signature stands in for identity papers. No such benefit exists.",
    },
    keywords: ["きゅうふきん", "給付金", "口座"],
    lifeEvents: ["benefits"],
    fields: [digits(["household", "世帯の人数（2桁）", "People in the household (two digits)"], 2), phone, ...account],
    attachments: [proofOfAccount],
  },
  {
    kind: "special-fixed-benefit",
    version: 1,
    title: { ja: "特別定額給付金（10万円）", en: "Special fixed benefit (100,000 yen)" },
    summary: { ja: "2020年の給付金で、受付は終わっています。", en: "Of 2020; applications have ended." },
    keywords: ["とくべつていがくきゅうふきん", "10万円", "給付金"],
    lifeEvents: ["benefits"],
    fields: [phone, ...account],
    attachments: [proofOfAccount],
  },
  {
    kind: "disaster-certificate",
    version: 1,
    title: { ja: "罹災証明書の発行申請", en: "Application for a disaster certificate" },
    summary: { ja: "災害による住家の被害の証明を申請します。", en: "Of damage to one's home." },
    keywords: ["りさいしょうめいしょ", "り災", "被災", "地震", "水害"],
    lifeEvents: ["disaster"],
    fields: [
      day(["disasterDay", "被害を受けた日", "Day of the damage"]),
      choice(
        ["cause", "被害の原因", "Cause"],
        ["earthquake", "地震", "earthquake"],
        ["flood", "水害", "flood"],
        ["wind", "風害", "wind"],
        ["other", "その他", "other"],
      ),
      text(["building", "被害を受けた建物の所在地", "Place of the building"]),
      phone,
    ],
    attachments: [copyOf(["photo", "被害の写真", "Photograph of the damage"], { optional: true })],
  },
  {
    kind: "company-setup",
    version: 1,
    title: { ja: "法人設立届出書", en: "Notification of a company's formation" },
    summary: {
      ja: "法人設立ワンストップの届出です。代理人は、本人が電子署名した委任状を添えます。",
      en: "An attorney attaches the power of attorney, signed by whoever gave it.",
    },
    keywords: ["ほうじんせつりつ", "会社設立", "委任状"],
    lifeEvents: ["company"],
    fields: [
      text(["companyName", "商号", "Name of the company"]),
      text(["companyAddress", "本店の所在地", "Seat of the company"]),
      day(["foundedOn", "設立年月日", "Founded on"]),
      choice(
        ["as", "申請する人", "You are"],
        ["self", "代表者本人", "its head"],
        ["attorney", "代理人", "its attorney"],
      ),
    ],
    attachments: [
      pdf(["articles", "定款の写し", "Articles of association"]),
      signedByAnother(["powerOfAttorney", "電子署名付委任状（CMS）", "Signed power of attorney (CMS)"], {
        field: "as",
        value: "attorney",
      }),
    ],
  },
  {
    kind: "insurance-enrolment",
    version: 1,
    title: {
      ja: "健康保険・厚生年金保険 被保険者資格取得届",
      en: "Enrolment in health insurance and employees' pension",
    },
    summary: { ja: "従業員を雇ったときに、事業主が届け出ます。", en: "By an employer, of somebody newly employed." },
    keywords: ["しゃかいほけん", "社会保険", "入社", "雇用"],
    lifeEvents: ["employment"],
    fields: [
      text(["officeName", "事業所の名称", "Name of the office"]),
      text(["employeeName", "被保険者の氏名", "Name of the insured"], 60),
      day(["employedOn", "資格取得年月日", "Insured from"]),
    ],
    attachments: [],
  },
  {
    kind: "residence-extension",
    version: 1,
    title: { ja: "在留期間更新許可申請", en: "Application for an extension of the period of stay" },
    summary: { ja: "在留期間の満了前に申請します。", en: "Before the period of stay ends." },
    keywords: ["ざいりゅう", "在留カード", "ビザ", "visa"],
    lifeEvents: [],
    fields: [
      text(["nationality", "国籍・地域", "Nationality or region"], 60),
      day(["expiresOn", "在留期間の満了日", "End of the period of stay"]),
      text(["purpose", "在留の目的", "Purpose of the stay"]),
    ],
    attachments: [copyOf(["residenceCard", "在留カードの写し", "Copy of the residence card"])],
  },
] as const satisfies readonly Form[];

export type FormKind = (typeof forms)[number]["kind"];
