import type { RefusalTexts } from "../messages.ts";

/** What a platform refuses, by its reason. */
export const platformRefusals: RefusalTexts = {
  "no-mykey-id": () => ({
    message: "マイキーIDはまだ発行されていません。",
    hint: "発行するには: mynakit mykey issue",
  }),
  "capacity-reached": () => ({
    message: "予約が上限に達したため、受け付けを終了しています。",
    hint: "マイキーIDは発行されていません。空きが出ると、予約できるようになることがあります。",
  }),
  "programme-closed": () => ({
    message: "いま受け付けているマイナポイントの事業はありません。",
    hint: "期間は mynakit points programmes で確かめられます。",
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
};
