import { type RangeProblem, type SignedRange, signedRange } from "./byte-range.ts";
import { isUnchanged } from "./changes.ts";
import { inPdf, refuseEncrypted } from "./failure.ts";
import { type SignatureField, signatureFields } from "./fields.ts";
import { nameOf, textOf } from "./object.ts";
import { type Permission, permissionOf } from "./permissions.ts";
import { openRevision, type Revision } from "./revision.ts";

/** What was done to the document after a signature. `forbidden`: something that the signer has not seen. */
export type LaterChanges = "none" | "signatures" | "forbidden";

/** A signature of a PDF: what it signs and what it says, none of it verified. */
export interface PdfSignature {
  readonly field: string;
  readonly subFilter: string | null;
  readonly reason: string | null;
  readonly location: string | null;
  /** When the signer says that it was. */
  readonly at: Date | null;
  /** What an author's signature permits afterwards; null: it is none. */
  readonly permission: Permission | null;
  readonly range: SignedRange | RangeProblem;
  /** True where it signs the file to its end. */
  readonly coversFile: boolean;
  /** Null: it is not known what the signature signs. */
  readonly laterChanges: LaterChanges | null;
}

/** More than anybody verifies, as each costs a walk through the document. */
const mostSignatures = 64;

/**
 * The signatures of a PDF, in the order of its form.
 * @param path for errors
 * @throws {MynakitError} ERR_IO_PDF, ERR_IO_PDF_REFUSED
 */
export function pdfSignatures(bytes: Uint8Array, path: string): PdfSignature[] {
  const revision = inPdf(path, () => openRevision(bytes));
  refuseEncrypted(revision, path);
  return inPdf(path, () => {
    const fields = signatureFields(revision).filter(({ value }) => value !== null);
    if (fields.length > mostSignatures) throw new SyntaxError(`it has more than ${mostSignatures} signatures`);
    return fields.map((field) => inspected(revision, field));
  });
}

/** The bytes that a signature signs, in two pieces. */
export const signedBytes = (bytes: Uint8Array, { gap, end }: SignedRange): readonly [Uint8Array, Uint8Array] => [
  bytes.subarray(0, gap.start),
  bytes.subarray(gap.end, end),
];

function inspected(revision: Revision, { name, field, value }: SignatureField): PdfSignature {
  const signature = value ?? field;
  const text = (key: string): string | null => textOf(revision.resolve(signature.entries.get(key))) ?? null;
  const range = signedRange(revision, signature);
  const end = typeof range === "string" ? null : range.end;
  const permission = permissionOf(signature, revision);
  return {
    field: name,
    subFilter: nameOf(revision.resolve(signature.entries.get("SubFilter"))) ?? null,
    reason: text("Reason"),
    location: text("Location"),
    at: dateOf(text("M")),
    permission,
    range,
    coversFile: end === revision.bytes.length,
    laterChanges: end === null ? null : laterChanges(revision, end, permission),
  };
}

function laterChanges(revision: Revision, end: number, permission: Permission | null): LaterChanges {
  if (end === revision.bytes.length) return "none";
  if (permission === 1) return "forbidden";
  try {
    return isUnchanged(openRevision(revision.bytes.subarray(0, end)), revision) ? "signatures" : "forbidden";
  } catch (error) {
    // What was signed is no document by itself: nobody has seen what the whole file shows.
    if (error instanceof SyntaxError) return "forbidden";
    throw error;
  }
}

/** A date of PDF (ISO 32000-2, 7.9.4); null: it is none. */
function dateOf(text: string | null): Date | null {
  const parts = /^D:(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:Z(?:00'?00'?)?|([+-]\d\d)'?(\d\d)'?)?$/.exec(text ?? "");
  if (!parts) return null;
  const [, year, month, day, hour, minute, second, zoneHour, zoneMinute] = parts;
  const zone = zoneHour ? `${zoneHour}:${zoneMinute}` : "Z";
  const date = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}${zone}`);
  return Number.isNaN(date.getTime()) ? null : date;
}
