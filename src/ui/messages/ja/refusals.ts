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
};
