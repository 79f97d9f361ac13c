import type { RefusalTexts } from "../messages.ts";

/** What a platform refuses, by its reason. */
export const platformRefusals: RefusalTexts = {
  "no-mykey-id": () => ({ message: "This person has no MyKey ID yet.", hint: "Issue one: mynakit mykey issue" }),
  "capacity-reached": () => ({
    message: "All reservations have been taken.",
    hint: "Nothing was issued. A place may become free when somebody gives theirs up.",
  }),
  "programme-closed": () => ({
    message: "No Mynapoint programme is open at this time.",
    hint: "mynakit points programmes shows when they were.",
  }),
  "reservation-missing": () => ({
    message: "There is a MyKey ID, but no reservation of points yet.",
    hint: "Reserve first: mynakit mykey issue",
  }),
  "service-unknown": () => ({
    message: "No cashless service of that name takes part.",
    hint: "Check the name. Nothing was changed.",
  }),
  "service-exists": () => ({ message: "There is a service of that name already.", hint: "Choose another name." }),
  "service-account-exists": () => ({
    message: "The service has an account of that ID already.",
    hint: "Choose another ID.",
  }),
  "service-account-refused": () => ({
    message: "The ID at the service or the security code is wrong.",
    hint: "Check both, e.g. in the app of the service. You have not applied.",
  }),
  "service-account-taken": () => ({
    message: "Somebody else has applied with that account.",
    hint: "Choose another one. You have not applied.",
  }),
  "service-of-another": () => ({
    message: "The account at the service is another person's.",
    hint: "Choose your own; a minor may use that of a legal guardian. You have not applied.",
  }),
  "application-final": () => ({
    message: "You have applied to this programme already, and that cannot be changed.",
    hint: "mynakit points status shows what you applied for.",
  }),
  "application-missing": () => ({
    message: "Nobody has applied with that account, or the reservation was given up.",
    hint: "No points were granted.",
  }),
};
