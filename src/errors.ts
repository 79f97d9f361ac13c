/**
 * Every way mynakit can fail: a stable code, the exit code that scripts branch on (design: the contract of the
 * command line), and the details that its message needs. The words, in Japanese and English, are in
 * `ui/messages/*`, where a code without a message does not compile.
 */
export interface ErrorDetails {
  // 1: the question was answered no
  /** The file is no signature of this form; there is nothing to verify. */
  ERR_VERIFY_MALFORMED: { file: string; format: "cms" | "jws" | "pdf" | "receipt"; problem: string };
  /** A PDF without a signature: there is nothing to verify. */
  ERR_VERIFY_UNSIGNED: { file: string };

  // 2: usage
  /** Unknown, or a noun without a verb: then `verbs` says which it has. */
  ERR_USAGE_COMMAND: { given: string; suggestion?: string; verbs?: string[] };
  ERR_USAGE_OPTION: { option: string; problem: UsageProblem; allowed?: string };
  ERR_USAGE_ARGUMENT: { argument: string; problem: UsageProblem; allowed?: string };
  ERR_USAGE_PIN_ON_ARGV: { option: string };
  ERR_USAGE_PIN_SOURCES: { options: string[] };
  /** `line` counts from 1: where two PINs are needed, the second is the new one. */
  ERR_USAGE_PIN_EMPTY: { option: string; line: number; what: SecretLine };
  /** Something had to be asked and nobody may be asked; `option` says how to give it. */
  ERR_USAGE_INPUT_NEEDED: { what: "pin" | "password" | "batch-pin" | "confirmation" | "security-code"; option: string };
  /** Which of the commands it is, counted from 1, and the character at which it goes wrong, likewise; 0: as a whole. */
  ERR_USAGE_APDU: { command: number; at: number; problem: ApduProblem };
  /** A command that may spend or change a PIN, or change the card: never its bytes, which may be a PIN. */
  ERR_USAGE_APDU_REFUSED: { command: number; name: string | null; reason: "secret" | "issuer" | "not-listed" };
  ERR_USAGE_READER: { given: string };
  ERR_USAGE_PLATFORM: { given: string };
  /** No browser reaches a platform inside this process. */
  ERR_USAGE_PLATFORM_EMBEDDED: Record<never, never>;
  /** A server that others can reach would speak without TLS. */
  ERR_USAGE_PLAIN_HTTP: { address: string };
  ERR_USAGE_TIME: { given: string };
  /** Nothing of that name can be explained; what was typed is not repeated, it could be a secret. */
  ERR_USAGE_TOPIC: { near: string[] };
  /** What is wrong with a form's fields and attachments, all of it; `missing` are those that are only not there. */
  ERR_USAGE_FORM: { procedure: string; missing: string[]; findings: { name: string; problem: FormProblem }[] };
  ERR_USAGE_SIM_EXISTS: { name: string };
  ERR_USAGE_SIM_PROFILE: { given: string; profiles: string[] };
  ERR_USAGE_SIM_NAME: { given: string };
  /** `form` is what the value of the key looks like; null: there is no such key. */
  ERR_USAGE_SIM_SETTING: { key: string; form: string | null; keys: string[] };

  // 3: no service, reader or card
  ERR_PCSC_MISSING: { packages: string[]; command: string };
  ERR_PCSC_NATIVE: { reason: string };
  ERR_PCSC_SERVICE: { service: string; command: string };
  ERR_PCSC_ACCESS: { user: string };
  ERR_PCSC_STOPPED: { service: string };
  ERR_PCSC_FAILED: { call: string; code: string };
  ERR_READER_NONE: Record<never, never>;
  ERR_READER_NOT_FOUND: { given: string; readers: string[] };
  ERR_READER_AMBIGUOUS: { given: string; readers: string[] };
  ERR_READER_BUSY: { reader: string; seconds: number };
  ERR_READER_GONE: { reader: string };
  /** A batch names it a second time; `line` is the first one. */
  ERR_READER_REPEATED: { reader: string; line: number };
  ERR_READER_LISTEN: { address: string; reason: string };
  /** No virtual reader takes the card that is to be inserted. */
  ERR_READER_UNREACHABLE: { address: string; reason: string };
  ERR_CARD_ABSENT: { reader: string };

  // 4: the card
  ERR_CARD_KIND: { kind: string; name: string };
  ERR_CARD_MUTE: { reader: string };
  ERR_CARD_REMOVED: { reader: string };
  ERR_CARD_RESET: { reader: string };
  ERR_CARD_TIMEOUT: { reader: string; seconds: number };
  ERR_CARD_CHANGED: { reader: string };
  /** Not the card of whoever is logged in. */
  ERR_CARD_OF_ANOTHER: { reader: string };
  /** The card answered what the specification does not allow; `sw` as four hex digits. */
  ERR_CARD_ANSWER: { command: string; sw: string; meaning: { ja: string; en: string } };
  /** The first bytes of the command that the line records, and of the one that was sent. */
  ERR_CARD_REPLAY: { file: string; line: number; problem: ReplayProblem; recorded?: string; sent?: string };
  /** A file of the card is absent (`problem` null) or holds something else than it should; what it holds is never told. */
  ERR_CARD_FILE: { file: string; problem: string | null };

  // 5, 6, 7: PINs
  /** `entry`: it was to be the new PIN, or has the form of a My Number but not its check digit. */
  ERR_PIN_FORMAT: { pin: string; entry?: "new" | "check-digit" };
  ERR_PIN_UNCHANGED: { pin: string };
  ERR_PIN_OBVIOUS: { pin: string; reason: "sequence" | "one-kind" | "birth-date" };
  ERR_PIN_WRONG: { pin: string; triesAfter: number };
  ERR_PIN_LOCKED: { pin: string };
  ERR_PIN_WITHHELD: {
    pin: string;
    /** Of batches. `earlier-run`: an earlier run had it refused, or may have had; `common`: no card accepted that of all cards, and another one has refused it or left it open. */
    reason: "last-try" | "min-tries" | "unreadable" | "earlier-run" | "common";
    tries: number | null;
    minTries: number;
  };

  // 8: certificates; dates as RFC 3339
  ERR_CERT_ABSENT: { kind: string };
  ERR_CERT_EXPIRED: { kind: string; notAfter: string };
  ERR_CERT_NOT_YET_VALID: { kind: string; notBefore: string };
  ERR_CERT_TOO_NEW: { kind: string; notBefore: string; earliest: string };
  ERR_CERT_REVOKED: { kind: string };
  ERR_CERT_UNTRUSTED: { kind: string; issuer: string };
  /** The key may not be used for this: the certificate says what it is for. */
  ERR_CERT_KEY_USAGE: { kind: string; keyUsage: string };
  /** `file`: where it did not come from a card. */
  ERR_CERT_MALFORMED: { kind: string; problem: string; file?: string };
  ERR_CERT_LIST: { file: string; problem: string };
  /** What the OCSP responder sent is no answer. */
  ERR_CERT_RESPONDER: { url: string; problem: string };

  // 9, 10: the platform
  /** `reason` is the platform's own code, `description` its own words, `earliest` when it is worth trying again. */
  ERR_PLATFORM_REFUSED: { reason: string; description: string; earliest?: string };
  ERR_PLATFORM_ANSWER: { url: string; problem: string };
  /** `issuer`: it is an OpenID Connect provider, not a platform. */
  ERR_PLATFORM_SESSION: { platform: string; issuer?: true };
  /** An OpenID Connect provider does not answer as one; `problem` says how. */
  ERR_PLATFORM_ISSUER: { issuer: string; problem: string };
  /** What answers in a provider's name calls itself otherwise. */
  ERR_PLATFORM_ISSUER_OTHER: { issuer: string; found: string };
  /** A provider knows no such client, or does not let it log in like this. */
  ERR_PLATFORM_CLIENT: { issuer: string; client: string };
  /** What a provider offers, none of which is ours. */
  ERR_PLATFORM_GRANTS: { issuer: string; grants: string[] };
  ERR_PLATFORM_LOGIN_DENIED: { issuer: string };
  ERR_PLATFORM_LOGIN_EXPIRED: { issuer: string };
  ERR_PLATFORM_ID_TOKEN: { issuer: string; problem: string };
  ERR_NETWORK_UNREACHABLE: { url: string; reason: string };
  ERR_NETWORK_TIMEOUT: { url: string; seconds: number };
  ERR_NETWORK_TLS: { url: string; reason: string };
  /** `option`: the one that chooses another port. */
  ERR_NETWORK_LISTEN: { address: string; reason: string; option: "--port" | "--metrics-port" };

  // 11: files and state
  ERR_IO_READ: { path: string; reason: string };
  ERR_IO_WRITE: { path: string; reason: string };
  /** It is there already, and nobody said that it may be replaced. `option`: which names the file; left out: --output. */
  ERR_IO_EXISTS: { path: string; option?: OutputOption };
  /** `batch`: it is the journal of a batch. */
  ERR_IO_STATE_CORRUPT: { path: string; problem: string; batch?: true };
  ERR_IO_STATE_BUSY: { path: string; seconds: number };
  ERR_IO_PIN_FILE_MODE: { path: string; mode: string };
  /** The same for a security code. */
  ERR_IO_CODE_FILE_MODE: { path: string; mode: string };
  /** The same for a private key. */
  ERR_IO_KEY_FILE_MODE: { path: string; mode: string };
  /** A certificate or private key that cannot be served with. */
  ERR_IO_TLS: { path: string; problem: TlsProblem };
  /** A file that was to be a PDF. */
  ERR_IO_PDF: { path: string; problem: string };
  ERR_IO_PDF_REFUSED: { path: string; reason: "encrypted" | "xfa" | "certified" };
  ERR_IO_TRACE: { file: string; line: number; problem: DialogueProblem };
  /** A file of readers; `line` counts from 1, 0: as a whole. */
  ERR_IO_BATCH: { file: string; line: number; problem: BatchProblem };
  /** `problem` where it was opened and is none of a sandbox. */
  ERR_IO_DATABASE: { database: string; reason: string; problem?: DatabaseProblem };
  /** A platform was to move into it, and it has one already. */
  ERR_IO_DATABASE_USED: { database: string };
  /** A file that a platform was to come from; `line` counts from 1, 0: as a whole. */
  ERR_IO_EXPORT: { file: string; line: number; problem: ExportProblem };

  // 70, 130
  ERR_INTERNAL: { reason: string };
  ERR_CANCELLED: { signal: string };
}

/** What is wrong with a field or an attachment of a form. */
export type FormProblem =
  | "missing"
  /** An attachment that is missing. */
  | "not-attached"
  | "unknown"
  | "malformed"
  | "too-long"
  | "not-a-choice"
  | "too-large"
  | "wrong-type"
  /** The form in the file is of another procedure or version. */
  | "another-form";

/** What is wrong with an option or argument; `allowed` says what would be right. */
export type UsageProblem =
  | "unknown"
  | "missing"
  | "value-missing"
  | "value-not-taken"
  | "not-allowed"
  /** `allowed` is an example. */
  | "malformed"
  /** An address over which others could listen in. */
  | "plain-http"
  | "too-many"
  | "needs-file"
  /** Standard input brings something else already. */
  | "stdin-taken"
  /** Two of a command's files are both standard input. */
  | "stdin-twice"
  /** `allowed` names the forms that go into a file. */
  | "not-in-file"
  /** The output would take the place of the document. */
  | "is-the-input"
  /** `allowed` names those of which one may be given. */
  | "excludes"
  /** `allowed` is the name that is given twice. */
  | "repeated"
  /** The period ends before it begins. */
  | "backwards"
  /** `allowed` is the time that it has to be later than. */
  | "not-later"
  /** `allowed` is the largest number of characters. */
  | "nickname"
  /** Notices by mail, without an address. */
  | "no-address"
  /** `allowed` is the file, which holds no form to apply with. */
  | "not-a-form"
  /** The procedure is applied for at the counter only. */
  | "no-form";

/** What names a file that is written, beside --output. */
export type OutputOption = "--csv" | "--template";

export type ApduProblem = "not-hex" | "half-byte" | "too-short" | "lengths";

/** What is wrong with a line of a batch file, or with the file. */
export type BatchProblem = "not-text" | "control" | "too-long" | "fields" | "empty" | "not-a-file";

/** Why a database is not taken for a sandbox's: it is another program's, or has nothing yet. */
export type DatabaseProblem = "foreign" | "empty";

/**
 * Why a platform cannot come from a file: it is of something else, of a newer or older mynakit, ends too early, is not as
 * it was written, or has an audit log that is not whole.
 */
export type ExportProblem = "not-a-file" | "foreign" | "newer" | "older" | "cut" | "changed" | "audit";

/** Why a line is none of a dialogue with a card. */
export type DialogueProblem =
  | "no-dialogue"
  | "not-bytes"
  | "no-status"
  | "short-command"
  | "empty-atr"
  | "no-command"
  | "malformed-command"
  | "too-long";

/** Why a dialogue cannot be replayed from a line on. */
export type ReplayProblem = DialogueProblem | "other-command" | "session-over" | "concealed";

/** Why a server cannot use a certificate or its key. */
export type TlsProblem =
  | "no-certificate"
  | "no-key"
  | "encrypted"
  | "other-key"
  | "not-yet-valid"
  | "expired"
  /** It names others than the address that clients will ask. */
  | "other-name"
  /** The TLS library does not take it. */
  | "not-usable";

export type ErrorCode = keyof ErrorDetails;

const families: readonly (readonly [prefix: string, exit: number])[] = [
  ["ERR_VERIFY_", 1],
  ["ERR_USAGE_", 2],
  ["ERR_PCSC_", 3],
  ["ERR_READER_", 3],
  ["ERR_CARD_ABSENT", 3],
  ["ERR_CARD_", 4],
  ["ERR_PIN_WRONG", 5],
  ["ERR_PIN_FORMAT", 5],
  ["ERR_PIN_UNCHANGED", 5],
  ["ERR_PIN_OBVIOUS", 5],
  ["ERR_PIN_LOCKED", 6],
  ["ERR_PIN_WITHHELD", 7],
  ["ERR_CERT_", 8],
  ["ERR_PLATFORM_", 9],
  ["ERR_NETWORK_", 10],
  ["ERR_IO_", 11],
  ["ERR_INTERNAL", 70],
  ["ERR_CANCELLED", 130],
];

/** The exit code of an error code, by its family. */
export function exitCodeOf(code: ErrorCode): number {
  const family = families.find(([prefix]) => code.startsWith(prefix));
  if (!family) throw new TypeError(`no exit code for ${code}`);
  return family[1];
}

const retryable: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  "ERR_PCSC_STOPPED",
  "ERR_READER_BUSY",
  "ERR_READER_GONE",
  "ERR_READER_UNREACHABLE",
  "ERR_CARD_ABSENT",
  "ERR_CARD_MUTE",
  "ERR_CARD_REMOVED",
  "ERR_CARD_RESET",
  "ERR_CARD_TIMEOUT",
  "ERR_CARD_CHANGED",
  "ERR_CERT_NOT_YET_VALID",
  "ERR_CERT_TOO_NEW",
  "ERR_NETWORK_UNREACHABLE",
  "ERR_NETWORK_TIMEOUT",
  "ERR_IO_STATE_BUSY",
]);

/** Refusals that are over after a while, and do not depend on what was asked for. */
const passing: ReadonlySet<string> = new Set(["platform-closed", "unavailable", "rate-limited", "throttled"]);

/** What a line is that brings a secret. */
export type SecretLine = "pin" | "new-pin" | "sign-pin" | "password" | "new-password" | "security-code";

/** What happened to a PIN on the way to an outcome: part of every result and error that could touch one. */
export interface PinReport {
  /** True as soon as a VERIFY with the PIN may have reached the card. */
  readonly pinSent: boolean;
  /** The counter before, inside the hold; null: not read. */
  readonly triesBefore: number | null;
  /** The counter after; null: not known. Equal to `triesBefore` where nothing was sent. */
  readonly triesAfter: number | null;
  /** Only where it was to be changed: whether it was; null: a change was sent, and the card did not say. */
  readonly changed?: boolean | null;
}

export const noPinTouched: PinReport = { pinSent: false, triesBefore: null, triesAfter: null };

/** The steps of a reservation, as the preparation software names them. */
export const issueSteps = ["environment", "card", "device", "pin", "display", "issue"] as const;
export type IssueStep = (typeof issueSteps)[number];

/** What has to go well, one after the other, until a platform can be used. */
export type ReachStep = "resolve" | "connect" | "tls" | "answer" | "open";

/** The one error type of mynakit. Anything else that reaches `main` is a bug and becomes ERR_INTERNAL. */
export class MynakitError<C extends ErrorCode = ErrorCode> extends Error {
  override readonly name = "MynakitError";
  readonly code: C;
  readonly details: ErrorDetails[C];
  readonly pin: PinReport;
  /** Of a reservation, or of reaching a platform: the step that failed. */
  readonly step: IssueStep | ReachStep | undefined;

  constructor(
    code: C,
    details: ErrorDetails[C],
    options: { cause?: unknown; pin?: PinReport; step?: IssueStep | ReachStep } = {},
  ) {
    super(code, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.details = details;
    this.pin = options.pin ?? noPinTouched;
    this.step = options.step;
  }

  get exit(): number {
    return exitCodeOf(this.code);
  }

  get retryable(): boolean {
    if (isError(this, "ERR_PLATFORM_REFUSED")) return passing.has(this.details.reason);
    return retryable.has(this.code);
  }

  /** The same error, saying what had happened to the PIN by then. */
  withPin(pin: PinReport): MynakitError<C> {
    return new MynakitError(this.code, this.details, { cause: this.cause, pin, ...(this.step && { step: this.step }) });
  }

  /** The same error, saying at which step it happened. */
  atStep(step: IssueStep | ReachStep): MynakitError<C> {
    return new MynakitError(this.code, this.details, { cause: this.cause, pin: this.pin, step });
  }
}

/** Narrows an unknown thrown value to an error of the given code. */
export function isError<C extends ErrorCode>(value: unknown, code: C): value is MynakitError<C> {
  return value instanceof MynakitError && value.code === code;
}
