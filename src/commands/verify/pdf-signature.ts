import { createHash } from "node:crypto";
import { failed, notChecked, ok, verdictOf } from "../../jpki/certificate/check.ts";
import { verifySignedData } from "../../jpki/signature/cms.ts";
import {
  checkSigningTime,
  type SignatureCheck,
  type SignerVerdict,
  signerVerdict,
  type TrustOptions,
} from "../../jpki/signature/verdict.ts";
import type { RangeProblem, SignedRange } from "../../pdf/byte-range.ts";
import { type PdfSignature, signedBytes } from "../../pdf/signatures.ts";

/** What is checked of a signature's place in a PDF, beside the signature itself. */
export type PdfCheckName = "form" | "byte-range" | "coverage" | "later-changes";

export type PdfCheckDetail =
  | "form-not-supported"
  | RangeProblem
  | "whole-file"
  | "covered-by-a-later-signature"
  | "not-covered"
  | "signatures-added"
  | "changed-after-signing"
  | "signature-malformed"
  | "several-signers"
  | "content-inside";

export interface PdfCheck {
  readonly name: PdfCheckName | SignatureCheck["name"];
  readonly result: SignatureCheck["result"];
  readonly detail: PdfCheckDetail | SignatureCheck["detail"];
}

/** A signer's verdict, with the checks of the place that the signature has; `failed` where nobody could look at it. */
export type PdfVerdict = Omit<SignerVerdict, "checks"> & {
  readonly signature: PdfSignature;
  readonly checks: readonly PdfCheck[];
};

/** CMS over the bytes of the range, as ISO 32000-2, 12.8.3.3 and 12.8.3.4 have it. */
const supportedForms: readonly (string | null)[] = ["adbe.pkcs7.detached", "ETSI.CAdES.detached"];

/**
 * Verifies one signature of a PDF.
 * @param signatures all of them: what one does not cover, another has to
 */
export async function verifyPdfSignature(
  bytes: Uint8Array,
  signature: PdfSignature,
  signatures: readonly PdfSignature[],
  trust: TrustOptions,
): Promise<PdfVerdict> {
  const { at, range, subFilter } = signature;
  const place = [checkRange(range), checkCoverage(signature, signatures), checkChanges(signature)];
  const unread = (...checks: readonly PdfCheck[]): PdfVerdict => ({
    ...signerVerdict({ certificate: null, hash: null, signingTime: at }, [], trust),
    signature,
    checks,
  });
  if (!supportedForms.includes(subFilter)) return unread(notChecked("form", "form-not-supported"), ...place);
  if (typeof range === "string") return unread(ok("form"), ...place);
  const signer = await verifyContents(bytes, range, trust);
  if (typeof signer === "string") return unread(ok("form"), ...place, failed("signature", signer));
  const signingTime = signer.signingTime ?? at;
  const checks = [
    ok("form"),
    ...place,
    // Where the CMS does not say when it was made, the dictionary does, which is signed, too.
    ...signer.checks.map((check) =>
      check.name === "signing-time" ? checkSigningTime(signingTime, signer.certificate, trust.at) : check,
    ),
  ];
  return { ...signer, signature, signingTime, checks, verdict: verdictOf(checks, signer.verdict === "failed") };
}

const checkRange = (range: SignedRange | RangeProblem): PdfCheck =>
  typeof range === "string" ? failed("byte-range", range) : ok("byte-range");

function checkCoverage({ range, coversFile }: PdfSignature, signatures: readonly PdfSignature[]): PdfCheck {
  if (typeof range === "string") return notChecked("coverage", range);
  if (coversFile) return ok("coverage", "whole-file");
  const covered = signatures.some((other) => other.coversFile);
  return covered ? ok("coverage", "covered-by-a-later-signature") : failed("coverage", "not-covered");
}

function checkChanges({ range, laterChanges }: PdfSignature): PdfCheck {
  const name = "later-changes";
  if (typeof range === "string") return notChecked(name, range);
  if (laterChanges === "forbidden") return failed(name, "changed-after-signing");
  return ok(name, laterChanges === "signatures" ? "signatures-added" : null);
}

/** The one signer of the CMS, or why there is none. */
async function verifyContents(
  bytes: Uint8Array,
  range: SignedRange,
  trust: TrustOptions,
): Promise<SignerVerdict | PdfCheckDetail> {
  const digest = (hash: string): Uint8Array =>
    new Uint8Array(
      signedBytes(bytes, range)
        .reduce((sum, part) => sum.update(part), createHash(hash))
        .digest(),
    );
  try {
    const { detached, signers } = await verifySignedData(range.contents, digest, trust);
    const [signer, ...more] = signers;
    if (!signer || more.length > 0) return "several-signers";
    return detached ? signer : "content-inside";
  } catch (error) {
    if (error instanceof SyntaxError) return "signature-malformed";
    throw error;
  }
}
