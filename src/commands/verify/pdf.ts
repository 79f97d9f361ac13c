import { isError, MynakitError } from "../../errors.ts";
import { worstOf } from "../../jpki/signature/verdict.ts";
import { type PdfSignature, pdfSignatures } from "../../pdf/signatures.ts";
import type { Run } from "../command.ts";
import { readContentOrInput } from "../content.ts";
import { mostPdfBytes } from "../pdf-size.ts";
import type { DataOf } from "../results.ts";
import { type PdfVerdict, verifyPdfSignature } from "./pdf-signature.ts";
import { shownSigner, signerWarnings, trustOf } from "./signature.ts";

type Data = DataOf<"verify pdf">;

/** Verifies every signature of a PDF. That there is none is no, too. */
export const run: Run<Data> = async (context, input) => {
  const file = String(input.arguments.file);
  const trust = await trustOf(context, input);
  const bytes = await readContentOrInput(context.host, file, mostPdfBytes);
  const signatures = signaturesOf(bytes, file);
  if (signatures.length === 0) throw new MynakitError("ERR_VERIFY_UNSIGNED", { file });
  const found: PdfVerdict[] = [];
  for (const signature of signatures) found.push(await verifyPdfSignature(bytes, signature, signatures, trust));
  const verdict = worstOf(found);
  return {
    data: {
      file,
      verdict,
      at: trust.at.toISOString(),
      signatures: found.map((each) => ({ ...shownSigner(each), ...shownPlace(each.signature) })),
    },
    warnings: [...signerWarnings(found), { code: "WARN_CERT_OF_OTHERS", details: {} }],
    ...(verdict === "failed" ? { exit: 1 } : {}),
  };
};

/** Of what is no PDF the answer is no, as it is of a PDF without signature. */
function signaturesOf(bytes: Uint8Array, file: string): PdfSignature[] {
  try {
    return pdfSignatures(bytes, file);
  } catch (cause) {
    if (!isError(cause, "ERR_IO_PDF")) throw cause;
    const { problem } = cause.details;
    throw new MynakitError("ERR_VERIFY_MALFORMED", { file, format: "pdf", problem }, { cause });
  }
}

function shownPlace({ field, subFilter, reason, location, permission, coversFile, laterChanges }: PdfSignature) {
  return { field, form: subFilter, reason, location, permission, coversFile, laterChanges };
}
