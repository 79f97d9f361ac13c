import * as v from "valibot";
import { applicationNames, hashNames, pinIds } from "../jpki/applications.ts";
import { termNames } from "../mykey/points/programmes.ts";
import { pointsSteps, reportKinds } from "../mykey/points/wire.ts";
import { exchangeGrounds, exchangeParties } from "../portal/wire/exchanges.ts";
import { informationItems, informationTopics, informationUnits } from "../portal/wire/information.ts";
import { linkServices } from "../portal/wire/links.ts";
import { noticeKinds } from "../portal/wire/notices.ts";
import { demandKinds, paymentMeans } from "../portal/wire/payments.ts";
import { proceduresSchemas } from "./procedures-schemas.ts";

/**
 * The `data` of every command's JSON document. Types are inferred from here, `docs/schemas` is generated from here,
 * and tests check real output against it. Scripts rely on these names: they are only ever added to.
 */

const time = v.pipe(v.string(), v.isoTimestamp());
const hex = v.pipe(v.string(), v.regex(/^([0-9A-F]{2})+$/));
const count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** Part of every result that could touch a PIN. */
const pinReport = { pinSent: v.boolean(), triesBefore: v.nullable(count), triesAfter: v.nullable(count) };

const pin = v.object({
  id: v.picklist(pinIds),
  name: v.string(),
  remaining: v.nullable(count),
  max: v.nullable(count),
  state: v.picklist(["ok", "low", "last-try", "locked", "verified", "unknown", "absent"]),
});

const holderPin = { reader: v.string(), id: v.picklist(["auth", "sign", "text"]), name: v.string() };

const certificateState = v.picklist(["valid", "expired", "not-yet-valid", "unreadable", "malformed", "absent"]);

const usable = v.object({ ok: v.boolean(), reason: v.nullable(v.string()) });

const platform = v.object({ url: v.string(), sandbox: v.boolean() });

const distinguishedName = v.string();

/** Positions of substitute characters count from 1. */
const holder = v.object({
  name: v.nullable(v.string()),
  nameSubstitutes: v.array(count),
  address: v.nullable(v.string()),
  addressSubstitutes: v.array(count),
  birthDate: v.nullable(
    v.object({ raw: v.string(), western: v.nullable(v.string()), japanese: v.nullable(v.string()) }),
  ),
  sex: v.nullable(v.picklist(["male", "female", "unknown"])),
});

const certificate = v.object({
  kind: v.picklist(["auth", "sign", "auth-ca", "sign-ca"]),
  subject: distinguishedName,
  issuer: distinguishedName,
  serialNumber: v.string(),
  serialNumberHex: hex,
  notBefore: time,
  notAfter: time,
  state: v.picklist(["valid", "expired", "not-yet-valid"]),
  revocation: v.picklist(["good", "revoked", "not-checked"]),
  keyUsage: v.array(v.string()),
  policies: v.array(v.string()),
  fingerprintSha256: hex,
  holder: v.optional(holder),
  pem: v.string(),
});

/** Why a check went as it did; null: there is nothing to add. */
const checkDetail = v.picklist([
  "expired",
  "not-yet-valid",
  "expires-soon",
  "not-as-jpki",
  "weak-algorithm",
  "unknown-critical-extension",
  "issuer-unknown",
  "issuer-name-differs",
  "key-identifier-differs",
  "issuer-not-ca",
  "issuer-may-not-sign",
  "issuer-expired",
  "issuer-not-yet-valid",
  "named-authority",
  "not-a-named-authority",
  "simulated-authority",
  "authority-of-the-card-only",
  "revoked",
  "list-not-given",
  "list-of-another-issuer",
  "list-signature-wrong",
  "issuer-may-not-sign-lists",
  "list-for-other-certificates",
  "list-not-supported",
  "list-not-yet-valid",
  "list-expired",
  "list-without-end",
  "responder-refused",
  "responder-busy",
  "responder-unauthorized",
  "answer-signature-wrong",
  "responder-not-entitled",
  "answer-not-supported",
  "answer-without-nonce",
  "answer-nonce-differs",
  "answer-about-another-certificate",
  "answer-not-yet-valid",
  "answer-expired",
  "unknown-to-responder",
]);

const checkNames = [
  "validity",
  "expiry-window",
  "key-usage",
  "policy",
  "ca-flag",
  "key-algorithm",
  "chain",
  "trust-anchor",
  "revocation",
] as const;

const check = v.object({
  name: v.picklist(checkNames),
  result: v.picklist(["ok", "failed", "not-checked"]),
  detail: v.nullable(checkDetail),
});

/** A day of the card; null where its digits are no day of the calendar. */
const cardDay = v.object({
  raw: v.pipe(v.string(), v.regex(/^\d{8}$/)),
  western: v.nullable(v.string()),
  japanese: v.nullable(v.string()),
});

const cardPerson = {
  birthDate: cardDay,
  sex: v.picklist(["male", "female", "not-applicable", "other", "unknown"]),
  /** As the card has it. */
  sexCode: v.pipe(v.string(), v.regex(/^\d$/)),
};

/** Whether the card's own records and signatures prove its data. `incomplete`: nothing failed, something was not checked. */
const integrity = {
  verdict: v.picklist(["passed", "incomplete", "failed"]),
  checks: v.array(
    v.object({
      name: v.picklist([
        "check-digit",
        "number-digest",
        "attributes-digest",
        "signature",
        "number-signature",
        "unsigned-fields",
        "cv-certificate",
      ]),
      result: v.picklist(["ok", "failed", "not-checked"]),
      detail: v.nullable(
        v.picklist([
          "check-digit-wrong",
          "digest-differs",
          "signature-wrong",
          "not-read",
          "record-absent",
          "certificate-absent",
          "outside-the-signature",
          "authority-unknown",
          "simulated-authority",
        ]),
      ),
    }),
  ),
};

const revocation = v.object({
  status: v.picklist(["good", "revoked", "not-checked"]),
  at: v.nullable(time),
  reason: v.nullable(v.string()),
});

/** A certificate without anything about its holder. */
const certificateSummary = v.object({
  kind: certificate.entries.kind,
  issuer: distinguishedName,
  serialNumber: v.string(),
  serialNumberHex: hex,
  notBefore: time,
  notAfter: time,
  fingerprintSha256: hex,
});

/** Who signed a certificate, if that is known, and where that authority's certificate comes from. */
const authority = v.nullable(
  v.object({ source: v.picklist(["named", "simulated", "card"]), notAfter: time, fingerprintSha256: hex }),
);

/** Checks of the signature itself, then those of its certificate. */
const signatureCheck = v.object({
  name: v.picklist([
    "signer-certificate",
    "header",
    "algorithms",
    "signed-attributes",
    "content-type",
    "content",
    "signing-certificate",
    "signature",
    "signing-time",
    "form",
    "byte-range",
    "coverage",
    "later-changes",
    ...checkNames,
  ]),
  result: check.entries.result,
  detail: v.nullable(
    v.picklist([
      "certificate-not-found",
      "extension-not-supported",
      "algorithm-not-allowed",
      "algorithms-differ",
      "attributes-absent",
      "attribute-missing",
      "attribute-repeated",
      "attribute-malformed",
      "attributes-not-der",
      "content-type-differs",
      "content-differs",
      "content-missing",
      "another-certificate",
      "not-signed-over",
      "signature-wrong",
      "signature-unfit",
      "time-not-given",
      "time-claimed",
      "signed-before-validity",
      "signed-after-validity",
      "signed-in-the-future",
      "form-not-supported",
      "byte-range-malformed",
      "byte-range-leaves-out",
      "byte-range-beyond-end",
      "byte-range-not-a-revision",
      "contents-malformed",
      "contents-with-more",
      "whole-file",
      "covered-by-a-later-signature",
      "not-covered",
      "signatures-added",
      "changed-after-signing",
      "signature-malformed",
      "several-signers",
      "content-inside",
      ...checkDetail.options,
    ]),
  ),
});

const verdict = v.picklist(["passed", "incomplete", "failed"]);

const signer = v.object({
  verdict,
  /** Null: there is none, or none that can be read. */
  certificate: v.nullable(certificateSummary),
  holder: v.nullable(holder),
  /** Null: one that is not allowed. */
  hash: v.nullable(v.picklist(hashNames)),
  /** When the signer says that it was. There is no time stamp that proves it. */
  claimedTime: v.nullable(time),
  authority,
  revocation,
  checks: v.array(signatureCheck),
});

const verification = v.object({
  file: v.string(),
  /** `failed` is exit code 1; `incomplete`: nothing failed, but something was not checked. */
  verdict,
  /** The time for which it was checked. */
  at: time,
  /** True where the signature does not hold what was signed. */
  detached: v.boolean(),
  /** The file that was held against the signature. */
  content: v.nullable(v.string()),
  signers: v.array(signer),
});

/** A signature of a PDF, and its signer; without one that can be read, nothing is known of the certificate. */
const pdfSignature = v.object({
  ...signer.entries,
  field: v.string(),
  /** SubFilter: the form of the signature. */
  form: v.nullable(v.string()),
  reason: v.nullable(v.string()),
  location: v.nullable(v.string()),
  /** What an author's signature permits afterwards: 1 nothing, 2 forms and signatures, 3 notes too. */
  permission: v.nullable(v.picklist([1, 2, 3])),
  coversFile: v.boolean(),
  /** Null: it is not known what the signature signs. */
  laterChanges: v.nullable(v.picklist(["none", "signatures", "forbidden"])),
});

/** What was signed; `name` and `size` are null where a digest alone was given. */
const document = v.object({
  name: v.nullable(v.string()),
  size: v.nullable(count),
  hash: v.picklist(hashNames),
  digest: hex,
});

const signing = {
  reader: v.string(),
  key: v.picklist(["sign", "auth"]),
  document,
  certificate: certificateSummary,
  /** Where the signature was written to. */
  file: v.optional(v.string()),
  ...pinReport,
};

const mykey = v.object({
  mykeyId: v.pipe(v.string(), v.length(8)),
  furigana: v.string(),
  state: v.picklist(["active", "suspended", "revoked"]),
  reservation: v.object({ state: v.picklist(["reserved", "none"]), at: v.nullable(time) }),
  issuedAt: time,
  platform,
  ...pinReport,
});

/** A day in Japan, `2020-07-01`, or a month of which no day was published. */
const pointsDay = v.pipe(v.string(), v.regex(/^\d{4}-\d{2}(-\d{2})?$/));
const programmeNumber = v.picklist([1, 2]);
const pointsApplication = {
  programme: programmeNumber,
  service: v.string(),
  serviceId: v.string(),
  appliedAt: time,
  countedYen: count,
  points: count,
  mostPoints: count,
  /** True where the reservation behind it was given up: the points are lost. */
  void: v.boolean(),
};
const termValue = v.nullable(v.union([v.string(), count, v.boolean()]));

const explanationKind = v.picklist(["topic", "mykey-code", "portal-code", "mynakit-code"]);

const accountHistory = {
  ids: v.array(
    v.object({
      mykeyId: v.string(),
      furigana: v.string(),
      state: v.picklist(["active", "suspended", "changed", "revoked"]),
      issuedAt: time,
      endedAt: v.nullable(time),
    }),
  ),
  certificates: v.array(
    v.object({
      issuer: distinguishedName,
      serialNumber: v.string(),
      /** From when to when it was the one that the account goes with; null: not yet, still. */
      linkedAt: v.nullable(time),
      unlinkedAt: v.nullable(time),
    }),
  ),
  /** `actor`: person, service, operator or platform. */
  events: v.array(v.object({ at: time, actor: v.string(), action: v.string() })),
};

const profile = v.object({
  email: v.nullable(v.string()),
  notify: v.boolean(),
  /** Six digits of the local public entity code. */
  pointsMunicipality: v.nullable(v.string()),
  platform,
  ...pinReport,
});

const sandboxClock = v.object({
  database: v.string(),
  /** By the platform's clock. */
  time,
  /** Of this computer's clock; negative: behind it. */
  aheadSeconds: v.pipe(v.number(), v.integer()),
  /** What the platform's clock said when it was last moved; null: it never was. */
  movedAt: v.nullable(time),
});

const sandboxClosing = v.object({
  database: v.string(),
  open: v.boolean(),
  /** When it will probably be open again; null: nobody said, or it is. */
  until: v.nullable(time),
});

const sandboxProgrammes = v.object({
  database: v.string(),
  /** In Japan, by the platform's clock. */
  today: v.string(),
  programmes: v.array(
    v.object({
      programme: programmeNumber,
      state: v.picklist(["unknown", "announced", "running", "ended"]),
      from: v.nullable(v.string()),
      until: v.nullable(v.string()),
      /** What is not as it was published, and the day from which it is so. */
      setByOperator: v.array(
        v.object({
          term: v.picklist(termNames),
          value: v.nullable(v.union([v.string(), v.number(), v.boolean()])),
          known: v.string(),
        }),
      ),
    }),
  ),
});

const sandboxMoved = v.object({
  database: v.string(),
  file: v.string(),
  accounts: count,
  auditLines: count,
  /** In all. */
  rows: count,
  /** Over all lines but the last, which has it. */
  sha256: v.string(),
});

const sandboxUser = v.object({
  database: v.string(),
  /** Under the platform's identifier. */
  person: v.string(),
  ...accountHistory,
  /** Whether this command changed anything. */
  changed: v.boolean(),
});

const portalSession = v.object({
  id: v.string(),
  current: v.boolean(),
  way: v.picklist(["card", "password", "device", "code"]),
  client: v.string(),
  /** As the device called itself: nobody checked it. */
  device: v.nullable(v.string()),
  address: v.nullable(v.string()),
  startedAt: time,
  expiresAt: time,
});

const session = v.object({ subject: v.string(), expiresAt: time });

const portalUser = v.object({
  nickname: v.string(),
  email: v.nullable(v.string()),
  notify: v.boolean(),
  registeredAt: time,
  platform,
});

const portalNotice = v.object({
  number: count,
  kind: v.picklist(noticeKinds),
  /** What it is about where the kind does not say it, e.g. the year of a tax return. */
  about: v.nullable(v.string()),
  at: time,
  readAt: v.nullable(time),
});

const simPin = v.object({
  id: v.string(),
  value: v.string(),
  remaining: count,
  max: count,
  verifies: count,
  lastTryBurnt: v.boolean(),
});

const simCard = v.object({ name: v.string(), uri: v.string(), profile: v.string(), createdAt: v.nullable(time) });
/** By the keys that `sim create --set` and `sim expect` take. */
const simFacts = v.record(v.string(), v.string());
const wholeSimCard = v.object({
  ...simCard.entries,
  atr: v.nullable(hex),
  pins: v.array(simPin),
  settings: v.array(v.string()),
  facts: simFacts,
  /** Those of them in which the card is not as a sound one. */
  peculiarities: simFacts,
  /** Each VERIFY that a strict card should not have been sent: of which PIN, and its how manieth. */
  violations: v.array(v.object({ pin: v.string(), verify: count })),
});

/** A command, and what it is about as far as the dialogue before it tells; null: not known, or there is none. */
const apduCommand = v.object({
  /** As it went or was recorded; `**` is a byte that the recording conceals. */
  bytes: v.pipe(v.string(), v.regex(/^([0-9A-F]{2}|\*\*)+$/)),
  name: v.nullable(v.string()),
  application: v.nullable(v.picklist(applicationNames)),
  /** The name by which the application was selected. */
  aid: v.nullable(hex),
  file: v.nullable(hex),
  fileName: v.nullable(v.string()),
  offset: v.nullable(count),
  record: v.nullable(count),
  /** The tag that GET DATA asks for. */
  object: v.nullable(hex),
  dataLength: count,
  /** The greatest number of bytes wanted. */
  expected: v.nullable(count),
  extended: v.boolean(),
});

const apduResponse = {
  sw: hex,
  meaning: v.string(),
  /** Bytes without the status word. */
  length: count,
};

const dataObject = v.object({ depth: count, tag: hex, length: count, value: v.nullable(v.string()) });

export const schemas = {
  "reader list": v.object({
    readers: v.array(
      v.object({
        name: v.string(),
        uri: v.string(),
        backend: v.picklist(["pcsc", "sim", "replay", "vpcd"]),
        card: v.nullable(v.object({ atr: v.nullable(hex), kind: v.string(), name: v.string() })),
      }),
    ),
  }),
  "card status": v.object({
    reader: v.string(),
    atr: hex,
    kind: v.string(),
    name: v.string(),
    token: v.nullable(v.string()),
    applications: v.array(v.object({ name: v.string(), aid: hex, present: v.boolean() })),
    certificates: v.object({
      auth: v.object({ present: v.nullable(v.boolean()), notAfter: v.nullable(time), state: certificateState }),
      sign: v.object({ present: v.nullable(v.boolean()), notAfter: v.nullable(time), state: certificateState }),
    }),
    pins: v.array(pin),
    usableFor: v.object({ login: usable, sign: usable, reservation: usable }),
  }),
  "card info": v.object({
    reader: v.string(),
    openedWith: v.picklist(["text", "text-b"]),
    name: v.string(),
    address: v.string(),
    ...cardPerson,
    ...integrity,
    ...pinReport,
  }),
  "card number": v.object({
    reader: v.string(),
    /** Its last four digits behind `*`, unless all of it was asked for. */
    number: v.pipe(v.string(), v.regex(/^([*]{8}|\d{8})\d{4}$/)),
    revealed: v.boolean(),
    ...integrity,
    ...pinReport,
  }),
  "card face": v.object({
    reader: v.string(),
    openedWith: v.picklist(["visual-a", "visual-b"]),
    ...cardPerson,
    expiry: cardDay,
    images: v.array(
      v.object({
        name: v.picklist(["photo", "name", "address", "security-code", "number"]),
        type: v.picklist(["png", "jp2"]),
        bytes: count,
        /** Where it was written to; null: nowhere. */
        file: v.nullable(v.string()),
        /** Whether a signature of the card covers it: `checks` say if that is right. */
        signed: v.boolean(),
      }),
    ),
    ...integrity,
    ...pinReport,
  }),
  "card serial": v.object({
    reader: v.string(),
    serialNumber: v.pipe(v.string(), v.regex(/^\d{15}$/)),
    manufactureNumber: v.pipe(v.string(), v.regex(/^\d{13}$/)),
    municipality: v.pipe(v.string(), v.regex(/^\d{5}$/)),
    expiry: cardDay,
  }),
  "pin tries": v.object({ reader: v.string(), pins: v.array(pin) }),
  "pin check": v.object({ ...holderPin, ...pinReport }),
  "pin change": v.object({ ...holderPin, ...pinReport, changed: v.literal(true) }),
  "cert show": v.object({
    /** Null: the certificate comes from a file. */
    reader: v.nullable(v.string()),
    certificate,
    /** Where it was written to. */
    file: v.optional(v.string()),
    raw: v.optional(v.string()),
    ...pinReport,
  }),
  "cert check": v.object({
    reader: v.nullable(v.string()),
    /** `incomplete`: nothing failed, but something was not checked. */
    verdict: v.picklist(["passed", "incomplete", "failed"]),
    /** What the checks were made with: the time, and the days that must be left. */
    at: time,
    warnDays: count,
    certificate: certificateSummary,
    /** Whole days until it expires; below 0: it has expired. */
    daysLeft: v.pipe(v.number(), v.integer()),
    authority,
    revocation: v.object({
      ...revocation.entries,
      /** What each source that was given says; empty: none was. */
      sources: v.array(
        v.object({
          method: v.picklist(["crl", "ocsp"]),
          ...revocation.entries,
          /** Why it says nothing. */
          detail: v.nullable(checkDetail),
        }),
      ),
    }),
    checks: v.array(check),
    ...pinReport,
  }),
  "sign raw": v.object({
    ...signing,
    /** How the output is written. */
    format: v.picklist(["binary", "base64"]),
    /** Base64 of the signature, RSASSA-PKCS1-v1_5. */
    signature: v.string(),
  }),
  "sign cms": v.object({
    ...signing,
    detached: v.boolean(),
    signingTime: time,
    format: v.picklist(["der", "pem"]),
    /** Base64 of the output, where it was not written to a file. */
    output: v.optional(v.string()),
  }),
  "sign pdf": v.object({
    ...signing,
    field: v.string(),
    signingTime: time,
    /** In points, from the lower left corner of the page as it is seen. */
    mark: v.nullable(v.object({ page: count, x: v.number(), y: v.number(), width: v.number(), height: v.number() })),
    /** Base64 of the signed file, where it was not written to one. */
    output: v.optional(v.string()),
  }),
  "sign jws": v.object({
    ...signing,
    detached: v.boolean(),
    signingTime: time,
    algorithm: v.picklist(["RS256", "RS384", "RS512"]),
    /** In compact form, where it was not written to a file. */
    jws: v.optional(v.string()),
  }),
  "verify cms": verification,
  "verify pdf": v.object({
    file: v.string(),
    /** As in `verify cms`: of all signatures together. */
    verdict,
    at: time,
    signatures: v.array(pdfSignature),
  }),
  "verify jws": verification,
  "apdu send": v.object({
    reader: v.string(),
    atr: hex,
    exchanges: v.array(
      v.object({
        command: apduCommand,
        /** `masked`: the data holds, or may hold, the My Number. */
        response: v.object({ ...apduResponse, data: v.nullable(v.string()), masked: v.boolean() }),
      }),
    ),
    /** False where the card answered one with an error. */
    succeeded: v.boolean(),
    /** Commands that were not sent because of that. */
    unsent: count,
  }),
  "apdu trace decode": v.object({
    file: v.string(),
    sessions: v.array(
      v.object({
        atr: v.nullable(hex),
        exchanges: v.array(
          v.object({
            line: count,
            command: apduCommand,
            response: v.nullable(
              v.object({
                ...apduResponse,
                content: v.nullable(v.picklist(["public", "personal", "my-number", "unclear"])),
                concealed: v.boolean(),
                milliseconds: v.nullable(count),
                /** With `--verbose`: the data objects of a public answer, each before those inside of it. */
                objects: v.optional(v.array(dataObject)),
              }),
            ),
          }),
        ),
      }),
    ),
    summary: v.object({
      commands: count,
      bytesSent: count,
      bytesReceived: count,
      /** Null: the recording says of no answer how long it took. */
      milliseconds: v.nullable(count),
      /** How many of them conceal data. */
      concealed: v.object({ commands: count, responses: count }),
    }),
  }),
  "mykey issue": v.object({
    ...mykey.entries,
    /** `proposed`: a dry run, nothing was issued. */
    state: v.picklist(["active", "suspended", "revoked", "proposed"]),
    issuedAt: v.nullable(time),
    created: v.boolean(),
    dryRun: v.boolean(),
    /** Those that were passed, in order. */
    steps: v.array(v.picklist(["environment", "card", "device", "pin", "display", "issue"])),
  }),
  /** Of `mykey issue --batch`: a document for each line of the file, with the `error` beside `data` where it failed. */
  "mykey issue batch-line": v.object({
    line: count,
    reader: v.string(),
    /** True where an earlier run had done it. */
    resumed: v.boolean(),
    mykeyId: v.nullable(v.string()),
    furigana: v.nullable(v.string()),
    /** False where the person had the ID before this batch. */
    created: v.boolean(),
    ...pinReport,
  }),
  /** And the last one. */
  "mykey issue batch": v.object({
    file: v.string(),
    lines: count,
    created: count,
    existing: count,
    failed: count,
    /** Of those created or existing: done by an earlier run. */
    resumed: count,
    /** Not begun, because the run was interrupted. */
    left: count,
    /** What was done so far: the next run goes on by it. */
    journal: v.string(),
    platform,
  }),
  "mykey show": mykey,
  "mykey change": v.object({ ...mykey.entries, previous: v.string(), generated: v.boolean() }),
  "mykey revoke": v.object({
    mykeyId: v.string(),
    state: v.literal("revoked"),
    revokedAt: time,
    platform,
    ...pinReport,
  }),
  "mykey report-leak": v.object({
    mykeyId: v.string(),
    state: v.literal("suspended"),
    suspendedAt: time,
    platform,
    ...pinReport,
  }),
  "mykey status": v.object({
    account: v.picklist(["none", "active", "suspended", "revoked"]),
    mykeyId: v.nullable(v.string()),
    reservation: v.object({ state: v.picklist(["reserved", "none"]), at: v.nullable(time) }),
    certificate: v.object({
      serialNumber: v.string(),
      state: v.picklist(["linked", "not-linked", "waiting", "replaced"]),
      usableFrom: time,
    }),
    passwordSet: v.boolean(),
    platform,
    ...pinReport,
  }),
  "mykey history": v.object({ ...accountHistory, platform, ...pinReport }),
  "mykey password": v.object({ changedAt: time, platform, ...pinReport }),
  "mykey page": v.object({ url: v.string(), expiresAt: time, platform, ...pinReport }),
  "mykey profile": profile,
  "mykey notify": profile,
  "mykey points-account": profile,
  "points programmes": v.object({
    asOf: pointsDay,
    programmes: v.array(
      v.object({
        programme: programmeNumber,
        /** By what was known on that day. */
        state: v.picklist(["unknown", "announced", "running", "ended"]),
        from: v.nullable(pointsDay),
        until: v.nullable(pointsDay),
        terms: v.array(
          v.object({
            name: v.picklist(termNames),
            /** What had been published by that day, the latest last; empty: unknown then. */
            statements: v.array(
              v.object({
                /** Null: under consideration. */
                value: termValue,
                known: pointsDay,
                /** `by`: at the latest on that day. */
                dating: v.picklist(["on", "by"]),
                source: v.string(),
                otherwise: v.optional(v.object({ value: termValue, source: v.string() })),
              }),
            ),
          }),
        ),
      }),
    ),
  }),
  "points calc": v.object({
    programme: programmeNumber,
    asOf: pointsDay,
    /** Yen. */
    charges: v.array(count),
    premium: v.object({
      percent: count,
      ofYen: count,
      mostPoints: count,
      points: count,
      chargedYen: count,
      /** What of it counts. */
      countedYen: count,
      remainingYen: count,
      remainingPoints: count,
    }),
    lumpSums: v.array(v.object({ name: v.picklist(["health-insurance", "public-account"]), points: count })),
    points: count,
  }),
  "points status": v.object({
    /** The ID and its reservation are two states: who has an early ID may not have reserved. */
    mykeyId: v.nullable(v.string()),
    reservation: v.object({ state: v.picklist(["reserved", "none"]), at: v.nullable(time) }),
    /** That which takes applications now; null: none does. */
    programme: v.nullable(programmeNumber),
    next: v.picklist(pointsSteps),
    applications: v.array(v.object(pointsApplication)),
    platform,
    ...pinReport,
  }),
  "points apply": v.object({ ...pointsApplication, created: v.boolean(), platform, ...pinReport }),
  "points history": v.object({
    events: v.array(
      v.object({
        at: time,
        kind: v.picklist(["application", ...reportKinds]),
        programme: programmeNumber,
        service: v.string(),
        yen: count,
        points: count,
      }),
    ),
    platform,
    ...pinReport,
  }),
  "portal login": v.object({ method: v.picklist(["reader", "qr"]), session, platform, ...pinReport }),
  /** `device` is who asked; its `name` nobody checked. A null `address` is this computer's. */
  "portal approve": v.object({
    decision: v.picklist(["approved", "denied"]),
    userCode: v.string(),
    device: v.object({
      name: v.nullable(v.string()),
      client: v.string(),
      address: v.nullable(v.string()),
      requestedAt: time,
    }),
    platform,
    ...pinReport,
  }),
  ...proceduresSchemas,
  "portal whoami": v.object({
    session,
    certificate: v.object({
      issuer: distinguishedName,
      serialNumber: v.string(),
      revocation: v.picklist(["good", "revoked", "not-checked"]),
    }),
    platform,
  }),
  /** `ended` are the identifiers of those that `--end` has ended; a null `address` is this computer's. */
  "portal sessions": v.object({ sessions: v.array(portalSession), ended: v.array(v.string()), platform }),
  "portal logout": v.object({
    /** `sandbox` is null where the platform could not be asked. */
    loggedOut: v.boolean(),
    /** How many sessions the platform has ended. */
    ended: count,
    platform: v.object({ url: v.string(), sandbox: v.nullable(v.boolean()) }),
  }),
  "portal register": portalUser,
  "portal profile": portalUser,
  /** The newest first. */
  "portal notices": v.object({ notices: v.array(portalNotice), platform }),
  /** A line of `--watch`. */
  "portal notices notice": portalNotice,
  "portal info": v.object({
    /** The question that was asked; without a topic all, the newest first. */
    requests: v.array(
      v.object({
        number: count,
        topic: v.picklist(informationTopics),
        from: v.nullable(v.string()),
        until: v.nullable(v.string()),
        state: v.picklist(["requested", "answered"]),
        requestedAt: time,
        /** Lies ahead where the state is `requested`. */
        answeredAt: time,
      }),
    ),
    /** Of a synthetic person, never the holder's; null: not answered yet, or not asked for. */
    records: v.nullable(
      v.array(
        v.object({
          day: v.string(),
          member: v.string(),
          item: v.picklist(informationItems),
          amount: v.nullable(v.number()),
          unit: v.nullable(v.picklist(informationUnits)),
        }),
      ),
    ),
    /** Where `--csv` put the table; null: nowhere. */
    csv: v.nullable(v.union([v.object({ file: v.string() }), v.object({ content: v.string() })])),
    platform,
  }),
  /** The newest first. */
  "portal exchanges": v.object({
    exchanges: v.array(
      v.object({
        at: time,
        requester: v.picklist(exchangeParties),
        provider: v.picklist(exchangeParties),
        topic: v.picklist(informationTopics),
        ground: v.picklist(exchangeGrounds),
        outcome: v.picklist(["provided", "refused"]),
      }),
    ),
    platform,
  }),
  "portal links": v.object({
    links: v.array(
      v.object({
        service: v.picklist(linkServices),
        gets: v.array(v.picklist(informationTopics)),
        /** Under which the person is known there, and nowhere else. */
        identifier: v.nullable(v.string()),
        linkedAt: v.nullable(time),
      }),
    ),
    changed: v.nullable(v.picklist(["connect", "remove"])),
    platform,
  }),
  /** What is due first, first; the one that was paid. No money moves. */
  "portal pay": v.object({
    demands: v.array(
      v.object({
        id: v.string(),
        kind: v.picklist(demandKinds),
        year: count,
        term: count,
        yen: count,
        due: v.string(),
        paid: v.nullable(v.object({ receipt: v.string(), means: v.picklist(paymentMeans), at: time })),
      }),
    ),
    platform,
  }),
  /** `profile` is null where the card's file cannot be read. */
  "sim list": v.object({ cards: v.array(v.object({ ...simCard.entries, profile: v.nullable(v.string()) })) }),
  "sim create": wholeSimCard,
  "sim show": wholeSimCard,
  "sim expect": v.object({
    name: v.string(),
    met: v.boolean(),
    findings: v.array(v.object({ key: v.string(), expected: v.string(), actual: v.string(), met: v.boolean() })),
  }),
  "sim log": v.object({ name: v.string(), cleared: v.boolean(), lines: v.array(v.string()) }),
  "sim reset": wholeSimCard,
  "sim renew": wholeSimCard,
  "sim reissue": wholeSimCard,
  "sim move": wholeSimCard,
  "sim delete": v.object({ name: v.string(), deleted: v.boolean() }),
  "sim profiles": v.object({
    profiles: v.array(
      v.object({
        name: v.string(),
        group: v.picklist(["people", "pins", "certificates", "phones", "other-cards", "faults"]),
        description: v.string(),
        pins: v.array(v.object({ id: v.string(), value: v.string(), remaining: count, max: count })),
      }),
    ),
  }),
  "sim insert": v.object({ name: v.string(), address: v.string() }),
  "sandbox start": v.object({
    url: v.string(),
    database: v.string(),
    listening: v.string(),
    metrics: v.nullable(v.string()),
  }),
  "sandbox user show": sandboxUser,
  "sandbox user suspend": sandboxUser,
  "sandbox user lift": sandboxUser,
  "sandbox audit verify": v.object({
    database: v.string(),
    whole: v.boolean(),
    /** In order, from the first. */
    lines: count,
    /** Of the last line in order; null: there is none. */
    hash: v.nullable(v.string()),
    problem: v.nullable(
      v.object({
        kind: v.picklist(["line-missing", "line-changed", "end-missing", "line-added", "anchor-changed"]),
        /** Counts from 1. */
        sequence: count,
      }),
    ),
  }),
  "sandbox clock show": sandboxClock,
  "sandbox clock set": sandboxClock,
  "sandbox clock advance": sandboxClock,
  "sandbox clock reset": sandboxClock,
  "sandbox capacity": v.object({
    database: v.string(),
    /** How many persons can reserve, have, and still can: 0 where the limit was set below what is taken. */
    limit: count,
    taken: count,
    left: count,
    /** False: the limit is the published one. */
    setByOperator: v.boolean(),
  }),
  "sandbox close": sandboxClosing,
  "sandbox open": sandboxClosing,
  "sandbox programme list": sandboxProgrammes,
  "sandbox programme show": sandboxProgrammes,
  "sandbox programme open": sandboxProgrammes,
  "sandbox programme close": sandboxProgrammes,
  "sandbox programme set": sandboxProgrammes,
  "sandbox programme reset": sandboxProgrammes,
  "sandbox service add": v.object({
    database: v.string(),
    service: v.string(),
    /** For the service's reports; shown this once. */
    token: v.string(),
  }),
  "sandbox service account": v.object({
    database: v.string(),
    service: v.string(),
    serviceId: v.string(),
    /** Shown this once. */
    securityCode: v.string(),
  }),
  "sandbox export": sandboxMoved,
  "sandbox import": sandboxMoved,
  "sandbox charge": v.object({
    database: v.string(),
    service: v.string(),
    serviceId: v.string(),
    reportId: v.string(),
    kind: v.picklist(reportKinds),
    yen: count,
    programme: programmeNumber,
    /** For this report, and in all. */
    points: count,
    totalPoints: count,
    mostPoints: count,
  }),
  explain: v.object({
    /** Everything that can be explained, where nothing was asked for. */
    entries: v.optional(v.array(v.object({ id: v.string(), kind: explanationKind, title: v.string() }))),
    explanation: v.optional(
      v.object({
        id: v.string(),
        kind: explanationKind,
        title: v.string(),
        paragraphs: v.array(v.string()),
        steps: v.array(v.string()),
        /** Of a code: what it says or means, and what to do; where it can mean several things, each. */
        cases: v.array(v.object({ cause: v.string(), remedy: v.string() })),
        /** Official addresses. */
        addresses: v.array(v.string()),
        sources: v.array(v.string()),
        /** Of a code of mynakit: the exit code, and whether the same command may succeed when tried again. */
        exit: v.nullable(count),
        retryable: v.nullable(v.boolean()),
      }),
    ),
  }),
  completion: v.object({ shell: v.picklist(["bash", "zsh", "fish"]), script: v.string() }),
} as const;
