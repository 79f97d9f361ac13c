import * as v from "valibot";
import { count, hex, pin, pinReport, time } from "./common.ts";

const certificateState = v.picklist(["valid", "expired", "not-yet-valid", "unreadable", "malformed", "absent"]);

const usable = v.object({ ok: v.boolean(), reason: v.nullable(v.string()) });

/** A day of the card; null where its digits are no day of the calendar. */
const cardDay = v.object({
  raw: v.pipe(v.string(), v.regex(/^\d{8}$/)),
  western: v.nullable(v.string()),
  japanese: v.nullable(v.string()),
});

export const cardPerson = {
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

export const cardSchemas = {
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
} as const;
