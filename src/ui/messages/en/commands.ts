import { en as names } from "../../../portal/names/en.ts";
import type { Messages } from "../messages.ts";

export const nouns: Messages["nouns"] = {
  reader: "Card readers",
  card: "The card as a whole",
  pin: "PINs and their tries",
  cert: "Certificates",
  sign: "Signing with the card",
  verify: "Checking signatures",
  apdu: "Commands to the card (APDU)",
  mykey: "MyKey ID (reservation of Mynapoint)",
  points: "Mynapoint",
  portal: "Mynaportal",
  sim: "Simulated cards",
  sandbox: "The local platform",
};

const byPassword = {
  mykeyId:
    "log in with this MyKey ID and its password, without a card; --pin-stdin, --pin-fd and --pin-file bring the password",
};

/** What is registered with Mynaportal. */
const portalUser = {
  nickname: "what you want to be called: 1 to 20 characters",
  email: "an e-mail address; none takes it away",
  notify: "notices by mail, too (a sandbox sends no mail)",
};

/** Of every command of the operator. */
const operating = { database: "SQLite file or postgres:// address (default: that of the embedded platform)" };

/** Of every command that verifies. */
const trusting = {
  ca: "trust the authorities in this file (PEM or DER) and no others; may be repeated",
  crl: "look for the certificates in this revocation list (PEM or DER)",
  simulated: "take signatures of simulated cards for good: anybody can make those",
  at: "check for this time instead of now (RFC 3339)",
};

export const commands: Messages["commands"] = {
  "reader list": { summary: "List readers and the cards in them", argument: undefined, options: {} },
  "card status": {
    summary: "Show what the card is, what it holds and what it can be used for; needs no PIN",
    argument: undefined,
    options: {},
  },
  "card info": {
    summary: "Show name, address, birth date and sex, and whether the card proves them",
    description:
      "Opens with the card-face input support PIN, or, where that is locked or forgotten, with verification number B, which is composed from what is printed on the card. --pin-stdin, --pin-fd and --pin-file bring the whole of it, 14 digits. Exit code 1: a digest or signature is wrong, so what is shown is not proven.",
    argument: undefined,
    options: {
      with: "what opens it: the PIN, or verification number B",
      birthYear: "how verification number B writes the year of birth",
    },
  },
  "card number": {
    summary: "Show the My Number, masked unless --reveal is given; asks first",
    description:
      "Opens with the card-face input support PIN. No other command reads the number, and nothing keeps it. Exit code 1: a check digit, digest or signature is wrong.",
    argument: undefined,
    options: { reveal: "show all twelve digits", yes: "read it without asking for confirmation" },
  },
  "card face": {
    summary: "Show what the face of the card says; write photo and images to files",
    description:
      "Opens with verification number B (birth date, year of expiry, security code: each is asked for as it is printed) or A (the My Number; its image comes along). --pin-stdin, --pin-fd and --pin-file bring the whole of it: 14 digits, or 12. The files are for their owner alone. Exit code 1: a signature is wrong.",
    argument: undefined,
    options: {
      output: "write the images to this folder, which is made where it is missing",
      force: "overwrite files that are there",
      with: "which verification number opens it",
      birthYear: "how verification number B writes the year of birth",
    },
  },
  "card serial": {
    summary: "Show the numbers and the expiry date of the card itself; needs no PIN",
    argument: undefined,
    options: {},
  },
  "pin tries": {
    summary: "Show how many tries each PIN has left; spends none",
    argument: "only these PINs",
    options: {},
  },
  "pin check": {
    summary: "Check whether a PIN is right, by presenting it to the card; a wrong one costs a try",
    argument: "which PIN",
    options: {},
  },
  "pin change": {
    summary: "Change a PIN",
    description:
      "Asks for the PIN as it is now, then twice for the new one. --pin-stdin, --pin-fd and --pin-file bring two lines: the PIN as it is now, then the new one.",
    argument: "which PIN",
    options: { allowObvious: "take a new PIN that is easy to guess without asking" },
  },
  "cert show": {
    summary: "Show a certificate of the card, or of a file; write it to a file",
    description:
      "The signing certificate holds name, address, birth date and sex, and opens only with the signature password.",
    argument: "which certificate (default: auth)",
    options: {
      file: "show the certificate in this file (PEM or DER) and leave the card alone",
      format: "how to write it (default: text; with --output pem, and text does not go there)",
      output: "write to this file instead",
      force: "overwrite a file that is there",
    },
  },
  "cert check": {
    summary: "Check a certificate of the card, or of a file: validity, issuer, purpose, revocation",
    description:
      "Exit code 0: nothing is wrong with it. 1: something is, for example it has expired, expires within --warn-days, or the list given with --crl or the answer of --ocsp cannot be used. 8: there is no certificate, or none that can be read, or the file given with --crl is no revocation list. Nobody is asked over the network but the responder named with --ocsp; what nobody says is shown as not checked. JPKI's own responders answer only those who have a contract with J-LIS. The certificate of the authority on the card only proves that the two belong together; trust takes --ca.",
    argument: "which certificate (default: auth; of a file: what it looks like)",
    options: {
      file: "check the certificate in this file (PEM or DER) and leave the card alone",
      warnDays: "fail if it expires within so many days",
      ca: "trust the authorities in this file (PEM or DER) and no others; may be repeated",
      crl: "look for it in this revocation list (PEM or DER)",
      ocsp: "ask this OCSP responder whether it has been revoked (http or https)",
    },
  },
  "sign raw": {
    summary: "Sign a file or a digest; hand out the bare signature (RSA PKCS #1 v1.5)",
    description:
      "For documents use mynakit sign cms: a bare signature does not say who made it, or when. The authentication key (--key auth) proves who somebody is; what it signs is no signed document.",
    argument: "the file to sign; - reads standard input",
    options: {
      digest: "sign this digest instead of a file (hexadecimal, as long as that of --hash)",
      hash: "the hash",
      key: "which key: sign for documents, auth for authentication",
      format: "how to write it (default: base64; binary into a file)",
      output: "write to this file",
      force: "replace the file if it exists",
    },
  },
  "sign cms": {
    summary: "Sign a file with the signing key as CMS (CAdES), beside the file or around it",
    description:
      "The signature is detached unless --attached is given, as with openssl cms -sign. It is written to FILE.p7s (detached) or FILE.p7m (attached); -o - writes to standard output. The signature carries the certificate: whoever gets it can read name, address, birth date and sex.",
    argument: "the file to sign; - reads standard input",
    options: {
      attached: "put the file into the signature",
      detached: "leave the file out of the signature (default)",
      hash: "the hash",
      format: "how to write it",
      output: "write to this file",
      force: "replace the file if it exists",
    },
  },
  "sign pdf": {
    summary: "Sign a PDF (PAdES baseline B) with the signing key",
    description:
      "The bytes of the file stay as they are; the signature is added behind them, so earlier signatures stay good. It goes to NAME.signed.pdf; -o - writes to standard output. --visible 1:50,50,180,40 draws a frame with the date on page 1, 180 points wide and 40 high (72 points are an inch), 50 points from the left and lower edges. The signature carries the certificate: whoever gets it can read your name, address, birth date and sex.",
    argument: "the PDF to sign; - reads standard input",
    options: {
      reason: "why it is signed, as a statement of the signer",
      location: "where it is signed, as a statement of the signer",
      visible: "draw a mark there: PAGE:X,Y,WIDTH,HEIGHT",
      hash: "the hash",
      output: "write to this file",
      force: "replace the file if it exists",
    },
  },
  "sign jws": {
    summary: "Sign a file as JWS in compact form (RS256, RS384, RS512) with the certificate in x5c",
    description:
      "The certificate of the signing key shows name, address, birth date and sex. That of the authentication key (--key auth) does not; what it signs is no signed document.",
    argument: "the file to sign; - reads standard input",
    options: {
      detached: "leave the content out of it (RFC 7515, appendix F)",
      hash: "the hash",
      key: "which key: sign for documents, auth for authentication",
      output: "write to this file",
      force: "replace the file if it exists",
    },
  },
  "verify cms": {
    summary: "Check a CMS signature: content, signers, certificates, trust, revocation",
    description:
      "Exit code 0: every signature in it is good. 1: one is not, or the file is no signature. Trust takes --ca; without it no signature is good, unless --simulated takes those of simulated cards. Revocation is checked with --crl only: private persons cannot ask for that of others. The time of signing is the signer's own word; --at checks for another time than now.",
    argument: "the signature (DER or PEM); - reads standard input",
    options: {
      content: "the file that was signed, where the signature does not hold it",
      ...trusting,
    },
  },
  "verify pdf": {
    summary: "Check every signature of a PDF: what it covers, later changes, signers, certificates, trust, revocation",
    description:
      "Exit code 0: every signature is good, and together they cover the whole file. 1: one is not, or there is none, or the file is no PDF. What was added after a signature may be signatures and nothing else: forms filled in and notes made later count as changes. Trust takes --ca; without it no signature is good, unless --simulated takes those of simulated cards. Revocation is checked with --crl only. Time, reason and place are the signer's own word; --at checks for another time than now.",
    argument: "the signed PDF; - reads standard input",
    options: {
      ...trusting,
    },
  },
  "verify jws": {
    summary: "Check a JWS in compact form with the certificate in its header",
    description:
      "Exit code 0: it is good. 1: it is not, or the file is no JWS. Trust takes --ca; without it none is good, unless --simulated takes those of simulated cards.",
    argument: "the file with the JWS; - reads standard input",
    options: {
      content: "the file that was signed, where the signature does not hold it",
      ...trusting,
    },
  },
  "apdu send": {
    summary: "Send commands (APDU) to the card as they are, and show what the answers mean",
    description:
      "Each argument is one command (hexadecimal; quote it where it has spaces); all are sent in one hold of the card. The first answer that is an error ends it, with exit code 1. Commands that present or change a PIN or a key, that change the card, or that mynakit does not know are not sent; the four-byte VERIFY that asks for the tries left (such as 00 20 00 80) is. The My Number is not shown (mynakit card number reads it).",
    argument: "a command, such as 0084000008",
    options: { continue: "go on after an answer that is an error" },
  },
  "apdu trace decode": {
    summary: "Put a recording by --trace, or a dialogue typed by hand, into words",
    description: "No card is used. --verbose shows the data objects (TLV) of public answers, too.",
    argument: "the recording; - is standard input",
    options: {},
  },
  "mykey issue": {
    summary: "Reserve: issue a MyKey ID for the person of the card",
    argument: undefined,
    description:
      "--batch takes a file with a reader a line (sim:taro, pcsc:NAME); behind a tab, the file with the PIN of that card where it has one of its own. All others have the PIN of --pin-stdin, --pin-fd or --pin-file, which goes to one card first, while the others wait until a card has accepted it. If that card refuses it, or its answer is unknown, it goes to no other card, in this run or a later one, until --retry-failed, which again begins with one card; this holds for another PIN, too, as no PIN is remembered. Once accepted, it goes to several cards at once, in later runs, too; if the first answers of such a run are refusals, it stops likewise. Lines that begin with # are passed over. It needs --yes. Each card gives one line, as JSON one document, when it is done, and a last one sums up; exit code 1 if one failed. Run again after an interruption, it goes on where it stopped: what is done is not done twice, and a PIN that was sent to a card and refused, or whose outcome is unknown, is not presented to it again without --retry-failed. A card that is locked or has too few tries left is looked at anew each time. To do all of a file anew, remove the journal that the summary names.",
    options: {
      yes: "issue without asking for confirmation",
      dryRun: "stop at the proposal; issue nothing",
      batch: "issue for the cards of all readers in a file",
      parallel: "how many cards of a batch at once, 1 to 64 (default: 4)",
      retryFailed:
        "present the PINs again that cards refused in an earlier run of the batch, the common one to one card first",
    },
  },
  "mykey show": { summary: "Show the MyKey ID of the person of the card", argument: undefined, options: byPassword },
  "mykey change": {
    summary: "Change the MyKey ID, with effect at once",
    description:
      "To one of your own choice, or to a generated one. After three choices that somebody has or had, one is generated; three are generated at most. The one before is given to nobody.",
    argument: "the ID of your choice: eight of A-Z and 2-9 without I and O (default: a generated one)",
    options: { ...byPassword, yes: "change without asking for confirmation" },
  },
  "mykey revoke": {
    summary: "Revoke the MyKey ID for good; its points are void",
    description: "Cannot be undone. A new issue afterwards gives another ID.",
    argument: undefined,
    options: { ...byPassword, confirm: "the ID that is to be revoked, instead of typing it" },
  },
  "mykey report-leak": {
    summary: "Have the account suspended because others know the ID",
    description: "Takes effect at once. Only history and status can then be seen, until the operator lifts it.",
    argument: undefined,
    options: { ...byPassword, yes: "suspend without asking for confirmation" },
  },
  "mykey status": {
    summary: "Show how the account stands, and whether the card's certificate can be used for it yet",
    argument: undefined,
    options: byPassword,
  },
  "mykey history": {
    summary: "Show what has happened to the account: IDs, certificates, events",
    argument: undefined,
    options: byPassword,
  },
  "mykey password": {
    summary: "Set the password that logs in to the MyKey account without the card",
    description:
      "Logs in with the card, then asks twice for the new password. --pin-stdin, --pin-fd and --pin-file bring two lines: the PIN, then the new password.",
    argument: undefined,
    options: {},
  },
  "mykey page": {
    summary: "Show an address that opens my page in a browser, once",
    description:
      "Logs in with the card. Open the address within a minute; whoever opens it first is logged in, so show it to nobody. For sandboxes that run with mynakit sandbox start.",
    argument: undefined,
    options: {},
  },
  "mykey profile": { summary: "Show the settings of the account", argument: undefined, options: byPassword },
  "mykey notify": {
    summary: "Switch the notice by e-mail on or off",
    argument: "on or off",
    options: { ...byPassword, email: "the address it goes to, from now on" },
  },
  "mykey points-account": {
    summary: "Choose the basic municipal points account",
    argument: "six digits of the municipality's code, or none",
    options: byPassword,
  },
  "points programmes": {
    summary: "Show what Mynapoint programmes 1 and 2 offered, and since when that was known (no card needed)",
    argument: undefined,
    options: { asOf: "only what had been published by that day (e.g. 2020-07-01)" },
  },
  "points calc": {
    summary: "Work out the points for charges and purchases (no card needed)",
    argument: undefined,
    options: {
      programme: "which programme",
      charge: "the amount of a charge or purchase in yen (may be given more than once)",
      healthInsurance: "add the points for registering the card as health insurance card (programme 2)",
      publicAccount: "add the points for registering an account for public money (programme 2)",
      asOf: "use the terms as published by that day",
    },
  },
  "points status": {
    summary: "Show how far you have come: MyKey ID, reservation, application",
    argument: undefined,
    options: {},
  },
  "points apply": {
    summary: "Apply for Mynapoint with one cashless service, which cannot be changed later",
    description:
      "The service has to be your own; a minor may use that of a legal guardian. The security code is asked for, or read with --code-file.",
    argument: undefined,
    options: {
      service: "the cashless service",
      serviceId: "your own ID at that service",
      codeFile: "read the security code from a file that only you can read",
      yes: "apply without confirmation",
    },
  },
  "points history": { summary: "List applications and grants of points", argument: undefined, options: {} },
  "portal ping": {
    summary: "See whether the platform can be used (no card, no login)",
    description:
      "Where it cannot, it says at which step: name, connection, TLS, answer, or letting people in. The exit code is that of any command which fails for the same reason. --wait (or --wait=SECONDS) asks again, more and more seldom, as long as the failure may pass. Try it early, before whatever many people will want to do.",
    argument: undefined,
    options: {},
  },
  "portal login": {
    summary: "Log in to Mynaportal with the card",
    description:
      "With --issuer at an OpenID Connect provider of your choice, in the first of these ways that it offers: a code that is entered on another device, the browser on this computer, or the card where the provider takes its signature as the platform does. The session is kept beside those with platforms, and is never renewed by itself.",
    argument: undefined,
    options: {
      qr: "show a QR code and a code, and wait until a card at another computer approves",
      issuer: "log in at this OpenID Connect provider, not at the platform",
      clientId: "what mynakit is registered as at the provider (default: mynakit)",
      scope: "what to ask the provider for, separated by spaces, beside openid",
      port: "port of this computer to which the browser brings the answer (default: one that is free)",
    },
  },
  "portal approve": {
    summary: "Let another device in to your Mynaportal, with the card",
    argument: "the code that the device shows, or the address of its QR code",
    options: { deny: "turn the device away; needs no card", yes: "approve the device of this code without a question" },
  },
  "portal whoami": {
    summary: "Show who is logged in, and until when",
    argument: undefined,
    options: { issuer: "at this OpenID Connect provider, with what it says of the person" },
  },
  "portal procedures search": {
    summary: "Find the procedures of a municipality (no login needed)",
    description:
      "A name that several municipalities have lists them, with exit code 1. Kana, half-width and full-width letters are found alike.",
    argument: undefined,
    options: {
      city: "the municipality: its name, with its prefecture or without, or its code of six digits",
      for: "only those for this event of life",
      keyword: "only those with these words; several must all be found",
    },
  },
  "portal procedures show": {
    summary: "Show what a procedure needs (no login needed)",
    argument: "ID of the procedure, from mynakit portal procedures search",
    options: {
      template: "write the form, as JSON to be filled in, to this file",
      force: "replace the file if it is there already",
    },
  },
  "portal procedures apply": {
    summary: "Apply for a procedure, signed with the card",
    description:
      "The text PIN opens the holder's name, address, birth date and sex; the PIN for signing signs the application when you have seen it whole. --pin-stdin, --pin-fd and --pin-file bring both, a line each, the text PIN first. What is missing is told before the card is used. If the connection broke, the same command sends the same application again, once.",
    argument: "ID of the procedure, from mynakit portal procedures search",
    options: {
      set: "fill in a field",
      form: "take the fields from a form that mynakit portal procedures show --template wrote",
      attach: "attach a file",
      corrects: "send it in place of this returned application",
      yes: "do not ask before signing and sending",
      dryRun: "show the application, and neither sign nor send it (text PIN only)",
      output: "write application, signature and receipt to this file",
      force: "replace the file if it is there already",
    },
  },
  "portal applications": {
    summary: "Follow your applications through their states",
    argument: "ID of an application",
    options: {},
  },
  "portal withdraw": {
    summary: "Withdraw an application on which nothing was decided",
    argument: "ID of the application",
    options: {},
  },
  "verify receipt": {
    summary: "Check the receipt of an application: platform, applicant, attachments",
    description:
      "Exit code 0: all that was checked holds. 1: something does not. Attachments that are not given are not checked. The receipts of a sandbox say so.",
    argument: "the file that mynakit portal procedures apply -o has written; - reads standard input",
    options: {
      attach: "a file that was attached, under its name in the application",
      jwks: "keys of the platform (JWKS); otherwise the platform is asked for them",
      ca: "trust the applicant's certificate by the authorities in this file (PEM or DER), not by the simulated ones; may be repeated",
    },
  },
  "sandbox application advance": {
    summary: "Take an application a step on, as the municipality would",
    argument: "ID of the application",
    options: operating,
  },
  "sandbox application return": {
    summary: "Return an application to be corrected, as the municipality would",
    argument: "ID of the application",
    options: { reason: "what has to be corrected", ...operating },
  },
  "portal sessions": {
    summary: "List your sessions at the platform, or end one",
    argument: undefined,
    options: { end: "end the session with this identifier" },
  },
  "portal logout": {
    summary: "End the session",
    argument: undefined,
    options: {
      all: "end every session of yours, on all devices",
      issuer: "end the session with this OpenID Connect provider",
    },
  },
  "portal register": {
    summary: "Register with Mynaportal",
    argument: undefined,
    options: { ...portalUser, nickname: "what you want to be called: 1 to 20 characters; required" },
  },
  "portal profile": {
    summary: "Show what you registered with Mynaportal, or change it",
    argument: undefined,
    options: portalUser,
  },
  "portal info": {
    summary: "Get your own information (a synthetic person's)",
    description:
      "Without a topic it lists the topics and what was asked before. Where the answer takes a while, the command only asks, and ends with exit code 0; run again, it shows the answer as soon as that is there (the same question has the same answer for a day). --until-answered waits for it (--wait waits for a card). A file of --csv is UTF-8 with a byte order mark; - (standard output) has none.",
    argument: "the topic; without one, a list",
    options: {
      period: "the period, e.g. 2024..2026-03 or 2026-04..",
      untilAnswered: "for how many seconds to wait for the answer",
      csv: "write the answer to this file as CSV (RFC 4180); - is standard output",
      force: "replace a file that is there",
    },
  },
  "portal consents": {
    summary: "List what you have let external services do, or take it back",
    description:
      "A consent begins when you approve with the card what a service asks for, e.g. with portal approve, and ends with that service's session (15 minutes). Once it is withdrawn the service gets nothing more. What a service has read stands in: mynakit portal exchanges",
    argument: undefined,
    options: { end: "withdraw the consent of this identifier" },
  },
  "portal functions": {
    summary: "Show what was added to Mynaportal, and when",
    description:
      "Needs no card and no login. In a sandbox whose date is before the day of a function, there is no information of it.",
    argument: undefined,
    options: { asOf: "show what was there on this day, e.g. 2021-10-21" },
  },
  "portal links": {
    summary: "Link other services (simulated ones)",
    description: "A linked service gets an identifier that is good for it alone. Nothing goes to the real services.",
    argument: undefined,
    options: {
      connect: "link this service",
      remove: "no longer link this service",
      yes: "consent without being asked",
    },
  },
  "portal pay": {
    summary: "List what is to be paid, or pay it (simulated: no money moves)",
    argument: "the name of what to pay; without one, a list",
    options: { by: "the means of payment", yes: "pay without being asked" },
  },
  "portal exchanges": {
    summary: "Show who asked for what about you",
    argument: undefined,
    options: { since: "only those from this day on, e.g. 2026-04-01" },
  },
  "portal notices": {
    summary: "List notices, read one, or wait for new ones",
    description:
      "--watch shows the notices that are there, the oldest first, and then each new one as it comes (with --json a line each). It sits out an outage and shows what came meanwhile. Ctrl-C ends it with exit code 0; when the session is over it ends with ERR_PLATFORM_SESSION.",
    argument: undefined,
    options: {
      unread: "only those not read yet",
      watch: "go on waiting for new ones",
      read: "read the one of this number",
    },
  },
  "sim list": { summary: "List simulated cards", argument: undefined, options: {} },
  "sim create": {
    summary: "Make a simulated card",
    argument: "name of the card",
    options: {
      profile: "kind of card; mynakit sim profiles lists them",
      set: "what is to be otherwise, such as auth.remaining=2, person.name=…, removeAfter=7",
      seed: "what everything arbitrary follows from: numbers, keys, random bytes (the name)",
      link: "take the time that a real card and reader take",
      strict: "condemn a client that sends a second VERIFY after a wrong one",
    },
  },
  "sim show": { summary: "Show a simulated card, its PINs and counters", argument: "name of the card", options: {} },
  "sim expect": {
    summary: "Check what a simulated card has been through; exit code 1 where it is not as expected",
    argument: "name of the card, then what is expected, such as auth.remaining=3 lastTryBurnt=false",
    options: {},
  },
  "sim log": {
    summary: "Show what happened to a simulated card, as replay: reads it; PINs and personal data left out",
    argument: "name of the card",
    options: { clear: "and forget it" },
  },
  "sim reset": { summary: "Make a simulated card as new", argument: "name of the card", options: {} },
  "sim renew": {
    summary: "Renew the certificates of a simulated card: new serial numbers and keys, from now",
    argument: "name of the card",
    options: {},
  },
  "sim reissue": {
    summary: "Put a new card of the same person in a simulated card's place",
    argument: "name of the card",
    options: {},
  },
  "sim move": {
    summary: "Have the holder of a simulated card move: new address and signing certificate",
    argument: "name of the card, then the new address",
    options: {},
  },
  "sim delete": { summary: "Delete a simulated card", argument: "name of the card", options: {} },
  "sim profiles": { summary: "List the profiles and their PINs", argument: undefined, options: {} },
  "sim insert": {
    summary: "Put a simulated card into a virtual reader (vpcd) until Ctrl-C",
    argument: "name of the card",
    options: { port: "port of the virtual reader", readyFile: "file that is there as long as the card is in" },
  },
  "sandbox start": {
    summary: "Run the local platform until Ctrl-C or SIGTERM",
    argument: undefined,
    options: {
      port: "port; 0 takes a free one",
      database: "SQLite file or postgres:// address",
      capacity: "how many persons can reserve (default: 40 million)",
      host: "IP address to listen on; others than this machine's own need TLS",
      tlsCert: "certificate in PEM, with those between it and its authority",
      tlsKey: "its private key in PEM, readable by you alone",
      publicUrl: "address that clients ask for, where a proxy is in front",
      proxy: "IP address of a proxy whose X-Forwarded-For is believed; repeatable",
      rate: "requests a second from one address, ten times as many at once (default: 50; on this machine alone: no limit)",
      metricsPort: "serve metrics for Prometheus on this port of 127.0.0.1; 0 takes a free one",
      log: "what goes to stderr, one JSON object a line: failures, refusals too (warn), every request (info)",
      ca: "take the cards of the authorities in this file (PEM or DER), not the simulated ones (repeatable)",
      crl: "refuse the certificates on the revocation lists in this file (PEM or DER; read again when it changes)",
    },
  },
  "sandbox user show": {
    summary: "Show an account of the local platform",
    argument: "its MyKey ID",
    options: { database: "SQLite file or postgres:// address (default: that of the embedded platform)" },
  },
  "sandbox user suspend": {
    summary: "Suspend an account of the local platform",
    argument: "its MyKey ID",
    options: { database: "SQLite file or postgres:// address (default: that of the embedded platform)" },
  },
  "sandbox user lift": {
    summary: "Lift the suspension of an account of the local platform",
    argument: "its MyKey ID",
    options: { database: "SQLite file or postgres:// address (default: that of the embedded platform)" },
  },
  "sandbox audit verify": {
    summary: "Check that no line of the audit log was removed or changed",
    description:
      "Exit code 1: a line is missing, changed or too many. Nobody needs to stop the platform for it. Whoever can write to the database could write the whole log anew: note the number of lines and the last hash down elsewhere.",
    argument: undefined,
    options: { database: "SQLite file or postgres:// address (default: that of the embedded platform)" },
  },
  "sandbox clock show": { summary: "Show the local platform's time", argument: undefined, options: operating },
  "sandbox clock set": {
    summary: "Set the local platform's clock; it goes on from there",
    description:
      "A platform that runs goes by it within a second, simulated cards follow it at their next login. It does not go behind what is already recorded, unless --backwards insists: a waiting time would begin anew, and a history would not be in order.",
    argument: "the time (RFC 3339)",
    options: { ...operating, backwards: "also behind what is already recorded" },
  },
  "sandbox clock advance": {
    summary: "Move the local platform's clock ahead",
    argument: "how far: days, hours, minutes, seconds, e.g. 24h or 3d12h",
    options: operating,
  },
  "sandbox clock reset": {
    summary: "Have the local platform go by this computer's clock again",
    argument: undefined,
    options: { ...operating, backwards: "also behind what is already recorded" },
  },
  "sandbox export": {
    summary: "Write all that the local platform keeps to a file",
    description:
      "JSON, a line a record, for sandbox import on another database: accounts, points, settings and the audit log, as they stood at one moment; the platform may go on running. It names what people entered, and has hashes of passwords and codes: keep it like the database. Sessions, keys and what runs out in minutes stay behind. Equal content makes equal files.",
    argument: undefined,
    options: { ...operating, output: "write to this file", force: "replace the file if it exists" },
  },
  "sandbox import": {
    summary: "Take what sandbox export has written into an empty database",
    description:
      "All of it or nothing: a file that was cut short or changed, or is of another version, is refused before the database is touched. Everybody logs in anew afterwards.",
    argument: "the file that sandbox export has written",
    options: operating,
  },
  "sandbox capacity": {
    summary: "Show how many persons can reserve on the local platform, or set it",
    description:
      "The limit is kept in the database and holds for every process that uses it. Below what is already taken, it closes reservations; raised, it opens them again. sandbox start --capacity sets the same limit.",
    argument: undefined,
    options: { ...operating, set: "the new limit: a number, or published for 40 million" },
  },
  "sandbox close": {
    summary: "Close the local platform for maintenance",
    description:
      "Whoever asks it for anything is refused with the reason platform-closed (HTTP 503), before a PIN is asked for. The operator's commands go on working.",
    argument: undefined,
    options: {
      ...operating,
      from: "when it closes; until then, mynakit portal ping announces it (RFC 3339)",
      until: "when it will probably be open again (RFC 3339)",
    },
  },
  "sandbox open": { summary: "Open the local platform again", argument: undefined, options: operating },
  "sandbox programme list": {
    summary: "List the Mynapoint programmes of the local platform",
    argument: undefined,
    options: operating,
  },
  "sandbox programme show": {
    summary: "Show a programme of the local platform",
    argument: "programme, 1 or 2",
    options: operating,
  },
  "sandbox programme open": {
    summary: "Open a programme of the local platform, from today or from a day on",
    description:
      "The real programmes have ended. On the local platform points can be applied for and granted all the same: what its operator sets takes the place of what was published, and is shown as the operator's. Where both programmes are open, the first takes the applications.",
    argument: "programme, 1 or 2",
    options: {
      ...operating,
      from: "first day (2027-04-01; default: today)",
      until: "last day (default: until it is closed)",
    },
  },
  "sandbox programme close": {
    summary: "Close a programme of the local platform at once",
    argument: "programme, 1 or 2",
    options: operating,
  },
  "sandbox programme set": {
    summary: "Set terms of a programme of the local platform",
    argument:
      "programme, 1 or 2, and TERM=VALUE: days of applications-from, applications-until, grants-from, grants-until; premium-percent, premium-of-yen, premium-points; budget-people; guardian-for-minor=yes or no",
    options: operating,
  },
  "sandbox programme reset": {
    summary: "Have a programme of the local platform be what was published again",
    argument: "programme, 1 or 2",
    options: operating,
  },
  "sandbox client add": {
    summary: "Register an OAuth client with the local platform",
    description:
      "A service or program of somebody else, which may then ask people to let it in: with --redirect-uri in the browser (authorization code with PKCE), and by a code that a card elsewhere approves (device authorization). It is public: it has no secret.",
    argument: "its name, as people are told who asks: 1 to 64 characters in one line",
    options: {
      redirectUri: "where answers may be sent: https, http on this computer, or a scheme of an app (can be repeated)",
      scope: `what it may ask for, separated by spaces, of: ${Object.keys(names.scopes).join(" ")}`,
      ...operating,
    },
  },
  "sandbox client list": {
    summary: "List the OAuth clients of the local platform",
    argument: undefined,
    options: operating,
  },
  "sandbox client remove": {
    summary: "Take an OAuth client of the local platform away and end its sessions",
    argument: "its client ID",
    options: operating,
  },
  "sandbox service add": {
    summary: "Register a cashless service and show its token for reports",
    argument: "name of the service (small letters, digits, hyphens)",
    options: { database: "SQLite file or postgres:// address (default: that of the embedded platform)" },
  },
  "sandbox service account": {
    summary: "Open an account at a cashless service and show its security code",
    argument: "the service, and the ID of the account there",
    options: {
      holder: "MyKey ID of the person whose account it is",
      ward: "MyKey ID of a minor whose legal guardian the holder is",
      database: "SQLite file or postgres:// address (default: that of the embedded platform)",
    },
  },
  "sandbox charge": {
    summary: "Report a charge or purchase as the cashless service would, which grants points",
    argument: "the service, the ID of the account there, and the amount in yen",
    options: {
      purchase: "a purchase, not a charge",
      report: "name of the report; the same one grants nothing again (default: a new one)",
      database: "SQLite file or postgres:// address (default: that of the embedded platform)",
    },
  },
  explain: {
    summary: "Explain where to turn, a lost card, the PINs and more, or what an error code means",
    argument: "the subject (all are listed without one), e.g. lost-card, MKEC101E, ERR_PIN_LOCKED",
    options: {},
  },
  completion: { summary: "Print a completion script for a shell", argument: "the shell", options: {} },
};

export const globalOptions: Messages["globalOptions"] = {
  reader: "sim:NAME, pcsc:NAME (or part of a reader's name), replay:FILE, vpcd:HOST:PORT; also MYNAKIT_READER",
  json: "one JSON document on stdout",
  lang: "language of the output",
  noInput: "never ask; what is missing is an error",
  wait: "wait for the card (portal ping: for the platform)",
  platform: 'address of the platform, or "embedded" (default); also MYNAKIT_PLATFORM',
  trace: "write the APDU dialogue to a file, in place of one that is there, PINs and personal data masked",
  tracePersonal: "write personal data into the trace, too; never PINs, never the My Number",
  minTries: "send a PIN only with at least so many tries left (never with fewer than 2)",
  pinStdin: "read the PIN from standard input",
  pinFd: "read the PIN from file descriptor N",
  pinFile: "read the PIN from a file that only you can read",
  quiet: "no progress messages",
  verbose: "more detail, also of errors",
  noColor: "no colour",
};

export const help: Messages["help"] = {
  description: "The command line for the Japanese My Number Card.",
  usage: "Usage:",
  arguments: "Arguments:",
  options: "Options:",
  globalOptions: "Global options:",
  commands: "Commands:",
  helpOption: "show help",
  versionOption: "show the version",
  choices: (choices) => ` (${choices})`,
  defaultValue: (value) => ` (default: ${value})`,
  closing: `Try it without a card:  mynakit card status -r sim:standard

Exit codes: 0 done · 1 a check said no · 2 usage · 3 no service, reader or card · 4 card · 5 wrong or malformed PIN
  6 PIN locked · 7 PIN withheld to protect the last try · 8 certificate · 9 platform refused · 10 network
  11 file or state · 70 fault of mynakit · 130 cancelled`,
};
