import type { Warning, WarningCode, WarningDetails } from "../../commands/command.ts";
import { type ErrorCode, type ErrorDetails, MynakitError } from "../../errors.ts";
import { platformRefusals } from "./en/refusals.ts";

/** At least one set of details for each code, one for each thing that its words can say. A code without does not compile. */
type Samples<Details> = { readonly [C in keyof Details]: readonly [Details[C], ...Details[C][]] };

const reader = "ACS ACR39U ICC Reader 00 00";
const otherReader = "Sony FeliCa Port/PaSoRi 4.0 00 00";
const readers = [reader, otherReader];
const platform = "https://platform.example";
const time = "2030-04-12T14:59:59Z";

const errorSamples: Samples<ErrorDetails> = {
  ERR_VERIFY_MALFORMED: [
    { file: "/home/taro/report.p7s", format: "cms", problem: "DER 30 …" },
    { file: "/home/taro/report.jws", format: "jws", problem: "x5c" },
    { file: "/home/taro/receipt.json", format: "receipt", problem: "it is no receipt" },
  ],
  ERR_VERIFY_UNSIGNED: [{ file: "/home/taro/report.pdf" }],

  ERR_USAGE_COMMAND: [
    { given: "" },
    { given: "crad", suggestion: "card status" },
    { given: "frobnicate" },
    { given: "portal", verbs: ["login", "approve", "whoami", "sessions", "logout"] },
  ],
  ERR_USAGE_OPTION: [
    { option: "--colour", problem: "unknown" },
    { option: "--port", problem: "value-missing" },
    { option: "--lang", problem: "not-allowed", allowed: "ja, en" },
    { option: "--format", problem: "needs-file" },
    { option: "--pin-stdin", problem: "stdin-taken" },
    { option: "--digest", problem: "excludes", allowed: "--digest, FILE" },
    { option: "--set", problem: "repeated", allowed: "phone" },
    { option: "--period", problem: "backwards" },
    { option: "--until", problem: "not-later", allowed: "2026-11-22T18:00:00Z" },
    { option: "--nickname", problem: "nickname", allowed: "20" },
    { option: "--notify", problem: "no-address" },
    { option: "--template", problem: "no-form" },
    { option: "--form", problem: "not-a-form", allowed: "form.json" },
  ],
  ERR_USAGE_ARGUMENT: [
    { argument: "name", problem: "missing" },
    { argument: "kind", problem: "not-allowed", allowed: "auth, sign, auth-ca, sign-ca" },
    { argument: "…", problem: "too-many" },
    { argument: "id", problem: "unknown", allowed: "mynakit portal procedures search" },
  ],
  ERR_USAGE_PIN_ON_ARGV: [{ option: "--pin" }],
  ERR_USAGE_PIN_SOURCES: [{ options: ["--pin-stdin", "--pin-file"] }],
  ERR_USAGE_PIN_EMPTY: [
    { option: "--pin-stdin", line: 1, what: "pin" },
    { option: "--pin-stdin", line: 2, what: "new-pin" },
    { option: "--pin-stdin", line: 1, what: "password" },
    { option: "--pin-stdin", line: 2, what: "new-password" },
  ],
  ERR_USAGE_INPUT_NEEDED: [
    { what: "pin", option: "--pin-stdin" },
    { what: "password", option: "--pin-stdin" },
    { what: "batch-pin", option: "--pin-stdin" },
    { what: "confirmation", option: "--yes" },
    { what: "security-code", option: "--code-file" },
  ],
  ERR_USAGE_APDU: [
    { command: 1, at: 5, problem: "not-hex" },
    { command: 2, at: 21, problem: "half-byte" },
    { command: 1, at: 0, problem: "too-short" },
    { command: 1, at: 0, problem: "lengths" },
  ],
  ERR_USAGE_APDU_REFUSED: [
    { command: 1, name: "VERIFY", reason: "secret" },
    { command: 1, name: "PUT DATA", reason: "issuer" },
    { command: 2, name: "READ BINARY", reason: "not-listed" },
    { command: 2, name: null, reason: "not-listed" },
  ],
  ERR_USAGE_READER: [{ given: "sim:" }],
  ERR_USAGE_PLATFORM: [{ given: "ftp://platform.example" }],
  ERR_USAGE_PLATFORM_EMBEDDED: [{}],
  ERR_USAGE_PLAIN_HTTP: [{ address: "192.0.2.1:8443" }],
  ERR_USAGE_TIME: [{ given: "yesterday" }],
  ERR_USAGE_TOPIC: [{ near: ["MKEC101E", "MKEC102E"] }, { near: [] }],
  ERR_USAGE_FORM: [
    {
      procedure: "131105-benefit",
      missing: ["phone"],
      findings: [
        { name: "phone", problem: "missing" },
        { name: "bankCode", problem: "malformed" },
        { name: "account", problem: "too-large" },
      ],
    },
  ],
  ERR_USAGE_SIM_EXISTS: [{ name: "taro" }],
  ERR_USAGE_SIM_PROFILE: [{ given: "golden", profiles: ["standard", "auth-last-try", "expired"] }],
  ERR_USAGE_SIM_NAME: [{ given: "Taro's card" }],
  ERR_USAGE_SIM_SETTING: [
    { key: "auth.remaining", form: "0..3", keys: ["auth.remaining", "removeAfter"] },
    { key: "auth.left", form: null, keys: ["auth.remaining", "removeAfter"] },
  ],

  ERR_PCSC_MISSING: [{ packages: ["libpcsclite-dev", "pcscd"], command: "sudo apt-get install libpcsclite-dev pcscd" }],
  ERR_PCSC_NATIVE: [{ reason: "NODE_MODULE_VERSION 115" }],
  ERR_PCSC_SERVICE: [{ service: "pcscd", command: "sudo systemctl start pcscd.socket" }],
  ERR_PCSC_ACCESS: [{ user: "taro" }],
  ERR_PCSC_STOPPED: [{ service: "pcscd" }],
  ERR_PCSC_FAILED: [{ call: "SCardConnect", code: "0x8010002F" }],
  ERR_READER_NONE: [{}],
  ERR_READER_NOT_FOUND: [
    { given: "Gemalto", readers },
    { given: "Gemalto", readers: [] },
  ],
  ERR_READER_AMBIGUOUS: [
    { given: "00", readers },
    { given: "", readers },
  ],
  ERR_READER_BUSY: [{ reader, seconds: 10 }],
  ERR_READER_GONE: [{ reader }],
  ERR_READER_REPEATED: [{ reader, line: 3 }],
  ERR_READER_LISTEN: [{ address: "127.0.0.1:35963", reason: "EADDRINUSE" }],
  ERR_READER_UNREACHABLE: [{ address: "127.0.0.1:35963", reason: "ECONNREFUSED" }],
  ERR_CARD_ABSENT: [{ reader }],

  ERR_CARD_KIND: [
    { kind: "suica", name: "Suica" },
    { kind: "smartphone-jpki", name: "JPKI certificates on a smartphone" },
  ],
  ERR_CARD_MUTE: [{ reader }],
  ERR_CARD_REMOVED: [{ reader }],
  ERR_CARD_RESET: [{ reader }],
  ERR_CARD_TIMEOUT: [{ reader, seconds: 30 }],
  ERR_CARD_CHANGED: [{ reader }],
  ERR_CARD_OF_ANOTHER: [{ reader }],
  ERR_CARD_ANSWER: [
    { command: "READ BINARY", sw: "6F00", meaning: { ja: "詳細不明のエラー", en: "no precise diagnosis" } },
    { command: "READ BINARY", sw: "6F12", meaning: { ja: "", en: "" } },
  ],
  ERR_CARD_REPLAY: [
    { file: "dialogue.txt", line: 12, problem: "other-command", recorded: "00B08600", sent: "00A4040C" },
    { file: "dialogue.txt", line: 12, problem: "session-over", sent: "00A4040C" },
    { file: "dialogue.txt", line: 13, problem: "concealed" },
    { file: "dialogue.txt", line: 14, problem: "not-bytes" },
  ],
  ERR_CARD_FILE: [
    { file: "attributes", problem: "its table of offsets does not fit its content" },
    { file: "serial", problem: null },
  ],

  ERR_PIN_FORMAT: [
    { pin: "auth" },
    { pin: "sign" },
    { pin: "auth", entry: "new" },
    { pin: "visual-a", entry: "check-digit" },
  ],
  ERR_PIN_UNCHANGED: [{ pin: "auth" }],
  ERR_PIN_OBVIOUS: [
    { pin: "auth", reason: "sequence" },
    { pin: "sign", reason: "one-kind" },
    { pin: "text", reason: "birth-date" },
  ],
  ERR_PIN_WRONG: [
    { pin: "auth", triesAfter: 2 },
    { pin: "auth", triesAfter: 1 },
    { pin: "visual-b", triesAfter: 9 },
  ],
  ERR_PIN_LOCKED: [{ pin: "auth" }, { pin: "sign" }, { pin: "text" }],
  ERR_PIN_WITHHELD: [
    { pin: "auth", reason: "last-try", tries: 1, minTries: 2 },
    { pin: "auth", reason: "earlier-run", tries: 2, minTries: 0 },
    { pin: "auth", reason: "common", tries: 3, minTries: 0 },
    { pin: "auth", reason: "min-tries", tries: 2, minTries: 3 },
    { pin: "auth", reason: "unreadable", tries: null, minTries: 2 },
  ],

  ERR_CERT_ABSENT: [{ kind: "sign" }],
  ERR_CERT_EXPIRED: [{ kind: "auth", notAfter: time }],
  ERR_CERT_NOT_YET_VALID: [{ kind: "auth", notBefore: time }],
  ERR_CERT_TOO_NEW: [{ kind: "auth", notBefore: time, earliest: "2030-04-13T14:59:59Z" }],
  ERR_CERT_REVOKED: [{ kind: "auth" }],
  ERR_CERT_UNTRUSTED: [{ kind: "auth", issuer: "OU=JPKI for user authentication,O=JPKI,C=JP" }],
  ERR_CERT_KEY_USAGE: [{ kind: "sign", keyUsage: "keyAgreement" }],
  ERR_CERT_MALFORMED: [
    { kind: "auth", problem: "DER 30 …" },
    { kind: "auth", problem: "DER 30 …", file: "/home/taro/auth.pem" },
  ],
  ERR_CERT_LIST: [{ file: "/home/taro/list.crl", problem: "DER 30 …" }],
  ERR_CERT_RESPONDER: [{ url: "http://ocsp.example/", problem: "HTTP 404" }],

  ERR_PLATFORM_REFUSED: [
    { reason: "invalid_grant", description: "assertion expired" },
    { reason: "invalid_grant", description: "" },
    ...Object.keys(platformRefusals).map((reason) => ({ reason, description: "", earliest: time })),
  ],
  ERR_PLATFORM_ANSWER: [{ url: platform, problem: "text/html" }],
  ERR_PLATFORM_SESSION: [{ platform }, { platform: "https://login.example", issuer: true }],
  ERR_PLATFORM_ISSUER: [{ issuer: "https://login.example", problem: "HTTP 200, text/html" }],
  ERR_PLATFORM_ISSUER_OTHER: [{ issuer: "https://login.example", found: "https://other.example" }],
  ERR_PLATFORM_CLIENT: [{ issuer: "https://login.example", client: "mynakit" }],
  ERR_PLATFORM_GRANTS: [{ issuer: "https://login.example", grants: ["client_credentials"] }],
  ERR_PLATFORM_LOGIN_DENIED: [{ issuer: "https://login.example" }],
  ERR_PLATFORM_LOGIN_EXPIRED: [{ issuer: "https://login.example" }],
  ERR_PLATFORM_ID_TOKEN: [{ issuer: "https://login.example", problem: "JWT signature verification failed" }],
  ERR_NETWORK_UNREACHABLE: [{ url: platform, reason: "ECONNREFUSED" }],
  ERR_NETWORK_TIMEOUT: [{ url: platform, seconds: 30 }],
  ERR_NETWORK_TLS: [
    { url: platform, reason: "ERR_SSL_WRONG_VERSION_NUMBER" },
    { url: platform, reason: "CERT_HAS_EXPIRED" },
    { url: platform, reason: "UNABLE_TO_VERIFY_LEAF_SIGNATURE" },
  ],
  ERR_NETWORK_LISTEN: [{ address: "127.0.0.1:8443", reason: "EADDRINUSE", option: "--port" }],

  ERR_IO_READ: [{ path: "/home/taro/pin", reason: "ENOENT" }],
  ERR_IO_WRITE: [{ path: "/home/taro/auth.pem", reason: "ENOSPC" }],
  ERR_IO_EXISTS: [{ path: "/home/taro/report.p7s" }, { path: "/home/taro/tax.csv", option: "--csv" }],
  ERR_IO_STATE_CORRUPT: [
    { path: "/home/taro/.local/state/mynakit/sim/standard.json", problem: "JSON" },
    { path: "/home/taro/.local/state/mynakit/batches/cards.txt.0.ndjson", problem: "line 3: JSON", batch: true },
  ],
  ERR_IO_STATE_BUSY: [{ path: "/home/taro/.local/state/mynakit/sim/standard.json", seconds: 10 }],
  ERR_IO_PIN_FILE_MODE: [{ path: "/home/taro/pin", mode: "644" }],
  ERR_IO_CODE_FILE_MODE: [{ path: "/home/taro/code", mode: "644" }],
  ERR_IO_KEY_FILE_MODE: [{ path: "/home/taro/server.key", mode: "644" }],
  ERR_IO_TLS: [
    { path: "/home/taro/server.pem", problem: "no-certificate" },
    { path: "/home/taro/server.key", problem: "no-key" },
    { path: "/home/taro/server.key", problem: "encrypted" },
    { path: "/home/taro/server.key", problem: "other-key" },
    { path: "/home/taro/server.pem", problem: "not-yet-valid" },
    { path: "/home/taro/server.pem", problem: "expired" },
    { path: "/home/taro/server.pem", problem: "other-name" },
    { path: "/home/taro/server.pem", problem: "not-usable" },
  ],
  ERR_IO_PDF: [{ path: "/home/taro/report.pdf", problem: "the end is missing" }],
  ERR_IO_PDF_REFUSED: [
    { path: "/home/taro/report.pdf", reason: "encrypted" },
    { path: "/home/taro/report.pdf", reason: "xfa" },
    { path: "/home/taro/report.pdf", reason: "certified" },
  ],
  ERR_IO_TRACE: [
    { file: "dialogue.txt", line: 1, problem: "no-dialogue" },
    { file: "dialogue.txt", line: 14, problem: "not-bytes" },
    { file: "dialogue.txt", line: 14, problem: "no-status" },
    { file: "dialogue.txt", line: 14, problem: "short-command" },
    { file: "dialogue.txt", line: 14, problem: "empty-atr" },
    { file: "dialogue.txt", line: 14, problem: "no-command" },
    { file: "dialogue.txt", line: 14, problem: "too-long" },
  ],
  ERR_IO_BATCH: [
    { file: "/home/taro/cards.txt", line: 3, problem: "not-text" },
    { file: "/home/taro/cards.txt", line: 3, problem: "control" },
    { file: "/home/taro/cards.txt", line: 3, problem: "too-long" },
    { file: "/home/taro/cards.txt", line: 3, problem: "fields" },
    { file: "/home/taro/cards.txt", line: 0, problem: "empty" },
    { file: "/home/taro/cards.txt", line: 0, problem: "not-a-file" },
  ],
  ERR_IO_DATABASE: [
    { database: "sandbox.db", reason: "SQLITE_FULL" },
    { database: "cookies.db", reason: "no table schema_migration", problem: "foreign" },
    { database: "empty.db", reason: "no table schema_migration", problem: "empty" },
  ],
  ERR_IO_DATABASE_USED: [{ database: "sandbox.db" }],
  ERR_IO_EXPORT: [
    { file: "platform.ndjson", line: 0, problem: "not-a-file" },
    { file: "platform.ndjson", line: 1, problem: "foreign" },
    { file: "platform.ndjson", line: 1, problem: "newer" },
    { file: "platform.ndjson", line: 1, problem: "older" },
    { file: "platform.ndjson", line: 14, problem: "cut" },
    { file: "platform.ndjson", line: 14, problem: "changed" },
    { file: "platform.ndjson", line: 0, problem: "audit" },
  ],

  ERR_INTERNAL: [{ reason: "…" }],
  ERR_CANCELLED: [{ signal: "SIGINT" }, { signal: "declined" }],
};

const warningSamples: Samples<WarningDetails> = {
  WARN_PCSC_UNAVAILABLE: [{ code: "ERR_PCSC_SERVICE", reason: "…" }],
  WARN_SIM_UNREADABLE: [{ reader: "sim:taro", code: "ERR_IO_STATE_CORRUPT", reason: "…" }],
  WARN_TIME_IGNORED: [{ value: "2026-04-01T09:00:00+09:00" }],
  WARN_PIN_LOW: [{ pin: "auth", tries: 2 }],
  WARN_CERT_EXPIRES: [{ kind: "auth", notAfter: time }],
  WARN_CERT_PROFILE: [{ kind: "auth", problems: "keyUsage" }],
  WARN_CERT_OF_OTHERS: [{}],
  WARN_NUMBER_OF_OTHERS: [{}],
  WARN_SIGN_DISCLOSES: [{}],
  WARN_SIGN_AUTHENTICATION: [{}],
  WARN_SIGNATURE_SIMULATED: [{}],
  WARN_CERT_SOURCES_DIFFER: [{ crl: "good", ocsp: "revoked" }],
  WARN_APDU_MY_NUMBER: [{ answers: 1 }],
  WARN_LOGOUT_OFFLINE: [{ url: platform }],
  WARN_LOGOUT_NOT_OFFERED: [{ url: "https://login.example" }],
  WARN_NOT_REGISTERED: [{}],
  WARN_CLOCK_DIFFERS: [{ seconds: 95 }],
  WARN_CSV_PENDING: [{ topic: "tax" }],
};

/** Each sample of a code as the error that a command would throw. */
export const sampleErrors = (code: ErrorCode): MynakitError[] =>
  errorSamples[code].map((details) => new MynakitError(code, details));

/** Each sample of a code as the warning that a command would give. */
export const sampleWarnings = (code: WarningCode): Warning[] =>
  warningSamples[code].map((details) => ({ code, details }) as Warning);

export const errorCodes = Object.keys(errorSamples) as ErrorCode[];
export const warningCodes = Object.keys(warningSamples) as WarningCode[];
