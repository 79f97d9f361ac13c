import { signatureFields } from "./fields.ts";
import { asKind, countOf, nameOf, type PdfDictionary } from "./object.ts";
import type { Revision } from "./revision.ts";

/** What an author's signature permits afterwards (ISO 32000-2, table 257): 1 nothing, 2 forms and signatures, 3 notes too. */
export type Permission = 1 | 2 | 3;

const byDefault = 2;

/** What a signature permits to happen to the document after it; null: it says nothing about that. */
export function permissionOf(signature: PdfDictionary, { resolve }: Revision): Permission | null {
  for (const item of asKind(resolve(signature.entries.get("Reference")), "array")?.items ?? []) {
    const entries = asKind(resolve(item), "dictionary")?.entries;
    if (nameOf(resolve(entries?.get("TransformMethod"))) !== "DocMDP") continue;
    const parameters = asKind(resolve(entries?.get("TransformParams")), "dictionary");
    return permission(countOf(resolve(parameters?.entries.get("P"))));
  }
  return null;
}

/** An unknown number permits nothing. */
const permission = (number = byDefault): Permission => (number === 2 || number === 3 ? number : 1);

/** True where a signature that the document has forbids any other. */
export function forbidsSignatures(revision: Revision): boolean {
  const { resolve, catalog } = revision;
  const permissions = asKind(resolve(catalog.entries.get("Perms")), "dictionary");
  const author = asKind(resolve(permissions?.entries.get("DocMDP")), "dictionary");
  if (author && (permissionOf(author, revision) ?? byDefault) === 1) return true;
  return signatureFields(revision).some(({ field, value }) => {
    const lock = asKind(resolve(field.entries.get("Lock")), "dictionary");
    const locked = countOf(resolve(lock?.entries.get("P"))) === 1;
    return value !== null && (locked || permissionOf(value, revision) === 1);
  });
}
