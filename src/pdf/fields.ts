import { asKind, nameOf, type PdfDictionary, type PdfReference, textOf } from "./object.ts";
import type { Revision } from "./revision.ts";

/** A field of a form that holds a signature, or may. */
export interface SignatureField {
  /** Its name, with those of the fields that it is part of before it (ISO 32000-2, 12.7.4.2). */
  readonly name: string;
  readonly field: PdfDictionary;
  /** Null: it is not signed. */
  readonly value: PdfDictionary | null;
}

/** More than any form has; and deeper than any nests them. */
const mostFields = 100_000;
const deepest = 32;

/**
 * The signature fields of a document's form, in its order.
 * @throws {SyntaxError} also where a field cannot be told from others
 */
export function signatureFields(revision: Revision): SignatureField[] {
  const { resolve } = revision;
  const found: SignatureField[] = [];
  let seen = 0;
  const visit = (field: PdfDictionary, above: string, type: string | undefined, depth: number): void => {
    seen += 1;
    if (seen > mostFields || depth > deepest) throw new SyntaxError("the form has too many fields");
    const { entries } = field;
    const own = textOf(resolve(entries.get("T")));
    const name = own === undefined ? above : above === "" ? own : `${above}.${own}`;
    const kind = nameOf(resolve(entries.get("FT"))) ?? type;
    for (const kid of dictionaries(revision, entries.get("Kids"))) visit(kid, name, kind, depth + 1);
    if (kind !== "Sig" || (own === undefined && depth > 0)) return;
    const value = resolve(entries.get("V"));
    if (value !== null && !asKind(value, "dictionary")) throw new SyntaxError("a signature is not a dictionary");
    found.push({ name, field, value: asKind(value, "dictionary") ?? null });
  };
  const form = asKind(resolve(revision.catalog.entries.get("AcroForm")), "dictionary");
  for (const field of dictionaries(revision, form?.entries.get("Fields"))) visit(field, "", undefined, 0);
  return found;
}

/** The dictionaries of an array; what else stands there is passed over. */
function dictionaries({ resolve }: Revision, list: Parameters<Revision["resolve"]>[0]): PdfDictionary[] {
  const items = asKind(resolve(list), "array")?.items ?? [];
  return items.flatMap((item) => asKind(resolve(item), "dictionary") ?? []);
}

/** The pages of a document in their order, as references; @throws {SyntaxError} where the tree has circles */
export function* pages(revision: Revision): Generator<PdfReference> {
  const seen = new Set<number>();
  const stack = [revision.catalog.entries.get("Pages")];
  while (stack.length > 0) {
    const reference = asKind(stack.pop(), "reference");
    const node = reference && asKind(revision.resolve(reference), "dictionary");
    if (!reference || !node || seen.has(reference.number)) throw new SyntaxError("the tree of pages is malformed");
    seen.add(reference.number);
    const kids = asKind(revision.resolve(node.entries.get("Kids")), "array");
    if (kids) stack.push(...kids.items.toReversed());
    else yield reference;
  }
}

/** What a page says of itself, or one of the nodes above it for all their pages (7.7.3.4). */
export function inherited(revision: Revision, page: PdfDictionary, key: string) {
  let node: PdfDictionary | undefined = page;
  for (let level = 0; node && level < deepest; level += 1) {
    const value = revision.resolve(node.entries.get(key));
    if (value !== null) return value;
    node = asKind(revision.resolve(node.entries.get("Parent")), "dictionary");
  }
  return null;
}
