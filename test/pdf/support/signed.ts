import { createHash, sign } from "node:crypto";
import { verifyPdfSignature } from "../../../src/commands/verify/pdf-signature.ts";
import type { HashName } from "../../../src/jpki/sign.ts";
import { createSignedData } from "../../../src/jpki/signature/cms.ts";
import type { TrustOptions } from "../../../src/jpki/signature/verdict.ts";
import { openForSigning, type SignatureEntries } from "../../../src/pdf/place.ts";
import { pdfSignatures } from "../../../src/pdf/signatures.ts";
import type { Workshop } from "../../jpki/support/openssl.ts";
import { keyOf } from "../../jpki/support/signers.ts";
import { plain } from "./samples.ts";

interface Making extends Partial<SignatureEntries> {
  readonly certificate?: string;
  /** The certificate that the signature carries; else that of the key. */
  readonly shown?: string;
  readonly hash?: HashName;
  readonly signingTime?: Date;
}

/** A PDF signed as mynakit signs it, with the key of a file in place of a card's. */
export async function signedPdf(openssl: Workshop, content: Uint8Array, making: Making = {}): Promise<Uint8Array> {
  const { certificate = "holder", shown = certificate, hash = "sha256", signingTime, ...entries } = making;
  const placed = openForSigning(content, "file").place({ ...plain, ...entries });
  const value = placed.signed.reduce((sum, part) => sum.update(part), createHash(hash)).digest();
  const contents = await createSignedData({
    digest: { hash, value },
    certificates: [openssl.der(shown), openssl.der("authority")],
    ...(signingTime ? { signingTime } : {}),
    sign: async (bytes, name) => new Uint8Array(sign(name, bytes, keyOf(openssl, certificate))),
  });
  return new Uint8Array(placed.fill(contents));
}

/** What each signature comes to: its verdict, and the checks that are not ok with why. */
export async function verdicts(content: Uint8Array, trust: TrustOptions): Promise<string[][]> {
  const signatures = pdfSignatures(content, "file");
  const found = await Promise.all(signatures.map((one) => verifyPdfSignature(content, one, signatures, trust)));
  return found.map(({ verdict, checks }) => [
    verdict,
    ...checks.filter(({ result }) => result !== "ok").map(({ name, detail }) => `${name} ${detail}`),
  ]);
}
