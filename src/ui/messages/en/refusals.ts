import type { RefusalTexts } from "../messages.ts";

/** What a platform refuses, by its reason. */
export const platformRefusals: RefusalTexts = {
  "no-mykey-id": () => ({ message: "This person has no MyKey ID yet.", hint: "Issue one: mynakit mykey issue" }),
  "capacity-reached": () => ({
    message: "All reservations have been taken.",
    hint: "Nothing was issued. A place may become free when somebody gives theirs up.",
  }),
};
