import * as v from "valibot";
import { pinIds } from "../../jpki/applications.ts";

export const time = v.pipe(v.string(), v.isoTimestamp());

export const hex = v.pipe(v.string(), v.regex(/^([0-9A-F]{2})+$/));

export const count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** Part of every result that could touch a PIN. */
export const pinReport = { pinSent: v.boolean(), triesBefore: v.nullable(count), triesAfter: v.nullable(count) };

export const pin = v.object({
  id: v.picklist(pinIds),
  name: v.string(),
  remaining: v.nullable(count),
  max: v.nullable(count),
  state: v.picklist(["ok", "low", "last-try", "locked", "verified", "unknown", "absent"]),
});

export const platform = v.object({ url: v.string(), sandbox: v.boolean() });

export const distinguishedName = v.string();

/** Positions of substitute characters count from 1. */
export const holder = v.object({
  name: v.nullable(v.string()),
  nameSubstitutes: v.array(count),
  address: v.nullable(v.string()),
  addressSubstitutes: v.array(count),
  birthDate: v.nullable(
    v.object({ raw: v.string(), western: v.nullable(v.string()), japanese: v.nullable(v.string()) }),
  ),
  sex: v.nullable(v.picklist(["male", "female", "unknown"])),
});

export const certificate = v.object({
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
export const checkDetail = v.picklist([
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

export const checkNames = [
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

export const check = v.object({
  name: v.picklist(checkNames),
  result: v.picklist(["ok", "failed", "not-checked"]),
  detail: v.nullable(checkDetail),
});

export const revocation = v.object({
  status: v.picklist(["good", "revoked", "not-checked"]),
  at: v.nullable(time),
  reason: v.nullable(v.string()),
});

/** A certificate without anything about its holder. */
export const certificateSummary = v.object({
  kind: certificate.entries.kind,
  issuer: distinguishedName,
  serialNumber: v.string(),
  serialNumberHex: hex,
  notBefore: time,
  notAfter: time,
  fingerprintSha256: hex,
});

/** Who signed a certificate, if that is known, and where that authority's certificate comes from. */
export const authority = v.nullable(
  v.object({ source: v.picklist(["named", "simulated", "card"]), notAfter: time, fingerprintSha256: hex }),
);

export const verdict = v.picklist(["passed", "incomplete", "failed"]);

export const programmeNumber = v.picklist([1, 2]);

export const accountHistory = {
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

export const profile = v.object({
  email: v.nullable(v.string()),
  notify: v.boolean(),
  /** Six digits of the local public entity code. */
  pointsMunicipality: v.nullable(v.string()),
  platform,
  ...pinReport,
});
