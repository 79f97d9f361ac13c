import { pages } from "./fields.ts";
import { asKind, nameOf, type PdfDictionary, type PdfObject, type PdfReference } from "./object.ts";
import type { Revision } from "./revision.ts";

/** What an entry may become; `same`: what it was, `longer`: the same list with new signature fields behind it. */
type Rule = "same" | "form" | "longer";

interface Pair {
  readonly before: PdfObject | undefined;
  readonly after: PdfObject | undefined;
  readonly rule: Rule;
}

/** Entries of the catalog that show nothing: checks of signatures (ETSI EN 319 142-1, 5.4), notes, what was used. */
const catalogNotes: readonly string[] = ["DSS", "Metadata", "Extensions"];
/** What signing gives to a field that was there, empty. */
const signed: readonly string[] = ["V", "AP", "M"];

/**
 * Whether a document still is what an earlier revision of it was, but for further signatures and what belongs to
 * them: both are walked side by side from the catalog on, and all that a reader could reach must be equal. So it does
 * not matter by which trick the other object gets into the place of the first.
 * Permitted: signature fields at the end of the form's list and of the pages' annotations; a signature in a field
 * that was empty; the validation data of signatures, and the document's metadata.
 * @throws {SyntaxError}
 */
export function isUnchanged(earlier: Revision, later: Revision): boolean {
  return new Comparison(earlier, later).holds();
}

class Comparison {
  readonly #earlier: Revision;
  readonly #later: Revision;
  readonly #pages: ReadonlySet<number>;
  readonly #seen = new Set<string>();
  readonly #pending: Pair[] = [];

  constructor(earlier: Revision, later: Revision) {
    this.#earlier = earlier;
    this.#later = later;
    this.#pages = new Set([...pages(earlier)].map(({ number }) => number));
  }

  holds(): boolean {
    const { catalog: before } = this.#earlier;
    const { catalog: after } = this.#later;
    if (!this.#entries(before, after, catalogNotes, { AcroForm: "form" })) return false;
    for (let pair = this.#pending.pop(); pair; pair = this.#pending.pop()) {
      if (!this.#equal(pair)) return false;
    }
    return true;
  }

  #equal({ before, after, rule }: Pair): boolean {
    const [one, other] = [asKind(before, "reference"), asKind(after, "reference")];
    // An update keeps the numbers of objects, so that each is compared once, and circles end.
    if (rule === "same" && (one?.number !== other?.number || one?.generation !== other?.generation)) return false;
    if (one && other && this.#known(one, other, rule)) return true;
    const [left, right] = [this.#earlier.resolve(before), this.#later.resolve(after)];
    if (rule === "longer") return this.#longer(left, right);
    const isPage = one !== undefined && this.#pages.has(one.number);
    return this.#alike(left, right, rule, isPage);
  }

  /** That a pair was compared before, or is being compared. */
  #known(one: PdfReference, other: PdfReference, rule: Rule): boolean {
    const key = `${one.number} ${one.generation} ${other.number} ${other.generation} ${rule}`;
    if (this.#seen.has(key)) return true;
    this.#seen.add(key);
    return false;
  }

  #alike(before: PdfObject, after: PdfObject, rule: Rule, isPage: boolean): boolean {
    if (typeof before !== "object" || before === null) return before === after;
    if (typeof after !== "object" || after?.kind !== before.kind) return false;
    switch (before.kind) {
      case "name":
        return before.name === nameOf(after);
      case "string":
        return Buffer.compare(before.bytes, asKind(after, "string")?.bytes ?? new Uint8Array()) === 0;
      case "array":
        return this.#items(before.items, asKind(after, "array")?.items ?? []);
      case "stream": {
        const stream = asKind(after, "stream");
        if (!stream || Buffer.compare(before.data, stream.data) !== 0) return false;
        return this.#entries(before.dictionary, stream.dictionary);
      }
      case "dictionary":
        return this.#dictionaries(before, asKind(after, "dictionary"), rule, isPage);
      default:
        return false;
    }
  }

  #dictionaries(before: PdfDictionary, after: PdfDictionary | undefined, rule: Rule, isPage: boolean): boolean {
    if (!after) return false;
    if (rule === "form") return this.#entries(before, after, ["SigFlags"], { Fields: "longer" });
    if (isPage) return this.#entries(before, after, [], { Annots: "longer" });
    const filled = isEmptySignatureField(before, this.#earlier) && !isEmptySignatureField(after, this.#later);
    if (!filled) return this.#entries(before, after);
    return this.#entries(before, after, signed) && isSignature(after, this.#later);
  }

  #entries(
    before: PdfDictionary,
    after: PdfDictionary,
    ignored: readonly string[] = [],
    rules: Readonly<Record<string, Rule>> = {},
  ): boolean {
    for (const key of new Set([...before.entries.keys(), ...after.entries.keys()])) {
      if (ignored.includes(key)) continue;
      this.#pending.push({
        before: before.entries.get(key),
        after: after.entries.get(key),
        rule: (Object.hasOwn(rules, key) && rules[key]) || "same",
      });
    }
    return true;
  }

  #items(before: readonly PdfObject[], after: readonly PdfObject[]): boolean {
    if (after.length !== before.length) return false;
    for (const [index, item] of before.entries()) {
      this.#pending.push({ before: item, after: after[index], rule: "same" });
    }
    return true;
  }

  #longer(before: PdfObject, after: PdfObject): boolean {
    if (before === null && after === null) return true;
    const list = before === null ? [] : asKind(before, "array")?.items;
    const longer = asKind(after, "array")?.items;
    if (!list || !longer || longer.length < list.length) return false;
    const added = longer.slice(list.length);
    const isNew = (item: PdfObject) => isNewSignatureField(item, this.#later);
    return added.every(isNew) && this.#items(list, longer.slice(0, list.length));
  }
}

const isSignatureField = ({ entries }: PdfDictionary, { resolve }: Revision): boolean =>
  nameOf(resolve(entries.get("FT"))) === "Sig" && !entries.has("Kids");

const isEmptySignatureField = (field: PdfDictionary, revision: Revision): boolean =>
  isSignatureField(field, revision) && revision.resolve(field.entries.get("V")) === null;

/** What a signature brings is a signature and its appearance, not what else could stand under those keys. */
function isSignature({ entries }: PdfDictionary, { resolve }: Revision): boolean {
  const value = resolve(entries.get("V"));
  const appearance = resolve(entries.get("AP"));
  const fits = [value, appearance].every((each) => each === null || asKind(each, "dictionary") !== undefined);
  return fits && !entries.has("A") && !entries.has("AA");
}

function isNewSignatureField(item: PdfObject, revision: Revision): boolean {
  const field = asKind(item, "reference") && asKind(revision.resolve(item), "dictionary");
  if (!field || !isSignatureField(field, revision) || !isSignature(field, revision)) return false;
  // What shows something says by whom it is; else it could be drawn over what was signed.
  const shows = field.entries.has("AP") || field.entries.has("MK");
  if (shows && isEmptySignatureField(field, revision)) return false;
  return nameOf(revision.resolve(field.entries.get("Subtype"))) === "Widget";
}
