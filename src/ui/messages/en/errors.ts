import type {
  ApduProblem,
  BatchProblem,
  DatabaseProblem,
  ErrorDetails,
  ExportProblem,
  FormProblem,
  ReplayProblem,
  SecretLine,
  TlsProblem,
  UsageProblem,
} from "../../../errors.ts";
import { cardNames } from "../../../jpki/card-kinds.ts";
import { japanTime } from "../../../jpki/certificate/japanese-date.ts";
import type { Messages } from "../messages.ts";
import { listed, noTls, systemErrorText, unknownIssuer } from "../system-error.ts";
import { dialogueProblems } from "./apdu.ts";
import { platformRefusals } from "./refusals.ts";
import { obvious, pins } from "./words.ts";

/** Of verification numbers B: what else may be wrong than what was typed. */
const numberB = (pin: string): string =>
  pin === "text-b" || pin === "visual-b"
    ? " For foreign residents it is not published how it is composed: --birth-year gregorian takes the other way."
    : "";
/** What there is beside the municipal office where a PIN is locked. */
const unlocking = (pin: string): string => {
  if (pin === "auth" || pin === "sign") {
    return " If you know the other of the two JPKI PINs, a convenience store kiosk can do it after the smartphone app.";
  }
  return pin === "text"
    ? " Name, address, birth date and sex can still be read with verification number B: mynakit card info --with b"
    : "";
};
const pinName = (id: string): string => (id in pins ? pins[id as keyof typeof pins].name : id);
const secretLines: Readonly<Record<SecretLine, string>> = {
  pin: "PIN",
  "new-pin": "new PIN",
  "sign-pin": "password for digital signature",
  password: "password of the MyKey account",
  "new-password": "new password",
  "security-code": "security code",
};
const emptyHints: Readonly<Record<SecretLine, string>> = {
  pin: "Write the PIN in the first line.",
  "new-pin": "Write the PIN as it is now in the first line, and the new one in the second.",
  "sign-pin":
    "Write the PIN of the card-face input support application in the first line, and the password for digital signature in the second.",
  password: "Write the password in the first line.",
  "new-password": "Write the PIN for user authentication in the first line, and the new password in the second.",
  "security-code": "Write the security code in the first line.",
};
const kindName = (kind: string, name: string): string =>
  kind in cardNames ? cardNames[kind as keyof typeof cardNames].en : name;
const certificateNames: Readonly<Record<string, string>> = {
  auth: "user authentication certificate",
  sign: "digital signature certificate",
  "auth-ca": "CA certificate for user authentication",
  "sign-ca": "CA certificate for digital signature",
};
const certificate = (kind: string): string => certificateNames[kind] ?? "certificate";
/** What Mynaportal itself calls a certificate that is over. */
const portalCodes: Readonly<Record<string, string>> = { auth: "EI123-2008", sign: "115" };
const atPortal = (kind: string): string => {
  const code = portalCodes[kind];
  return code === undefined ? "" : ` Mynaportal's own code for it: ${code}.`;
};
const cardFiles: Readonly<Record<string, string>> = {
  number: "file of the My Number",
  attributes: "file of the four attributes",
  "text-integrity": "integrity record",
  "text-certificate": "certificate of the input support application",
  face: "file of the card face",
  "number-image": "image of the My Number",
  "visual-certificate": "certificate of the card-face application",
  serial: "record of its serial number",
};
const date = japanTime;
const problems: Readonly<Record<UsageProblem, string>> = {
  unknown: "it does not exist.",
  missing: "it is missing.",
  "value-missing": "it needs a value.",
  "value-not-taken": "it takes no value.",
  "not-allowed": "this value is not allowed.",
  "too-many": "there are more than the command takes.",
  malformed: "this is not the form of its value.",
  "plain-http": "it must be https; http is only for an address on this computer.",
  "needs-file": "binary output does not go to a terminal; give --output FILE or a pipe.",
  "stdin-taken": "standard input already brings the document. Use --pin-file or --pin-fd.",
  "stdin-twice": "standard input can bring only one of the two; give the other as a file.",
  "not-in-file": "this form is for people, and does not go into the file of --output.",
  "is-the-input": "it is the file that is to be signed, and the signature would take its place. Choose another name.",
  excludes: "only one of several that exclude each other can be given.",
  repeated: "a name is given more than once.",
  "not-later": "this is too early.",
  backwards: "the period ends before it begins.",
  nickname: "it must not be empty, too long, or hold line breaks and the like.",
  "no-address": "notices by mail need an address, with --email.",
  "not-a-form":
    "this is no form to fill in. Make it with mynakit portal procedures show --template, and fill in the values alone.",
  "no-form": "this is applied for at the counter only, so there is no form to fill in.",
};
const allowedIs: Partial<Record<UsageProblem, string>> = {
  unknown: "Look for it with",
  malformed: "Write it like",
  repeated: "Name:",
  "not-a-form": "File:",
  "not-later": "It has to be after",
  nickname: "Characters at most:",
};
const problem = (kind: UsageProblem, allowed: string | undefined): string =>
  allowed ? `${problems[kind]} ${allowedIs[kind] ?? "Allowed:"} ${allowed}` : problems[kind];
const systemReasons: Readonly<Record<string, string>> = {
  EACCES: "permission denied",
  EPERM: "not permitted",
  ENOENT: "it does not exist",
  ENOTDIR: "a part of the path is not a folder",
  EISDIR: "it is a folder",
  EFBIG: "it is too large",
  EROFS: "the file system is read-only",
  ENOSPC: "no space left",
  EDQUOT: "the disk quota is used up",
  EMFILE: "too many open files",
  EADDRINUSE: "the port is in use",
  EADDRNOTAVAIL: "this computer does not have the address",
  ECONNREFUSED: "nothing answers there",
  ECONNRESET: "the connection was cut",
  UND_ERR_SOCKET: "the connection was cut; does this port speak https, and the address http?",
  "bad port": "this port is never used for this",
  ENOTFOUND: "there is no such host",
  EHOSTUNREACH: "no way to the host",
  ETIMEDOUT: "no answer",
  EBADF: "it is not open",
};
const system = (reason: string): string => systemErrorText(systemReasons, reason);

const tlsProblems = {
  "no-certificate": ["holds no certificate in PEM.", "It begins with -----BEGIN CERTIFICATE-----."],
  "no-key": ["holds no private key in PEM.", "It begins with -----BEGIN PRIVATE KEY-----."],
  encrypted: ["holds an encrypted private key.", "Decrypt it with openssl pkey."],
  "other-key": ["is not the key of the certificate.", "Give the two that were made together."],
  "not-yet-valid": ["is a certificate that is not valid yet.", "Check the clock of this machine."],
  expired: ["is a certificate that has expired.", "Get a new one from its authority."],
  "other-name": [
    "is not a certificate for the address to listen on; no client would accept it.",
    "Say with --public-url which address clients ask for.",
  ],
  "not-usable": ["cannot be used for TLS.", "RSA keys need 2048 bits or more; signatures need SHA-256 or better."],
} as const satisfies Readonly<Record<TlsProblem, readonly [message: string, hint: string]>>;

const pdfRefusals = {
  encrypted: [
    "is encrypted, and mynakit does not decrypt PDFs.",
    "To sign it, save it without a password first. To verify it, use a PDF application that knows the password.",
  ],
  xfa: [
    "is an XFA form: what it shows is not in its pages, so a signature would not cover what you see.",
    "Print it into a PDF and sign that.",
  ],
  certified: [
    "was certified by its author, who permits no changes. Another signature would break that one.",
    "Ask the author for a version that may be signed, or sign it from outside: mynakit sign cms --detached",
  ],
} as const satisfies Record<ErrorDetails["ERR_IO_PDF_REFUSED"]["reason"], readonly [string, string]>;
const pinAdvice =
  "Type the PIN at the prompt, or use --pin-stdin, --pin-fd N or --pin-file FILE. Change the PIN if you fear that it was seen.";
const apduProblems: Readonly<Record<ApduProblem, string>> = {
  "not-hex": "this is no hexadecimal digit",
  "half-byte": "the last byte has one digit only",
  "too-short": "it needs four bytes or more",
  lengths: "its length fields (Lc, Le) and the number of its bytes disagree",
};
const refusals: Readonly<Record<ErrorDetails["ERR_USAGE_APDU_REFUSED"]["reason"], { why: string; hint: string }>> = {
  secret: {
    why: "it presents or changes a PIN or a key and may spend a try",
    hint: "mynakit pin check tells whether a PIN is right and mynakit pin change changes it, and neither uses the last try; mynakit pin tries shows what is left. If it was a real PIN: the command line stays in the history of the shell, so change it.",
  },
  issuer: {
    why: "it changes the card and is for its issuer",
    hint: "mynakit sends no command that changes what is on a card.",
  },
  "not-listed": {
    why: "it is none of those that are known to spend no try",
    hint: "Those are SELECT, READ BINARY, READ RECORD, GET DATA, GET CHALLENGE, INTERNAL AUTHENTICATE, GET RESPONSE and the four-byte VERIFY in class 00, and COMPUTE DIGITAL SIGNATURE in class 80.",
  },
};
const databaseProblems: Readonly<Record<DatabaseProblem, string>> = {
  foreign: "is another program's database, not a sandbox's.",
  empty: "is empty: no sandbox has used this database yet.",
};
const namedDatabase = "Name the sandbox's with --database. mynakit sandbox start makes a new one.";

const again = "Copy the file again from where it was exported, or export anew.";

const exportProblems: Readonly<Record<ExportProblem, readonly [problem: string, hint: string]>> = {
  "not-a-file": ["it is no ordinary file.", "Write it to a file first: it is read twice."],
  foreign: ["it is no file that mynakit sandbox export has written.", "Name one that it has."],
  newer: ["it was written by a newer mynakit.", "Import it with that version."],
  older: [
    "it was written by an older mynakit.",
    "Have this version export the database that it came from: opening it brings it up to date.",
  ],
  cut: ["the file ends too early.", again],
  changed: ["it is not as it was written.", again],
  audit: ["its audit log is not whole.", "Look with mynakit sandbox audit verify at the database that it came from."],
};

const batchProblems: Readonly<Record<BatchProblem, string>> = {
  "not-text": "it is not text in UTF-8.",
  control: "it holds a control character.",
  "too-long": "it is too long.",
  fields: "one reader, and one file with a PIN at most, may stand in a line.",
  empty: "no reader stands in it.",
  "not-a-file": "a batch must be a file that can be read again, no pipe or device.",
};

const replayProblems: Readonly<Record<Exclude<ReplayProblem, keyof typeof dialogueProblems>, string>> = {
  "other-command": "Another command was recorded.",
  "session-over": "In the recording the session ends here.",
  concealed: "The answer is concealed.",
};
const signatureForms: Readonly<Record<ErrorDetails["ERR_VERIFY_MALFORMED"]["format"], string>> = {
  cms: "It has to be CMS SignedData in DER or PEM, whole and with nothing behind it, as mynakit sign cms writes it.",
  jws: "It has to be one JWS in compact form with the signer's certificate in x5c, as mynakit sign jws writes it.",
  receipt: "It has to be the file that mynakit portal procedures apply -o has written, whole.",
  pdf: "It has to be a signed PDF, whole. It may have been cut short: get it again.",
};
const formProblems: Readonly<Record<FormProblem, string>> = {
  missing: "missing",
  "not-attached": "not attached",
  unknown: "not in this form",
  malformed: "not written as asked",
  "too-long": "too long",
  "not-a-choice": "not one of the choices",
  "too-large": "too large",
  "wrong-type": "a kind of file that is not taken",
  "another-form": "the form of another procedure, or an older one",
};
const writeHints: Readonly<Record<string, string>> = {
  ENOENT: "Make the folder first, or choose another place.",
  ENOTDIR: "Choose a path that leads through folders only, or another place.",
  EISDIR: "Give the name of a file in it.",
  ENOSPC: "Make room, or choose another place.",
  EDQUOT: "Make room, or choose another place.",
};
const writeHint = (reason: string): string =>
  writeHints[reason] ?? "Check permissions. MYNAKIT_HOME moves mynakit's own files elsewhere.";
/** Of a file that is too large, how much is read. */
const readHint = (path: string, reason: string): string => {
  const most = /EFBIG: more than (\d+) bytes/.exec(reason)?.[1];
  if (most)
    return `At most ${Number(most) >> 20} MiB are read here. mynakit sign cms --detached signs files of any size.`;
  return /^fd \d+$/.test(path)
    ? `Nothing that can be read is open there. Open it for mynakit, as the shell does with ${path.slice(3)}<FILE.`
    : "Check the path and its permissions.";
};

export const errors: Messages["errors"] = {
  ERR_VERIFY_MALFORMED: ({ file, format, problem }) => ({
    message:
      format === "pdf"
        ? `${file} cannot be read as a PDF: ${problem}`
        : format === "receipt"
          ? `${file} cannot be read as the receipt of an application: ${problem}`
          : `${file} cannot be read as a signature (${format.toUpperCase()}): ${problem}`,
    hint: signatureForms[format],
  }),
  ERR_VERIFY_UNSIGNED: ({ file }) => ({
    message: `${file} has no signature.`,
    hint: "A scanned seal or a picture of a signature is none. Ask whoever sent it for the signed file.",
  }),

  ERR_USAGE_COMMAND: ({ given, suggestion, verbs }) => ({
    message:
      given === ""
        ? "A command is missing."
        : verbs
          ? `"mynakit ${given}" needs a verb.`
          : `There is no command "${given}".`,
    hint: verbs
      ? `One of:${listed(verbs.map((verb) => `mynakit ${given} ${verb}`))}`
      : suggestion
        ? `Did you mean "mynakit ${suggestion}"?`
        : "See mynakit --help for all commands.",
  }),
  ERR_USAGE_OPTION: ({ option, problem: kind, allowed }) => ({
    message: `Option ${option}: ${problem(kind, allowed)}`,
    hint: "See --help of the command for its options.",
  }),
  ERR_USAGE_ARGUMENT: ({ argument, problem: kind, allowed }) => ({
    message:
      kind === "too-many"
        ? "There are more arguments than the command takes."
        : `Argument ${argument}: ${problem(kind, allowed)}`,
    hint: `See --help of the command for its arguments.${kind === "too-many" ? `\nNever write a PIN on the command line: other users can read it, and shells keep it. ${pinAdvice}` : ""}`,
  }),
  ERR_USAGE_PIN_ON_ARGV: ({ option }) => ({
    message: `${option} is refused: other users of this computer can read a command line, and shells keep it in their history.`,
    hint: pinAdvice,
  }),
  ERR_USAGE_PIN_SOURCES: ({ options }) => ({
    message: `Only one source of the PIN can be given, not ${options.join(" and ")}.`,
    hint: "Keep one of them.",
  }),
  ERR_USAGE_PIN_EMPTY: ({ option, line, what }) => ({
    message: `No ${secretLines[what]} arrived by ${option} in line ${line}. Nothing was sent${what === "password" ? "" : " to the card"}.`,
    hint: emptyHints[what],
  }),
  ERR_USAGE_INPUT_NEEDED: ({ what, option }) => ({
    message:
      what === "batch-pin"
        ? "The PIN for the cards of the batch is needed; a batch never asks for it."
        : `A ${{ pin: "PIN", password: "password", "security-code": "security code", confirmation: "confirmation" }[what]} is needed, and there is no terminal to ask at.`,
    hint:
      what === "batch-pin"
        ? "Give --pin-stdin, --pin-fd N or --pin-file FILE; or name a PIN file in each line of the batch, behind a tab."
        : what === "pin" || what === "password"
          ? `Give ${option === "--pin-stdin" ? "--pin-stdin, " : ""}--pin-fd N or --pin-file FILE. To be asked instead, both standard input and standard error have to be the terminal (2> ends that).`
          : `Give ${option}.`,
  }),
  ERR_USAGE_APDU: ({ command, at, problem: kind }) => ({
    message: `Command ${command}${at > 0 ? `, character ${at}` : ""}: ${apduProblems[kind]}. Nothing was sent to the card.`,
    hint: "Write each command as one argument, in hexadecimal; one with spaces or colons needs quotes around it.",
  }),
  ERR_USAGE_APDU_REFUSED: ({ command, name, reason }) => ({
    message: `Command ${command}${name ? ` (${name})` : ""} is not sent: ${refusals[reason].why}. Nothing was sent to the card.`,
    hint: refusals[reason].hint,
  }),
  ERR_USAGE_READER: ({ given }) => ({
    message: `"${given}" names no reader.`,
    hint: "Use sim:NAME, pcsc:NAME (or a part of the reader's name), replay:FILE or vpcd:HOST:PORT. mynakit reader list shows what is there.",
  }),
  ERR_USAGE_PLATFORM: ({ given }) => ({
    message: `"${given}" is no address of a platform.`,
    hint: 'Use "embedded", an https:// address, or http:// on this computer (localhost, 127.0.0.1).',
  }),
  ERR_USAGE_PLATFORM_EMBEDDED: () => ({
    message: "No browser reaches the embedded sandbox.",
    hint: "Run mynakit sandbox start in another terminal, and give the address that it prints with --platform. It has the same data.",
  }),
  ERR_USAGE_PLAIN_HTTP: ({ address }) => ({
    message: `Others can reach ${address}: there the sandbox does not speak plain HTTP.`,
    hint: "Give it a certificate with --tls-cert and --tls-key, or leave --host out and put a TLS proxy in front.",
  }),
  ERR_USAGE_TIME: ({ given }) => ({
    message: `MYNAKIT_NOW is "${given}", which is no RFC 3339 time.`,
    hint: "Write it like 2026-04-01T09:00:00+09:00.",
  }),
  ERR_USAGE_TOPIC: ({ near }) => ({
    message: "There is no explanation of that name.",
    hint:
      near.length > 0
        ? `Like it are:${listed(near.map((id) => `mynakit explain ${id}`))}`
        : "mynakit explain lists what can be explained.",
  }),
  ERR_USAGE_FORM: ({ procedure, findings }) => ({
    message: `The form is not filled in as it should be: ${findings
      .map(({ name, problem }) => `${name} (${formProblems[problem]})`)
      .join(", ")}.`,
    hint: `mynakit portal procedures show ${procedure} says what is wanted. Nothing was sent, and the card was not used.`,
  }),
  ERR_USAGE_SIM_EXISTS: ({ name }) => ({
    message: `There is already a simulated card "${name}".`,
    hint: `Choose another name, or remove it first: mynakit sim delete ${name}`,
  }),
  ERR_USAGE_SIM_PROFILE: ({ given, profiles }) => ({
    message: `There is no profile "${given}".`,
    hint: `Profiles: ${profiles.join(", ")}`,
  }),
  ERR_USAGE_SIM_NAME: ({ given }) => ({
    message: `"${given}" cannot be the name of a simulated card.`,
    hint: "Use up to 32 small letters, digits and hyphens, beginning with a letter or digit.",
  }),
  ERR_USAGE_SIM_SETTING: ({ key, form, keys }) => ({
    message: form === null ? `This card has nothing called "${key}".` : `The value of ${key} must be ${form}.`,
    hint: `Write KEY=VALUE. Keys: ${keys.join(", ")}`,
  }),

  ERR_PCSC_MISSING: ({ packages, command }) => ({
    message: `Smart card readers need the optional part "pcsclite", which is not installed. It needs: ${packages.join(", ")}.`,
    hint: `Install it with: ${command}\nWithout a reader, try the simulated card: -r sim:standard`,
  }),
  ERR_PCSC_NATIVE: ({ reason }) => ({
    message: `The installed "pcsclite" does not load: ${reason}`,
    hint: "Build it again with the Node.js that runs now: npm rebuild pcsclite",
  }),
  ERR_PCSC_SERVICE: ({ service, command }) => ({
    message: `The smart card service (${service}) is not running.`,
    hint: `Start it with: ${command}\nWithout a reader, try the simulated card: -r sim:standard`,
  }),
  ERR_PCSC_ACCESS: ({ user }) => ({
    message: `${user} may not use the smart card service.`,
    hint: "A polkit rule must allow org.debian.pcsc-lite.access_pcsc and org.debian.pcsc-lite.access_card (common in ssh sessions, containers and services), or too many programs use the service.",
  }),
  ERR_PCSC_STOPPED: ({ service }) => ({
    message: `The smart card service (${service}) stopped or was restarted while we used it.`,
    hint: "Run the command again. If a PIN was being entered, look at mynakit pin tries first.",
  }),
  ERR_PCSC_FAILED: ({ call, code }) => ({
    message: `The smart card service answered ${call} with the error ${code}.`,
    hint: "Take the card off, put it back and try again; if it stays, restart the smart card service.",
  }),
  ERR_READER_NONE: () => ({
    message: "No card reader is connected.",
    hint: "The card alone is not enough. Connect a reader and look with mynakit reader list; mynakit explain devices says what will do. Or try the simulated card: -r sim:standard",
  }),
  ERR_READER_NOT_FOUND: ({ given, readers }) => ({
    message: `No reader or simulated card is called "${given}".`,
    hint: readers.length > 0 ? `There are:${listed(readers)}` : "No reader is connected.",
  }),
  ERR_READER_AMBIGUOUS: ({ given, readers }) => ({
    message: given ? `"${given}" means more than one reader.` : "More than one reader holds a card.",
    hint: `Name one with --reader:${listed(readers)}`,
  }),
  ERR_READER_BUSY: ({ reader, seconds }) => ({
    message: `Another program holds the card in ${reader} (waited ${seconds} s).`,
    hint: reader.startsWith("sim:")
      ? "It is another mynakit, such as mynakit sim insert. Wait for it or end it with Ctrl-C, then try again."
      : "Close other programs that use the card (browser, JPKI client, gpg), then try again.",
  }),
  ERR_READER_GONE: ({ reader }) => ({
    message: `The reader ${reader} was disconnected.`,
    hint: "Connect it again and repeat the command. If a PIN was being entered, look at mynakit pin tries first.",
  }),
  ERR_READER_REPEATED: ({ reader, line }) => ({
    message: `The reader ${reader} stands in line ${line} already.`,
    hint: "Its card was left alone this time. Take one of the two lines out of the batch.",
  }),
  ERR_READER_LISTEN: ({ address, reason }) => ({
    message: `No virtual card can be awaited at ${address}: ${system(reason)}`,
    hint: "Choose another port, or end the program that uses it.",
  }),
  ERR_READER_UNREACHABLE: ({ address, reason }) => ({
    message: `No virtual reader takes a card at ${address}: ${system(reason)}`,
    hint: "Start the virtual reader vpcd, or give its --port.",
  }),
  ERR_CARD_ABSENT: ({ reader }) => ({
    message: `There is no card in ${reader}.`,
    hint: "Put the My Number Card on the reader. --wait waits for it.",
  }),

  ERR_CARD_KIND: ({ kind, name }) => ({
    message: `This is not a My Number Card: ${kindName(kind, name)}.`,
    hint:
      kind === "smartphone-jpki"
        ? "A phone holds certificates only. Put the plastic My Number Card on the reader."
        : "Put the My Number Card on the reader. The paper notification card does not do (mynakit explain first-card).",
  }),
  ERR_CARD_MUTE: ({ reader }) => ({
    message: `The card in ${reader} does not answer.`,
    hint: "Take it out and put it in again, chip side as the reader shows; on a contactless reader lay it flat, without case and away from metal.",
  }),
  ERR_CARD_REMOVED: ({ reader }) => ({
    message: `The card was taken from ${reader} too early.`,
    hint: "Leave it on the reader until the message that it may be removed. If a PIN was being entered, look at mynakit pin tries first.",
  }),
  ERR_CARD_RESET: ({ reader }) => ({
    message: `Another program reset the card in ${reader}.`,
    hint: "Close other programs that use the card, then try again.",
  }),
  ERR_CARD_TIMEOUT: ({ reader, seconds }) => ({
    message: `The card in ${reader} gave no answer for ${seconds} s.`,
    hint: "Take the card off and put it back. If a PIN was being entered, look at mynakit pin tries first.",
  }),
  ERR_CARD_CHANGED: ({ reader }) => ({
    message: `The card in ${reader} is not the one that was there at the start.`,
    hint: "Put the right card on the reader and run the command again.",
  }),
  ERR_CARD_OF_ANOTHER: ({ reader }) => ({
    message: `The card in ${reader} is not the one with which you are logged in.`,
    hint: "Put the card of who is logged in on the reader, or log in with this one: mynakit portal login. A renewed certificate needs a new login, too.",
  }),
  ERR_CARD_ANSWER: ({ command, sw, meaning }) => ({
    message: `The card answered ${command} in a way it should not: ${sw}${meaning.en ? ` (${meaning.en})` : ""}.`,
    hint: "Try again with the card lying still. If it stays, record the dialogue with --trace FILE and show it to support; PINs and personal data are masked in it.",
  }),
  ERR_CARD_REPLAY: ({ file, line, problem: kind, recorded, sent }) => ({
    message: `${file} cannot be replayed at line ${line}. ${{ ...dialogueProblems, ...replayProblems }[kind]}`,
    hint: [
      ...(recorded ? [`Recorded: ${recorded}`] : []),
      ...(sent ? [`To be sent: ${sent}`] : []),
      "A recording answers the commands it was made of, and only where it conceals nothing. Certificates replay if they were recorded with --trace-personal.",
    ].join("\n"),
  }),
  ERR_CARD_FILE: ({ file, problem }) => ({
    message:
      problem === null
        ? `The card does not have the ${cardFiles[file] ?? file}.`
        : `The ${cardFiles[file] ?? file} on the card cannot be read: ${problem}.`,
    hint: "Try again with the card lying still. If it stays, the card is damaged or of another kind; a municipal office replaces it.",
  }),

  ERR_PIN_FORMAT: ({ pin, entry }) => ({
    message: `That cannot be the ${entry === "new" ? "new " : ""}${pinName(pin)}; it was not sent to the card.`,
    hint:
      entry === "check-digit"
        ? "It is the My Number, and the check digit shows that a digit is wrong. No try was spent."
        : `It is ${pin in pins ? pins[pin as keyof typeof pins].form : "of another form"}. No try was spent.`,
  }),
  ERR_PIN_UNCHANGED: ({ pin }) => ({
    message: `The new ${pinName(pin)} is the same as the old one; nothing was sent to the card.`,
    hint: "Choose another one.",
  }),
  ERR_PIN_OBVIOUS: ({ pin, reason }) => ({
    message: `The new ${pinName(pin)} was not set. ${obvious[reason]}`,
    hint:
      reason === "one-kind"
        ? "Choose one with both. It is only asked for, not required: --allow-obvious sets this one all the same."
        : "Choose another one, or give --allow-obvious.",
  }),
  ERR_PIN_WRONG: ({ pin, triesAfter }) => ({
    message: `Wrong ${pinName(pin)}. ${triesAfter === 1 ? "One try is left." : `${triesAfter} tries are left.`}`,
    hint:
      triesAfter <= 1
        ? "mynakit will not use the last try. The counter does not recover with time: only a correct entry resets it, and a municipal office can set a new PIN."
        : `The counter does not recover with time; a correct entry resets it.${numberB(pin)}`,
  }),
  ERR_PIN_LOCKED: ({ pin }) => ({
    message: `The ${pinName(pin)} is locked.`,
    hint: `A municipal office sets a new one (bring the card).${unlocking(pin)}`,
  }),
  ERR_PIN_WITHHELD: ({ pin, reason, tries, minTries }) => {
    if (reason === "unreadable") {
      return {
        message: `The tries left of the ${pinName(pin)} cannot be read, so the PIN was not sent.`,
        hint: "Take the card off and put it back, close other programs that use it, then look at mynakit pin tries.",
      };
    }
    if (reason === "earlier-run") {
      return {
        message: `In an earlier run of this batch the ${pinName(pin)} of this card was refused, or may have been; the PIN was not sent again.`,
        hint: "Make sure of the PIN, look at mynakit pin tries, then add --retry-failed.",
      };
    }
    if (reason === "common") {
      return {
        message:
          "The PIN for all cards was sent to another card, which refused it or did not answer, now or in an earlier run; it was not sent to this one, and no try was spent.",
        hint: "Make sure of the PIN, then add --retry-failed: it goes to one card first. Another PIN than before needs that, too, as no PIN is remembered.",
      };
    }
    if (reason === "min-tries") {
      return {
        message: `${tries} tries are left for the ${pinName(pin)}, fewer than --min-tries ${minTries} asks for; the PIN was not sent.`,
        hint: "Nothing was spent.",
      };
    }
    return {
      message: `Only one try is left for the ${pinName(pin)}. mynakit never uses the last one; the PIN was not sent.`,
      hint: "A locked card means a visit to the municipal office. If you are sure of the PIN, an official program that you trust resets the counter with one correct entry.",
    };
  },

  ERR_CERT_ABSENT: ({ kind }) => ({
    message: `The card holds no ${certificate(kind)}.`,
    hint:
      kind === "sign"
        ? "It may have been declined when the card was made, or the holder is under 15 (no signing certificate). A municipal office issues it."
        : "It may have been declined when the card was made. A municipal office issues it.",
  }),
  ERR_CERT_EXPIRED: ({ kind, notAfter }) => ({
    message: `The ${certificate(kind)} expired at ${date(notAfter)}.`,
    hint: `A municipal office renews it; an existing MyKey ID is kept.${atPortal(kind)}`,
  }),
  ERR_CERT_NOT_YET_VALID: ({ kind, notBefore }) => ({
    message: `The ${certificate(kind)} is not valid before ${date(notBefore)}.`,
    hint: "Check the clock. It is the platform's that counts: of a sandbox whose clock was moved, see mynakit sandbox clock show; else check this computer's.",
  }),
  ERR_CERT_TOO_NEW: ({ kind, notBefore, earliest }) => ({
    message: `The ${certificate(kind)} was issued at ${date(notBefore)}, too recently for the MyKey Platform.`,
    hint: `It will work from ${date(earliest)}.`,
  }),
  ERR_CERT_REVOKED: ({ kind }) => ({
    message: `The ${certificate(kind)} has been revoked.`,
    hint: `A municipal office issues a new one.${atPortal(kind)}`,
  }),
  ERR_CERT_UNTRUSTED: ({ kind, issuer }) => ({
    message: `The platform does not trust the issuer of the ${certificate(kind)}: ${issuer}`,
    hint: "The local sandbox trusts simulated cards only; a real card belongs to the real services.",
  }),
  ERR_CERT_KEY_USAGE: ({ kind, keyUsage }) => ({
    message: `The key of the ${certificate(kind)} may not be used for signatures. It is for: ${keyUsage || "nothing"}`,
    hint: "Nothing was signed. A certificate of a My Number Card is not like that; a municipal office can look at the card.",
  }),
  ERR_CERT_MALFORMED: ({ kind, problem, file }) =>
    file === undefined
      ? {
          message: `The ${certificate(kind)} on the card cannot be read: ${problem}`,
          hint: "Try again with the card lying still. If it stays, the card is damaged; a municipal office replaces it.",
        }
      : {
          message: `${file} cannot be read as a certificate: ${problem}`,
          hint: "It has to be one certificate in PEM or DER, as mynakit cert show --format pem writes it.",
        },
  ERR_CERT_LIST: ({ file, problem }) => ({
    message: `${file} cannot be read as a revocation list: ${problem}`,
    hint: "It has to be one certificate revocation list (CRL) in PEM or DER.",
  }),
  ERR_CERT_RESPONDER: ({ url, problem }) => ({
    message: `What ${url} sent is no OCSP answer: ${problem}`,
    hint: "Check the address given with --ocsp.",
  }),

  ERR_PLATFORM_REFUSED: ({ reason, description, earliest }) =>
    platformRefusals[reason]?.(earliest === undefined ? undefined : date(earliest)) ?? {
      message: `The platform refused: ${description || reason} (${reason})`,
      hint: "Nothing was changed.",
    },
  ERR_PLATFORM_ANSWER: ({ url, problem }) => ({
    message: `${url} did not answer as a platform should: ${problem}`,
    hint: "Check --platform and MYNAKIT_PLATFORM; a proxy or a maintenance page may be answering.",
  }),
  ERR_PLATFORM_SESSION: ({ platform, issuer }) => ({
    message: `Not logged in at ${platform}, or the session has ended.`,
    hint: issuer
      ? `Log in there: mynakit portal login --issuer ${platform}`
      : "Log in with the card: mynakit portal login",
  }),
  ERR_PLATFORM_ISSUER: ({ issuer, problem }) => ({
    message: `${issuer} does not answer as an OpenID Connect provider: ${problem}`,
    hint: "Check the address after --issuer: it must be the provider's issuer, with its path and nothing behind it. A proxy or a maintenance page may be answering.",
  }),
  ERR_PLATFORM_ISSUER_OTHER: ({ issuer, found }) => ({
    message: `${issuer} was asked, but the answer is of ${found}. Nothing was sent to it.`,
    hint: "If that is the provider that you mean, name it exactly so after --issuer. If not, somebody may be between you and the provider: do not log in.",
  }),
  ERR_PLATFORM_CLIENT: ({ issuer, client }) => ({
    message: `${issuer} does not know the client ${client}, or does not let it log in like this.`,
    hint: "Have the client registered there as a public client, for device authorization or for an authorization code with PKCE and the redirect URI http://127.0.0.1/callback, and give its ID with --client-id.",
  }),
  ERR_PLATFORM_GRANTS: ({ issuer, grants }) => ({
    message: `${issuer} offers no login that mynakit can use here. It offers: ${grants.join(", ") || "nothing"}`,
    hint: "mynakit uses device authorization (alone with --qr), an authorization code with PKCE, or a card's assertion where the provider names where its nonce is asked for.",
  }),
  ERR_PLATFORM_LOGIN_DENIED: ({ issuer }) => ({
    message: `The login at ${issuer} was denied.`,
    hint: "If you did not deny it yourself, ask whoever runs the provider. Run the command again to try once more.",
  }),
  ERR_PLATFORM_LOGIN_EXPIRED: ({ issuer }) => ({
    message: `Nobody logged in at ${issuer} in time.`,
    hint: "Run the command again, and open the new address before the time is over. If the page showed an error, the provider may not know this client: check --client-id.",
  }),
  ERR_PLATFORM_ID_TOKEN: ({ issuer, problem }) => ({
    message: `${issuer} says who has logged in, but that cannot be relied on: ${problem}. You are not logged in.`,
    hint: "Check this computer's clock. If it is right, tell whoever runs the provider.",
  }),
  ERR_NETWORK_UNREACHABLE: ({ url, reason }) => ({
    message: `${url} cannot be reached: ${system(reason)}`,
    hint: "Check the network and the address.",
  }),
  ERR_NETWORK_TIMEOUT: ({ url, seconds }) => ({
    message: `${url} gave no answer within ${seconds} s.`,
    hint: "Try again later.",
  }),
  ERR_NETWORK_TLS: ({ url, reason }) =>
    noTls.test(reason)
      ? {
          message: `What ${url} answers is not TLS: ${reason}`,
          hint: "The server may not speak https. Check address and port; a sandbox on this computer may have an address that begins with http://.",
        }
      : {
          message: `The identity of ${url} cannot be proved: ${reason}`,
          hint: `Do not go on. Check the address; a wrong clock or an intercepting proxy are other causes.${
            unknownIssuer.test(reason)
              ? "\nIf you know that this platform has a certificate of your own authority, name the file of that authority's certificate (PEM) in the environment variable NODE_EXTRA_CA_CERTS."
              : ""
          }`,
        },
  ERR_NETWORK_LISTEN: ({ address, reason, option }) => ({
    message: `${address} cannot be opened: ${system(reason)}`,
    hint: `Choose another port with ${option}, or end the program that uses it.`,
  }),

  ERR_IO_READ: ({ path, reason }) => ({
    message: `${path} cannot be read: ${system(reason)}`,
    hint: readHint(path, reason),
  }),
  ERR_IO_WRITE: ({ path, reason }) => ({
    message: `${path} cannot be written: ${system(reason)}`,
    hint: writeHint(reason),
  }),
  ERR_IO_EXISTS: ({ path, option = "--output" }) => ({
    message: `${path} exists already and was left as it is.`,
    hint: `Choose another name with ${option}, or let it be replaced with --force.`,
  }),
  ERR_IO_STATE_CORRUPT: ({ path, problem, batch }) => ({
    message: `${path} is damaged: ${problem}`,
    hint: batch
      ? "It is the journal of a batch, and is left untouched; no card was used. Bring back a copy, or move it away to start anew: nobody gets a second ID, but PINs that cards refused are forgotten, so look at mynakit pin tries first."
      : "It is left untouched. Move it away to start anew; for a simulated card: mynakit sim delete NAME",
  }),
  ERR_IO_STATE_BUSY: ({ path, seconds }) => ({
    message: `${path} is in use by another mynakit (waited ${seconds} s).`,
    hint: "Wait for the other one to end, then try again.",
  }),
  ERR_IO_PIN_FILE_MODE: ({ path, mode }) => ({
    message: `${path} can be read by others (mode ${mode}); the PIN in it was not used.`,
    hint: `chmod 600 ${path}`,
  }),
  ERR_IO_CODE_FILE_MODE: ({ path, mode }) => ({
    message: `${path} can be read by others (mode ${mode}); the security code in it was not used.`,
    hint: `chmod 600 ${path}`,
  }),
  ERR_IO_KEY_FILE_MODE: ({ path, mode }) => ({
    message: `${path} can be read by others (mode ${mode}); the private key in it was not used.`,
    hint: `chmod 600 ${path}\nIf others may have read it already, make a new key.`,
  }),
  ERR_IO_TLS: ({ path, problem }) => ({ message: `${path} ${tlsProblems[problem][0]}`, hint: tlsProblems[problem][1] }),
  ERR_IO_PDF: ({ path, problem }) => ({
    message: `${path} cannot be read as a PDF: ${problem}`,
    hint: "Open it in a PDF application and save it anew, or get it again; it may have been cut short.",
  }),
  ERR_IO_PDF_REFUSED: ({ path, reason }) => ({
    message: `${path} ${pdfRefusals[reason][0]}`,
    hint: pdfRefusals[reason][1],
  }),
  ERR_IO_TRACE: ({ file, line, problem: kind }) => ({
    message: `${file}, line ${line}, cannot be read as a dialogue with a card. ${dialogueProblems[kind]}`,
    hint: "Give a file that --trace has written, or one in the same form.",
  }),
  ERR_IO_BATCH: ({ file, line, problem }) => ({
    message: `${line > 0 ? `${file}, line ${line}: ` : `${file}: `}${batchProblems[problem]}`,
    hint: "Write a reader a line; behind a tab, the file with its card's PIN, if it has one of its own. Nothing was done.",
  }),
  ERR_IO_DATABASE: ({ database, reason, problem }) =>
    problem
      ? { message: `${database} ${databaseProblems[problem]} Nothing was written.`, hint: namedDatabase }
      : {
          message: `The database ${database} cannot be used: ${reason}`,
          hint: "Check the path or address, permissions and free space.",
        },
  ERR_IO_DATABASE_USED: ({ database }) => ({
    message: `The database ${database} is not empty, so nothing was imported.`,
    hint: "Name a database that has not been used with --database; an SQLite file is made.",
  }),
  ERR_IO_EXPORT: ({ file, line, problem }) => ({
    message: `${line > 0 ? `${file}, line ${line}: ` : `${file}: `}${exportProblems[problem][0]} Nothing was imported.`,
    hint: exportProblems[problem][1],
  }),

  ERR_INTERNAL: ({ reason }) => ({
    message: `A fault in mynakit: ${reason}`,
    hint: "Please report it with the command and the output of mynakit --version. --verbose shows where it happened.",
  }),
  ERR_CANCELLED: ({ signal }) => ({
    message: signal === "declined" ? "Not confirmed, so it was not done." : "Cancelled.",
    hint: "Run the command again when you are ready.",
  }),
};

export const warnings: Messages["warnings"] = {
  WARN_PCSC_UNAVAILABLE: ({ code, reason }) => `Readers of this computer are not listed: ${reason} (${code})`,
  WARN_SIM_UNREADABLE: ({ reader, code, reason }) => `Nothing can be said of ${reader}: ${reason} (${code})`,
  WARN_TIME_IGNORED: ({ value }) =>
    `MYNAKIT_NOW (${value}) is ignored: it counts only with simulated cards and the embedded platform.`,
  WARN_PIN_LOW: ({ pin, tries }) => `${tries} tries left for the ${pinName(pin)}.`,
  WARN_CERT_EXPIRES: ({ kind, notAfter }) => `The ${certificate(kind)} expires at ${date(notAfter)}.`,
  WARN_CERT_PROFILE: ({ kind, problems }) => `The ${certificate(kind)} differs from the JPKI profile: ${problems}`,
  WARN_CERT_OF_OTHERS: () =>
    "Whoever checks the certificates of others as a business needs designation by the minister (article 17 of the act on JPKI). Checking your own needs nothing.",
  WARN_NUMBER_OF_OTHERS: () =>
    "The Number Act forbids asking for, collecting or keeping the My Numbers of people outside your household, except for its own purposes (articles 15, 19 and 20). Show yours only where the law asks for it.",
  WARN_SIGN_DISCLOSES: () =>
    "The signature carries the certificate: whoever gets it can read your name, address, birth date and sex.",
  WARN_SIGN_AUTHENTICATION: () =>
    "The authentication key proves who somebody is. What it signs is no signed document, and does not say by whom.",
  WARN_SIGNATURE_SIMULATED: () =>
    "This is the signature of a simulated card: its authority's key is public, and anybody can make one. To verify real signatures, name the authority with --ca; --simulated takes this one for good.",
  WARN_CERT_SOURCES_DIFFER: ({ crl }) =>
    crl === "revoked"
      ? "The revocation list says that it has been revoked, the responder that it has not. It counts as revoked."
      : "The responder says that it has been revoked, the revocation list that it has not. It counts as revoked.",
  WARN_APDU_MY_NUMBER: ({ answers }) =>
    `What holds, or may hold, the My Number is not shown (answers: ${answers}). mynakit card number reads it.`,
  WARN_LOGOUT_NOT_OFFERED: ({ url }) =>
    `The session was deleted here. ${url} has no way to end one before its time: there it ends by itself when it expires.`,
  WARN_LOGOUT_OFFLINE: ({ url }) =>
    `The session was deleted here, but ${url} could not be told; there it ends by itself when it expires.`,
  WARN_NOT_REGISTERED: () =>
    "You have not registered with Mynaportal yet, so the service can get none of the information that it asks for. To register: mynakit portal register --nickname NICKNAME",
  WARN_CLOCK_DIFFERS: ({ seconds }) =>
    `The platform's clock is ${Math.abs(seconds)} seconds ${seconds > 0 ? "ahead of" : "behind"} this computer's. A real card signs with this computer's time, and would be refused. Set the clock. Where the sandbox's clock was moved, simulated cards log in all the same.`,
  WARN_CSV_PENDING: ({ topic }) =>
    `There is no answer yet, so no CSV was written. To wait for it, repeat the command with --until-answered: mynakit portal info ${topic}`,
};
