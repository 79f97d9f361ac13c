import type { RefusalTexts } from "../messages.ts";

/** What a platform refuses, by its reason. */
export const platformRefusals: RefusalTexts = {
  "no-mykey-id": () => ({ message: "This person has no MyKey ID at present.", hint: "Issue one: mynakit mykey issue" }),
  "capacity-reached": () => ({
    message: "All reservations have been taken.",
    hint: "Nothing was issued. A place may become free when somebody gives theirs up.",
  }),
  "platform-closed": (earliest) => ({
    message: "The platform is closed for maintenance.",
    hint: `Nothing was changed. ${earliest === undefined ? "Try again later." : `Try again from ${earliest}.`}`,
  }),
  "clock-backwards": (earliest) => ({
    message: `The platform's clock stays as it is: something is already recorded of ${earliest ?? "a later time"}.`,
    hint: "To go behind it all the same: --backwards",
  }),
  "programme-closed": () => ({
    message: "No Mynapoint programme is open at this time.",
    hint: "mynakit points programmes shows when they were.",
  }),
  "not-found": () => ({
    message: "There is nothing at this address of the platform.",
    hint: "Check the address in --platform and MYNAKIT_PLATFORM: there may be a path too much.",
  }),
  "procedure-unknown": () => ({
    message: "There is no such procedure.",
    hint: "Find it with mynakit portal procedures search. Nothing was sent.",
  }),
  "procedure-closed": () => ({
    message: "This procedure cannot be applied for online, or not at this time.",
    hint: "mynakit portal procedures show ID says how and when. You have not applied.",
  }),
  "procedure-at-counter": () => ({
    message: "This can be applied for at the counter of the municipality only.",
    hint: "mynakit portal procedures search finds what can be applied for online. The card was not used.",
  }),
  "procedure-on-paper": () => ({
    message: "This cannot be applied for online: its form has to be printed and handed in.",
    hint: "mynakit portal procedures search finds what can be applied for online. The card was not used.",
  }),
  "procedure-out-of-period": () => ({
    message: "Applications for this are not taken now.",
    hint: "mynakit portal procedures show, with the ID of the procedure, says when they are. The card was not used.",
  }),
  "form-refused": () => ({
    message: "The platform does not take the form as it is filled in.",
    hint: "It may have changed: look at mynakit portal procedures show ID. You have not applied.",
  }),
  "attachment-refused": () => ({
    message: "The platform does not take the attachments.",
    hint: "mynakit portal procedures show ID says what is wanted. You have not applied.",
  }),
  "signer-revoked": () => ({
    message: "The signing certificate has been revoked.",
    hint: "The application was not received. A municipal office issues a new certificate.",
  }),
  "signature-refused": () => ({
    message: "The platform does not take the signature.",
    hint: "Sign with the card of the person who applies, while its signing certificate is valid. You have not applied.",
  }),
  "application-unknown": () => ({
    message: "There is no application of this ID.",
    hint: "Check the ID. Whoever applied finds it with mynakit portal applications.",
  }),
  "application-decided": () => ({
    message:
      "In its present state, the application does not allow that: it has come too far, or was withdrawn or corrected.",
    hint: "mynakit portal applications shows its state. Nothing was changed.",
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
  "programme-spent": () => ({
    message: "The budget of the programme has been spent.",
    hint: "You have not applied.",
  }),
  "account-suspended": () => ({
    message: "This MyKey account is suspended.",
    hint: "Only history and status can be seen: mynakit mykey history. Only the operator can lift the suspension.",
  }),
  "certificate-replaced": () => ({
    message: "A newer certificate has taken this one's place in the MyKey account.",
    hint: "Use the new card, or the renewed certificate.",
  }),
  "mykey-id-taken": () => ({
    message: "This MyKey ID is or was in use.",
    hint: "Choose another one; your own present one counts, too. After three that are taken, one is generated.",
  }),
  "mykey-id-malformed": () => ({
    message: "This cannot be a MyKey ID.",
    hint: "It has eight characters: A to Z without I and O, and 2 to 9.",
  }),
  "mykey-id-unknown": () => ({
    message: "Nobody has this MyKey ID now.",
    hint: "Check it, and whether it is on this platform.",
  }),
  "confirmation-mismatch": () => ({
    message: "This is not your MyKey ID. Nothing was revoked.",
    hint: "See it with: mynakit mykey show",
  }),
  "profile-malformed": () => ({
    message: "The settings were not changed: a value is not as it has to be.",
    hint: "An e-mail address needs an @ and a domain, a notice needs an address, a municipality's code has six digits with its check digit.",
  }),
  "proposals-exhausted": (earliest) => ({
    message: "No more IDs are generated for now.",
    hint: `Your MyKey ID stays as it is. ${earliest === undefined ? "Try again later." : `Try again from ${earliest}.`}`,
  }),
  "card-required": () => ({
    message: "This needs a login with the card.",
    hint: "Leave --mykey-id out.",
  }),
  "password-malformed": () => ({
    message: "This cannot be a password.",
    hint: "It has 10 to 128 characters, none of them a control character.",
  }),
  "login-refused": () => ({
    message: "The MyKey ID or the password is wrong, or this account has no password.",
    hint: "Log in with the card instead, and set a password: mynakit mykey password",
  }),
  "rate-limited": () => ({
    message: "Too many requests in a short time: the platform does not answer this one.",
    hint: "Nothing was changed. Wait a few seconds, and send fewer at once.",
  }),
  unavailable: () => ({
    message: "The platform is not in service at the moment.",
    hint: "Nothing was changed. Try again in a little while.",
  }),
  throttled: (earliest) => ({
    message: "Too many wrong passwords or codes: wait before the next one.",
    hint: `${earliest === undefined ? "Wait an hour." : `Try again from ${earliest}.`} The card logs in at any time.`,
  }),
  "session-unknown": () => ({
    message: "You have no such session, or it is over.",
    hint: "See them with: mynakit portal sessions",
  }),
  "proof-missing": () => ({
    message: "The session is bound to the device that logged in, and the request did not prove to come from it.",
    hint: "Log in again: mynakit portal login",
  }),
  "proof-foreign": () => ({
    message: "The session belongs to another device: the request was signed with another key.",
    hint: "Log in on this device: mynakit portal login",
  }),
  "proof-malformed": () => ({
    message: "The platform could not read the proof that the request comes from this device.",
    hint: "Log in again: mynakit portal login. If it happens again, please report it.",
  }),
  "proof-time": () => ({
    message: "The clock of this computer differs from the platform's by more than a minute.",
    hint: "Set the clock right and try again.",
  }),
  "proof-mismatch": () => ({
    message: "The proof that the request comes from this device is for another request.",
    hint: "Check that nothing between here and the platform changes addresses, such as a proxy.",
  }),
  "proof-replayed": () => ({
    message: "The platform has seen this very request before.",
    hint: "Try again. If it happens again, somebody may be repeating your requests: mynakit portal logout --all",
  }),
  "client-unknown": () => ({
    message: "No client of this ID is registered with the platform.",
    hint: "The operator lists the clients that are: mynakit sandbox client list. If you named no client, check --platform.",
  }),
  "authorization-pending": () => ({
    message: "Nobody has approved the login yet.",
    hint: "Approve it with a card: mynakit portal approve",
  }),
  "slow-down": () => ({ message: "The platform was asked too often.", hint: "Wait a little, and try again." }),
  "user-code-unknown": () => ({
    message: "No device is waiting with this code.",
    hint: "Compare it with what the device shows. Codes last for ten minutes.",
  }),
  "device-login-unknown": () => ({
    message: "There is no such request of a device, or no more.",
    hint: "Start again where the login began: on the device, or at the service.",
  }),
  "device-login-foreign": () => ({
    message: "The request belongs to another device: it was made with another key.",
    hint: "Begin again on this device: mynakit portal login --qr",
  }),
  "device-login-denied": () => ({
    message: "The login was denied.",
    hint: "Nobody was logged in. If that was a mistake, start again where the login began (with mynakit: mynakit portal login --qr).",
  }),
  "device-login-cancelled": () => ({
    message: "The device has stopped waiting for an approval.",
    hint: "If it is still wanted, start again where the login began (with mynakit: mynakit portal login --qr).",
  }),
  "device-login-used": () => ({
    message: "This request was approved before.",
    hint: "If that was not you, end the session: mynakit portal sessions. For another login: mynakit portal login --qr",
  }),
  "device-login-expired": () => ({
    message: "The code has run out: nobody approved the login in time.",
    hint: "Start again where the login began (with mynakit: mynakit portal login --qr).",
  }),
  "not-registered": () => ({
    message: "You have not registered with Mynaportal yet.",
    hint: "Choose a nickname and register: mynakit portal register --nickname NAME",
  }),
  "already-registered": () => ({
    message: "You have registered already.",
    hint: "See or change it with: mynakit portal profile",
  }),
  "registration-malformed": () => ({
    message: "One of the values cannot be taken: nothing was registered.",
    hint: "A nickname has 1 to 20 characters, an e-mail address an @ and a domain; notices by mail need an address.",
  }),
  "idempotency-key-reused": () => ({
    message: "Another request already has this number.",
    hint: "Nothing was changed by this one. Send it as it was before, or under another number (mynakit sandbox charge: --report).",
  }),
  "already-linked": () => ({
    message: "This service is linked already.",
    hint: "See them with: mynakit portal links",
  }),
  "not-linked": () => ({
    message: "This service is not linked.",
    hint: "See them with: mynakit portal links",
  }),
  "demand-unknown": () => ({
    message: "You have nothing to pay of that name.",
    hint: "See what there is with: mynakit portal pay",
  }),
  "already-paid": () => ({
    message: "This has been paid already. It was not paid twice.",
    hint: "See what was paid with: mynakit portal pay",
  }),
  "consent-unknown": () => ({
    message: "You have no standing consent of that identifier.",
    hint: "See them with: mynakit portal consents. One that is over need not be withdrawn.",
  }),
  "notice-unknown": () => ({
    message: "You have no notice of that number.",
    hint: "See them with: mynakit portal notices",
  }),
};
