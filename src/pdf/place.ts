import { createHash } from "node:crypto";
import { MynakitError } from "../errors.ts";
import { inPdf, refuseEncrypted } from "./failure.ts";
import { pages, signatureFields } from "./fields.ts";
import { markBytes } from "./mark.ts";
import {
  array,
  asKind,
  dictionary,
  name,
  type PdfDictionary,
  type PdfObject,
  type PdfReference,
  textOf,
  textString,
  withEntries,
} from "./object.ts";
import { asSeen, type Page, pageAt, type Rectangle, rotationOf, type Size, userSpace } from "./page.ts";
import { forbidsSignatures } from "./permissions.ts";
import { openRevision, type Revision } from "./revision.ts";
import { serialise } from "./serialise.ts";
import { beginUpdate, type Update } from "./update.ts";

/** A visible mark: where it is to be seen on a page, which counts from 1. */
export interface Mark extends Rectangle {
  readonly page: number;
  /** What it shows: ASCII. */
  readonly lines: readonly string[];
}

export interface SignatureEntries {
  /** When the signer says that it is. */
  readonly at: Date;
  readonly reason: string | undefined;
  readonly location: string | undefined;
  /** What the signature is called where a document is read out. */
  readonly label: string;
  readonly mark: Mark | undefined;
}

/** A PDF with a place for one more signature, which fills everything but that place. */
export interface PlacedSignature {
  /** Its field. */
  readonly field: string;
  /** The bytes that are signed, in their order: nearly the whole file, and not copied. */
  readonly signed: readonly [Uint8Array, Uint8Array, Uint8Array];
  /**
   * The whole file with the signature in its place.
   * @param contents DER of a CMS SignedData
   * @throws {MynakitError} ERR_INTERNAL where the place is too small
   */
  readonly fill: (contents: Uint8Array) => Buffer;
}

export interface SignablePdf {
  pageCount(): number;
  /** The size of a page as readers show it; undefined: there is no such page. */
  pageSize(page: number): Size | undefined;
  place(entries: SignatureEntries): PlacedSignature;
}

/** Bytes for the signature: three times what one with JPKI's certificates needs. */
const room = 12_288;
const contentsHole = "0".repeat(2 * room);
/** Signatures exist, and the file is only to be added to (ISO 32000-2, table 225). */
const signatureFlags = 3;
/** Printed, and locked (table 167). */
const annotationFlags = 4 + 128;

/**
 * Opens a PDF that is to be signed.
 * @param path for errors
 * @throws {MynakitError} ERR_IO_PDF, ERR_IO_PDF_REFUSED where a signature would not do what the person expects; so do
 *   its methods
 */
export function openForSigning(bytes: Uint8Array, path: string): SignablePdf {
  const revision = inPdf(path, () => openRevision(bytes));
  const refuse = (reason: "xfa" | "certified"): never => {
    throw new MynakitError("ERR_IO_PDF_REFUSED", { path, reason });
  };
  refuseEncrypted(revision, path);
  inPdf(path, () => {
    if (formOf(revision)?.entries.has("XFA")) refuse("xfa");
    if (forbidsSignatures(revision)) refuse("certified");
  });
  return {
    pageCount: () => inPdf(path, () => [...pages(revision)].length),
    pageSize: (page) =>
      inPdf(path, () => {
        const found = pageAt(revision, page);
        return found && asSeen(revision, found);
      }),
    place: (entries) => inPdf(path, () => place(revision, entries)),
  };
}

function place(revision: Revision, entries: SignatureEntries): PlacedSignature {
  const update = beginUpdate(revision);
  const [value, field] = [update.add(), update.add()];
  const page = pageAt(revision, entries.mark?.page ?? 1);
  if (!page) throw new SyntaxError("there is no page");
  const fieldName = freeName(revision);
  const signature = signatureBytes(entries);
  update.putBytes(value, signature);
  update.put(field, widget(revision, update, { page, value, fieldName, entries }));
  addToForm(revision, update, field);
  addToPage(revision, update, { page, field });
  const hash = createHash("sha256").update(signature).update(`${revision.bytes.length} ${revision.sections[0].offset}`);
  return withHole(revision.bytes, update.finish(new Uint8Array(hash.digest().subarray(0, 16))), fieldName);
}

const rangeText = (numbers: readonly number[]): string =>
  `[0${numbers.map((number) => String(number).padStart(11)).join("")}]`;
const rangeHole = rangeText([0, 0, 0]);
const between = " /Contents <";

/** PAdES baseline B-B (ETSI EN 319 142-1, 6.3): the time stands here, not in the CMS. */
function signatureBytes({ at, reason, location }: SignatureEntries): Buffer {
  const texts = Object.entries({ Reason: reason, Location: location }).flatMap(([key, text]) =>
    text === undefined ? [] : [`/${key} ${serialise(textString(text))}`],
  );
  return Buffer.from(
    [
      "<</Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached",
      `/ByteRange ${rangeHole}${between}${contentsHole}>`,
      `/M ${serialise(textString(dateText(at)))}`,
      ...texts,
      ">>",
    ].join(" "),
    "latin1",
  );
}

/** A date of PDF (7.9.4), in UTC. */
const dateText = (at: Date): string => `D:${at.toISOString().replace(/\.\d+/, "").replace(/[-:T]/g, "")}`;

function withHole(file: Uint8Array, update: Buffer, field: string): PlacedSignature {
  const hole = update.indexOf(contentsHole);
  const [start, end] = [hole - 1, hole + contentsHole.length + 1];
  const range = rangeText([file.length + start, file.length + end, update.length - end]);
  update.write(range, start + 1 - between.length - range.length, "latin1");
  return {
    field,
    signed: [file, update.subarray(0, start), update.subarray(end)],
    fill(contents) {
      if (contents.length > room) {
        throw new MynakitError("ERR_INTERNAL", { reason: `a signature of ${contents.length} bytes` });
      }
      const whole = Buffer.concat([file, update]);
      whole.write(Buffer.from(contents).toString("hex"), file.length + hole, "latin1");
      return whole;
    },
  };
}

const formOf = ({ catalog, resolve }: Revision): PdfDictionary | undefined =>
  asKind(resolve(catalog.entries.get("AcroForm")), "dictionary");

/** The first of `Signature1`, `Signature2`, … that no field has. */
function freeName(revision: Revision): string {
  const fields = asKind(revision.resolve(formOf(revision)?.entries.get("Fields")), "array")?.items ?? [];
  const names = new Set(fields.map((field) => textOf(nameEntry(revision, field))));
  for (let number = signatureFields(revision).length + 1; ; number += 1) {
    if (!names.has(`Signature${number}`)) return `Signature${number}`;
  }
}

const nameEntry = ({ resolve }: Revision, field: PdfObject): PdfObject =>
  resolve(asKind(resolve(field), "dictionary")?.entries.get("T"));

interface Widget {
  readonly page: Page;
  readonly value: PdfReference;
  readonly fieldName: string;
  readonly entries: SignatureEntries;
}

/** The field and its place on the page in one (12.7.5.5). */
function widget(revision: Revision, update: Update, { page, value, fieldName, entries }: Widget): PdfDictionary {
  const { mark } = entries;
  const base = dictionary({
    Type: name("Annot"),
    Subtype: name("Widget"),
    FT: name("Sig"),
    T: textString(fieldName),
    TU: textString(entries.label),
    V: value,
    P: page.reference,
    F: annotationFlags,
    Rect: array(0, 0, 0, 0),
  });
  if (!mark) return base;
  const appearance = update.add();
  update.putBytes(appearance, markBytes(mark.lines, mark, rotationOf(revision, page)));
  const { x, y, width, height } = userSpace(revision, page, mark);
  return withEntries(base, {
    Rect: array(x, y, x + width, y + height),
    Contents: textString(entries.label),
    AP: dictionary({ N: appearance }),
  });
}

function addToForm(revision: Revision, update: Update, field: PdfReference): void {
  const { catalog, trailer } = revision;
  const root = asKind(trailer.entries.get("Root"), "reference");
  if (!root) throw new SyntaxError("there is no catalog");
  const place = asKind(catalog.entries.get("AcroForm"), "reference");
  const form = withAdded(revision, update, formOf(revision) ?? dictionary({}), ["Fields", field]);
  const signed = withEntries(form, { SigFlags: signatureFlags });
  if (place) update.put(place, signed);
  else update.put(root, withEntries(catalog, { AcroForm: signed }));
}

function addToPage(revision: Revision, update: Update, { page, field }: { page: Page; field: PdfReference }): void {
  const changed = withAdded(revision, update, page.page, ["Annots", field]);
  if (changed !== page.page) update.put(page.reference, changed);
}

/** A dictionary whose list has one more; itself, where the list is an object of its own, which is then replaced. */
function withAdded(
  { resolve }: Revision,
  update: Update,
  owner: PdfDictionary,
  [key, added]: readonly [string, PdfReference],
): PdfDictionary {
  const list = owner.entries.get(key);
  const longer: PdfObject = { kind: "array", items: [...(asKind(resolve(list), "array")?.items ?? []), added] };
  const place = asKind(list, "reference");
  if (!place) return withEntries(owner, { [key]: longer });
  update.put(place, longer);
  return owner;
}
