import { createHash } from "node:crypto";
import { dataObjects, encodedOf, valueUnder } from "../card-file.ts";
import { type CvCertificate, isSignedWith } from "../cv-certificate.ts";
import { checked, type IntegrityCheck, notChecked } from "../integrity.ts";

/** EF 0003 of the text application: digests of its data, and a signature over them. */
export interface IntegrityRecord {
  readonly numberDigest: Uint8Array;
  readonly attributesDigest: Uint8Array;
  /** The bytes that were signed: both digests with their headers. */
  readonly signed: Uint8Array;
  readonly signature: Uint8Array;
}

const tags = { record: 0xff30, numberDigest: 0xdf31, attributesDigest: 0xdf32, signature: 0xdf33 } as const;

/** Source: public measurements (myna-card, jpki/myna). @throws {SyntaxError} */
export function parseIntegrityRecord(content: Uint8Array): IntegrityRecord {
  const { record, numberDigest, attributesDigest, signature } = tags;
  const objects = dataObjects(content, record, [numberDigest, attributesDigest, signature]);
  return {
    numberDigest: valueUnder(objects, numberDigest),
    attributesDigest: valueUnder(objects, attributesDigest),
    signed: encodedOf(objects, [numberDigest, attributesDigest]),
    signature: valueUnder(objects, signature),
  };
}

export interface TextData {
  /** The whole file EF 0001, filler included; null: it was not read. */
  readonly number: Uint8Array | null;
  /** `Attributes.covered`; null: they were not read. */
  readonly attributes: Uint8Array | null;
}

/**
 * Holds the data against the card's record of it, and the record against the key that a certificate names.
 * Source: public measurements (myna-card).
 */
export function checkText(
  data: TextData,
  record: IntegrityRecord | null,
  certificate: CvCertificate | null,
): IntegrityCheck[] {
  return [
    checkDigest("number-digest", data.number, record?.numberDigest ?? null),
    checkDigest("attributes-digest", data.attributes, record?.attributesDigest ?? null),
    checkSignature(record, certificate),
  ];
}

function checkDigest(
  name: "number-digest" | "attributes-digest",
  content: Uint8Array | null,
  digest: Uint8Array | null,
): IntegrityCheck {
  if (!content) return notChecked(name, "not-read");
  if (!digest) return notChecked(name, "record-absent");
  return checked(name, createHash("sha256").update(content).digest().equals(digest), "digest-differs");
}

function checkSignature(record: IntegrityRecord | null, certificate: CvCertificate | null): IntegrityCheck {
  if (!record) return notChecked("signature", "record-absent");
  if (!certificate) return notChecked("signature", "certificate-absent");
  return checked("signature", isSignedWith(certificate.publicKey, record.signed, record.signature), "signature-wrong");
}
