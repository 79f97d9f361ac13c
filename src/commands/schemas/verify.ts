import * as v from "valibot";
import { hashNames } from "../../jpki/applications.ts";
import {
  authority,
  certificateSummary,
  check,
  checkDetail,
  checkNames,
  holder,
  revocation,
  time,
  verdict,
} from "./common.ts";

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

export const verifySchemas = {
  "verify cms": verification,
  "verify pdf": v.object({
    file: v.string(),
    /** As in `verify cms`: of all signatures together. */
    verdict,
    at: time,
    signatures: v.array(pdfSignature),
  }),
  "verify jws": verification,
} as const;
