import { deflateSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import {
  array,
  asKind,
  dictionary,
  name,
  type PdfDictionary,
  type PdfObject,
  type PdfReference,
  reference,
  textString,
  withEntries,
} from "../../src/pdf/object.ts";
import { pageAt } from "../../src/pdf/page.ts";
import type { Revision } from "../../src/pdf/revision.ts";
import { pdfSignatures } from "../../src/pdf/signatures.ts";
import { streamBytes, type Update } from "../../src/pdf/update.ts";
import { at, catalog, document, exchanged, handmade, onePage, updated, withSignature } from "./support/samples.ts";

const table = await document(false);
const streams = await document(true);
const signed = withSignature(table);
const only = (content: Uint8Array) => {
  const [signature, ...more] = pdfSignatures(content, "file");
  if (!signature || more.length > 0) throw new Error("not one signature");
  return signature;
};
const text = (content: Uint8Array): string => Buffer.from(content).toString("latin1");
const rangeOf = (content: Uint8Array): number[] =>
  /\/ByteRange \[([\d ]+)\]/.exec(text(content))?.[1]?.trim().split(/ +/).map(Number) ?? [];

/** The same file whose signature claims another range; each number keeps its width. */
const claiming = (content: Uint8Array, change: (range: number[]) => number[]): Uint8Array => {
  const [before = ""] = /\[0( +\d+){3}\]/.exec(text(content)) ?? [];
  const [first, ...rest] = change(rangeOf(content));
  const after = `[${first}${rest.map((number) => String(number).padStart(11)).join("")}]`.padEnd(before.length);
  return exchanged(content, before, after);
};

describe("what a signature signs", () => {
  test("is all but the signature", () => {
    const [, start = 0, end = 0] = rangeOf(signed);
    expect(only(signed).range).toMatchObject({ gap: { start, end }, end: signed.length });
    expect(text(signed.subarray(start, end))).toMatch(/^<[0-9a-f]+>$/);
  });

  test.each<[string, string, (range: number[]) => number[]]>([
    ["begins later", "byte-range-leaves-out", ([, a = 0, b = 0, c = 0]) => [1, a - 1, b, c]],
    ["leaves out more before it", "byte-range-leaves-out", ([, a = 0, b = 0, c = 0]) => [0, a - 9, b, c]],
    ["leaves out more behind it", "byte-range-leaves-out", ([, a = 0, b = 0, c = 0]) => [0, a, b + 9, c - 9]],
    ["has the signature in it", "byte-range-leaves-out", ([, a = 0, b = 0, c = 0]) => [0, a + 9, b, c]],
    ["overlaps", "byte-range-malformed", ([, a = 0, b = 0]) => [0, b, a, b]],
    ["ends beyond the file", "byte-range-beyond-end", ([, a = 0, b = 0, c = 0]) => [0, a, b, c + 1]],
    ["ends before the file", "byte-range-not-a-revision", ([, a = 0, b = 0, c = 0]) => [0, a, b, c - 40]],
  ])("is not known where the range %s", (_, problem, change) => {
    expect(only(claiming(signed, change))).toMatchObject({ range: problem, coversFile: false, laterChanges: null });
  });

  test.each([
    ["/ByteRange", "/ByteRangf", "byte-range-malformed"],
    ["/Contents <3003", "/Contentz <3003", "contents-malformed"],
    ["<3003020107", "<3003020x07", "error"],
    ["<3003020107", "<3 03020107", "contents-malformed"],
    ["<3003020107", "<3103020107", "contents-malformed"],
    ["<3003020107", "<3083ffffff", "contents-malformed"],
    ["<3003020107", "<3080020107", "contents-malformed"],
    ["<300302010700", "<300302010701", "contents-with-more"],
  ])("is not known where %s is %s", (from, to, problem) => {
    const attacked = exchanged(signed, from, to);
    if (problem === "error") expect(() => only(attacked)).toThrow(expect.objectContaining({ code: "ERR_IO_PDF" }));
    else expect(only(attacked).range).toBe(problem);
  });

  test("is not known where a dictionary has a second place for the signature", () => {
    const twice = text(signed).replace("/M <", "/Contents <00> /M <");
    expect(() => only(new Uint8Array(Buffer.from(twice, "latin1")))).toThrow(/ERR_IO_PDF/);
  });

  test("is not known where the dictionary was exchanged for one with the same range", () => {
    const attacked = updated(signed, (update, revision) => {
      const field = fieldOf(revision);
      const value = asKind(field.entries.get("V"), "reference") ?? reference(0);
      update.put(value, revision.resolve(value));
    });
    expect(only(attacked)).toMatchObject({ range: "byte-range-leaves-out" });
  });

  test("is not known where the place is one thing in the file and another in an object stream", () => {
    const packed = "<</Type /Sig /ByteRange [0 3 12 400] /Contents <3003020109>>>";
    const objects = `6 0 ${packed}`;
    const container = `<</Type /ObjStm /N 1 /First 4 /Length ${objects.length}>>\nstream\n${objects}\nendstream`;
    const form = "<</Type /Catalog /Pages 2 0 R /AcroForm <</Fields [<</FT /Sig /T (S) /V 6 0 R>>]>>>>";
    const file = withPacked([form, ...onePage, container], { number: 6, container: 5 });
    expect(only(file).range).toBe("byte-range-leaves-out");
  });
});

interface Packed {
  readonly number: number;
  readonly container: number;
  readonly index?: number;
}

/** A file whose cross-reference stream packs some objects. */
function withPacked(objects: readonly string[], ...packed: readonly Packed[]): Uint8Array {
  const head = text(handmade(objects)).split("xref\n")[0] ?? "";
  const offsets = objects.map((_, index) => head.indexOf(`${index + 1} 0 obj`));
  const rows = [[0, 0, 0], ...offsets.map((offset) => [1, offset, 0])];
  for (const { number, container, index = 0 } of packed) rows[number] = [2, container, index];
  const own = Math.max(...packed.map(({ number }) => number), objects.length) + 1;
  rows[own] = [1, head.length, 0];
  const data = Array.from(rows, (row) => row ?? [])
    .map(([type = 0, second = 0, third = 0]) =>
      String.fromCharCode(type, second >> 8, second & 255, third >> 8, third & 255),
    )
    .join("");
  const parameters = `/Type /XRef /W [1 2 2] /Size ${own + 1} /Root 1 0 R /Length ${data.length}`;
  const stream = `${own} 0 obj\n<<${parameters}>>\nstream\n${data}\nendstream\nendobj\n`;
  return new Uint8Array(Buffer.from(`${head}${stream}startxref\n${head.length}\n%%EOF\n`, "latin1"));
}

const fieldOf = ({ catalog: root, resolve }: Revision): PdfDictionary => {
  const form = asKind(resolve(root.entries.get("AcroForm")), "dictionary");
  const [field] = asKind(resolve(form?.entries.get("Fields")), "array")?.items ?? [];
  return asKind(resolve(field), "dictionary") ?? dictionary({});
};
const rootOf = ({ trailer }: Revision): PdfReference =>
  asKind(trailer.entries.get("Root"), "reference") ?? reference(0);
const firstPage = (revision: Revision) => {
  const found = pageAt(revision, 1);
  if (!found) throw new Error("no page");
  return found;
};
const fieldPlace = ({ catalog: root, resolve }: Revision): PdfReference => {
  const form = asKind(resolve(root.entries.get("AcroForm")), "dictionary");
  const [field = null] = asKind(resolve(form?.entries.get("Fields")), "array")?.items ?? [];
  return asKind(field, "reference") ?? reference(0);
};
const addEmptyField: Attack = (update, revision) => {
  const field = update.add();
  const rectangle = { Rect: array(0, 0, 0, 0), Subtype: name("Widget") };
  update.put(field, dictionary({ FT: name("Sig"), T: textString("Empty"), ...rectangle }));
  const form = dictionary({ Fields: array(field) });
  update.put(rootOf(revision), withEntries(revision.catalog, { AcroForm: form }));
};
const addField = (update: Update, { catalog: root, resolve, trailer }: Revision, field: PdfDictionary): void => {
  const form = asKind(resolve(root.entries.get("AcroForm")), "dictionary") ?? dictionary({});
  const fields = asKind(form.entries.get("Fields"), "array")?.items ?? [];
  const place = update.add();
  update.put(place, field);
  const longer = withEntries(form, { Fields: array(...fields, place) });
  update.put(asKind(trailer.entries.get("Root"), "reference") ?? reference(0), withEntries(root, { AcroForm: longer }));
};
const drawing = (data: string): Buffer => streamBytes(dictionary({}), data);

type Attack = (update: Update, revision: Revision) => void;

const attacks: Readonly<Record<string, Attack>> = {
  "the content of a page": (update, revision) => {
    const { page } = firstPage(revision);
    const contents = page.entries.get("Contents");
    const [first] = asKind(contents, "array")?.items ?? [contents];
    update.putBytes(asKind(first, "reference") ?? reference(0), drawing("0 0 99 99 re f"));
  },
  "the list of what a page shows": (update, revision) => {
    const { page, reference: place } = firstPage(revision);
    const added = update.add();
    update.putBytes(added, drawing("0 0 99 99 re f"));
    update.put(place, withEntries(page, { Contents: added }));
  },
  "a font": (update, revision) => {
    const { page, reference: place } = firstPage(revision);
    update.put(place, withEntries(page, { Resources: dictionary({}) }));
  },
  "an annotation over the page": (update, revision) => {
    const { page, reference: place } = firstPage(revision);
    const note = update.add();
    update.put(note, dictionary({ Type: name("Annot"), Subtype: name("FreeText"), Rect: array(0, 0, 300, 200) }));
    const before = asKind(page.entries.get("Annots"), "array")?.items ?? [];
    update.put(place, withEntries(page, { Annots: array(...before, note) }));
  },
  "what opens with the document": (update, revision) =>
    update.put(rootOf(revision), withEntries(revision.catalog, { OpenAction: dictionary({ S: name("JavaScript") }) })),
  "the tree of pages": (update, revision) => {
    const pages = asKind(revision.catalog.entries.get("Pages"), "reference") ?? reference(0);
    const tree = asKind(revision.resolve(pages), "dictionary") ?? dictionary({});
    const [first = null] = asKind(tree.entries.get("Kids"), "array")?.items ?? [];
    update.put(pages, withEntries(tree, { Kids: array(first), Count: 1 }));
  },
  "the field of the signature": (update, revision) => {
    update.put(fieldPlace(revision), withEntries(fieldOf(revision), { Rect: array(0, 0, 300, 200) }));
  },
  "the form, by a field that is no signature": (update, revision) =>
    addField(update, revision, dictionary({ FT: name("Tx"), T: textString("more"), Subtype: name("Widget") })),
  "the form, by a field with an action": (update, revision) => {
    const action = dictionary({ S: name("JavaScript") });
    const field = dictionary({ FT: name("Sig"), T: textString("more"), Subtype: name("Widget"), A: action });
    addField(update, revision, field);
  },
  "the form, by a field that shows something and is not signed": (update, revision) => {
    const look = update.add();
    update.putBytes(look, drawing("0 0 99 99 re f"));
    const widget = { FT: name("Sig"), T: textString("more"), Subtype: name("Widget"), Rect: array(0, 0, 300, 200) };
    addField(update, revision, dictionary({ ...widget, AP: dictionary({ N: look }) }));
  },
  "how a page is turned": (update, revision) => {
    const { page, reference: place } = firstPage(revision);
    update.put(place, withEntries(page, { Rotate: 180 }));
  },
};

describe.each([
  ["a table", table],
  ["streams", streams],
])("after a signature, in a file with %s", (_, content) => {
  const before = withSignature(content);

  test.each(Object.entries(attacks))(
    "a change of %s is found, though it is covered by a second signature",
    (_, attack) => {
      const changed = updated(before, attack);
      expect(pdfSignatures(changed, "file")[0]).toMatchObject({ coversFile: false, laterChanges: "forbidden" });
      const [first, second] = pdfSignatures(withSignature(changed), "file");
      expect(first).toMatchObject({ laterChanges: "forbidden" });
      expect(second).toMatchObject({ laterChanges: "none", coversFile: true });
    },
  );

  test("objects that nothing leads to change nothing, but the end is not signed", () => {
    const changed = updated(before, (update) => update.putBytes(update.add(), drawing("0 0 99 99 re f")));
    expect(only(changed)).toMatchObject({ coversFile: false, laterChanges: "signatures" });
  });

  test("proofs for signatures and notes about the document may be added", () => {
    const changed = updated(before, (update, revision) => {
      const proofs = update.add();
      update.put(proofs, dictionary({ Certs: array() }));
      update.put(rootOf(revision), withEntries(revision.catalog, { DSS: proofs }));
    });
    expect(only(changed)).toMatchObject({ coversFile: false, laterChanges: "signatures" });
  });

  test("a field that was empty may be signed, and nothing else of it changed", () => {
    const prepared = withSignature(updated(content, addEmptyField));
    const filled = (entries: Readonly<Record<string, PdfObject>>) =>
      updated(prepared, (update, revision) => {
        const field = fieldOf(revision);
        update.put(fieldPlace(revision), withEntries(field, entries));
      });
    const changes = (content: Uint8Array) => pdfSignatures(content, "file").at(-1)?.laterChanges;
    const value = dictionary({ Type: name("Sig") });
    expect(changes(filled({ V: value, M: textString("D:20260101000000Z") }))).toBe("signatures");
    expect(changes(filled({ V: value, Rect: array(0, 0, 9, 9) }))).toBe("forbidden");
    expect(changes(filled({ V: value, AP: array() }))).toBe("forbidden");
    expect(changes(filled({ V: value, AA: dictionary({}) }))).toBe("forbidden");
  });

  test("a field that was empty may not show something without being signed", () => {
    const filled = updated(withSignature(updated(content, addEmptyField)), (update, revision) => {
      const look = update.add();
      update.putBytes(look, drawing("0 0 99 99 re f"));
      update.put(fieldPlace(revision), withEntries(fieldOf(revision), { AP: dictionary({ N: look }) }));
    });
    expect(only(filled)).toMatchObject({ laterChanges: "forbidden" });
  });

  test("bytes behind the end are not signed", () => {
    expect(only(new Uint8Array(Buffer.concat([before, Buffer.from("\n")])))).toMatchObject({ coversFile: false });
  });
});

test("circles that stand at other places before and after end the walk", () => {
  const one = handmade(["<</Type /Catalog /Pages 2 0 R /X 5 0 R>>", ...onePage, "<</K <</K 5 0 R>>>>"]);
  const circle = updated(withSignature(one), (update, revision) => {
    const other = update.add();
    update.put(other, dictionary({ K: dictionary({ K: other }) }));
    update.put(rootOf(revision), withEntries(revision.catalog, { X: dictionary({ K: other }) }));
  });
  expect(only(circle)).toMatchObject({ laterChanges: "forbidden" });
});

describe("hostile files", () => {
  const fails = (content: Uint8Array, problem?: string) =>
    expect(() => pdfSignatures(content, "file")).toThrow(
      expect.objectContaining({
        code: "ERR_IO_PDF",
        ...(problem && { details: expect.objectContaining({ problem }) }),
      }),
    );

  test("an object stream that unpacks to gigabytes ends the work", () => {
    const bomb = deflateSync(Buffer.alloc(257 * 1024 * 1024), { level: 1 }).toString("latin1");
    const container = `<</Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length ${bomb.length}>>\nstream\n${bomb}\nendstream`;
    const form = "<</Type /Catalog /Pages 2 0 R /AcroForm 6 0 R>>";
    fails(withPacked([form, ...onePage, container], { number: 6, container: 5 }));
  });

  test("arrays in arrays in arrays end the work", () => {
    fails(handmade([`<</Type /Catalog /AcroForm ${"[".repeat(100_000)}>>`, ...onePage]));
  });

  test("cross-references that go round in circles end the work", () => {
    const file = text(handmade([catalog, ...onePage], "/Prev 0000"));
    const start = /startxref\n(\d+)/.exec(file)?.[1] ?? "";
    fails(new Uint8Array(Buffer.from(file.replace("/Prev 0000", `/Prev ${start.padStart(4, "0")}`), "latin1")));
  });

  test("objects that stand in one another end the work", () => {
    const [count, parts] = [1000, 5000];
    const numbers = Array.from({ length: count }, (_, index) => 10 + index);
    const heads = numbers.map((number) => `${number} 0 `).join("");
    const data = deflateSync(`${heads}<</T (a) /X [${"1 ".repeat(parts)}]>>`).toString("latin1");
    const parameters = `/Type /ObjStm /N ${count} /First ${heads.length} /Filter /FlateDecode /Length ${data.length}`;
    const container = `<<${parameters}>>\nstream\n${data}\nendstream`;
    const form = `<</Type /Catalog /Pages 2 0 R /AcroForm <</Fields [${numbers.map((number) => `${number} 0 R`).join(" ")}]>>>>`;
    fails(
      withPacked([form, ...onePage, container], ...numbers.map((number, index) => ({ number, container: 5, index }))),
      "objects stand in one another",
    );
  });

  test("an object of another generation than that which is meant is not taken for nothing", () => {
    fails(
      handmade(["<</Type /Catalog /Pages 2 0 R /AcroForm 3 1 R>>", ...onePage]),
      "object 3 is of another generation",
    );
  });

  test("a string or a list without end in sight ends the work", () => {
    const withForm = (form: string) => handmade([`<</Type /Catalog /Pages 2 0 R /AcroForm ${form}>>`, ...onePage]);
    fails(withForm(`(${"a".repeat(17_000_000)})`), "a string is too long");
    fails(withForm(`<${"0".repeat(17_000_000)}>`), "a string is too long");
    fails(withForm(`[${"0 ".repeat(2_000_001)}]`), "an object has too many parts");
  });

  test("packed cross-references of millions of objects end the work", () => {
    const rows = deflateSync(Buffer.alloc(8_000_000)).toString("latin1");
    const parameters = `/Type /XRef /W [1 0 0] /Size 8000000 /Root 1 0 R /Filter /FlateDecode /Length ${rows.length}`;
    const stream = `5 0 obj\n<<${parameters}>>\nstream\n${rows}\nendstream\nendobj\n`;
    fails(
      new Uint8Array(Buffer.from(`%PDF-1.7\n${stream}startxref\n9\n%%EOF\n`, "latin1")),
      "the cross-references are too many",
    );
  });

  test("a table and the stream beside it that know two places of an object end the work", () => {
    const row = String.fromCharCode(1, 0, 0);
    const stream = `<</Type /XRef /W [1 1 1] /Index [4 1] /Size 5 /Root 1 0 R /Length 3>>\nstream\n${row}\nendstream`;
    const file = text(handmade([catalog, ...onePage, stream], "/XRefStm 0000"));
    const place = String(file.indexOf("5 0 obj")).padStart(4, "0");
    fails(
      new Uint8Array(Buffer.from(file.replace("/XRefStm 0000", `/XRefStm ${place}`), "latin1")),
      "an object is in two places",
    );
  });

  test("a stream whose length is in itself ends the work", () => {
    const form = "<</Type /Catalog /Pages 2 0 R /AcroForm 5 0 R>>";
    fails(handmade([form, ...onePage, "<</Length 5 0 R>>\nstream\n\nendstream"]));
  });

  test("a cross-reference table that announces more than there is ends the work", () => {
    const file = text(handmade([catalog, ...onePage]));
    fails(new Uint8Array(Buffer.from(file.replace("xref\n0 5", "xref\n0 999999999"), "latin1")));
  });
});

test("a document without signatures has none", () => {
  expect(pdfSignatures(table, "file")).toEqual([]);
  expect(only(signed).at).toEqual(at);
});
