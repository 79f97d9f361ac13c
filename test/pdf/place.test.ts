import { afterAll, describe, expect, test } from "vitest";
import { openForSigning } from "../../src/pdf/place.ts";
import { pdfSignatures } from "../../src/pdf/signatures.ts";
import {
  at,
  Bench,
  catalog,
  document,
  handmade,
  onePage,
  plain,
  standIn,
  updated,
  withSignature,
} from "./support/samples.ts";

const bench = new Bench();
afterAll(() => bench.close());

const table = await document(false);
const streams = await document(true);
const empty = handmade([catalog, ...onePage]);

/** Its page is packed into an object stream, of which only the stream beside the table knows. */
function hybrid(): Uint8Array {
  const page = onePage[1];
  const container = `<</Type /ObjStm /N 1 /First 4 /Length ${page.length + 4}>>\nstream\n3 0 ${page}\nendstream`;
  const head = Buffer.from(handmade([catalog, onePage[0], "null", onePage[2], container])).toString("latin1");
  const freed = head.replace(/(xref\n0 6\n(?:.{20}){3}).{20}/s, "$10000000000 00000 f \n");
  const first = /startxref\n(\d+)/.exec(freed)?.[1];
  const beside = `7 0 obj\n<</Type /XRef /W [1 1 1] /Index [3 1] /Size 8 /Length 3>>\nstream\n\x02\x05\x00\nendstream\nendobj\n`;
  const trailer = `trailer\n<</Size 8 /Root 1 0 R /Prev ${first} /XRefStm ${freed.length}>>\n`;
  const end = `${beside}xref\n0 0\n${trailer}startxref\n${freed.length + beside.length}\n%%EOF\n`;
  return new Uint8Array(Buffer.from(`${freed}${end}`, "latin1"));
}

const samples: Readonly<Record<string, Uint8Array>> = {
  "a cross-reference table": table,
  "cross-reference and object streams": streams,
  "a linearised file": bench.qpdf(table, "--linearize"),
  "a linearised file with object streams": bench.qpdf(table, "--linearize", "--object-streams=generate"),
  "a form in the catalog": handmade(["<</Type /Catalog /Pages 2 0 R /AcroForm <</Fields []>>>>", ...onePage]),
  "a form and its list as objects": handmade([
    "<</Type /Catalog /Pages 2 0 R /AcroForm 5 0 R>>",
    ...onePage,
    "<</Fields 6 0 R>>",
    "[7 0 R]",
    "<</FT /Tx /T (Signature2) /V (text)>>",
  ]),
  "annotations as an object": handmade([
    catalog,
    onePage[0],
    "<</Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Annots 5 0 R>>",
    onePage[2],
    "[]",
  ]),
  "a table with a stream of references beside it, as Word writes it": hybrid(),
  "no end of line at its end": table.subarray(0, Buffer.from(table).lastIndexOf("%%EOF") + 5),
};

describe.each(Object.entries(samples))("a PDF with %s", (_, original) => {
  const once = withSignature(original, { reason: "承認", location: "東京" });
  const twice = withSignature(once, { mark: { page: 1, x: 20, y: 30, width: 120, height: 40, lines: ["Signed"] } });

  test("keeps its bytes when it is signed, and signed again", () => {
    expect(Buffer.compare(once.subarray(0, original.length), original)).toBe(0);
    expect(Buffer.compare(twice.subarray(0, once.length), once)).toBe(0);
  });

  test("is a PDF without faults afterwards", () => {
    expect(bench.faults(once)).toBe("");
    expect(bench.faults(twice)).toBe("");
  });

  test("has signatures over the whole file, the first of them untouched by the second", () => {
    expect(pdfSignatures(once, "once")).toMatchObject([
      {
        subFilter: "ETSI.CAdES.detached",
        reason: "承認",
        location: "東京",
        at,
        coversFile: true,
        laterChanges: "none",
      },
    ]);
    expect(pdfSignatures(twice, "twice")).toMatchObject([
      { coversFile: false, laterChanges: "signatures", range: { end: once.length, contents: standIn } },
      { coversFile: true, laterChanges: "none", range: { end: twice.length } },
    ]);
  });

  test("has signatures that Poppler finds, too", () => {
    const said = bench.pdfsig(twice);
    expect(said.match(/Signature Type: ETSI\.CAdES\.detached/g)).toHaveLength(2);
    expect(said.match(/Not total document signed/g)).toHaveLength(1);
    expect(said.match(/Total document signed/g)).toHaveLength(1);
  });
});

describe("a place for a signature", () => {
  test("is the same for the same document at the same time", () => {
    expect(withSignature(table)).toEqual(withSignature(table));
    expect(withSignature(table, { at: new Date(at.getTime() + 1000) })).not.toEqual(withSignature(table));
  });

  test("leaves out of what is signed the signature, and nothing else", () => {
    const placed = openForSigning(table, "file").place(plain);
    const whole = placed.fill(standIn);
    const signed = Buffer.concat(placed.signed);
    const [hole = ""] = /<30030201070*>/.exec(Buffer.from(whole).toString("latin1")) ?? [];
    expect(signed.length + hole.length).toBe(whole.length);
    expect(Buffer.from(whole).toString("latin1").replace(hole, "")).toBe(signed.toString("latin1"));
  });

  test("has a name that no other field has", () => {
    const form = "<</Type /Catalog /Pages 2 0 R /AcroForm <</Fields [5 0 R]>>>>";
    const taken = handmade([form, ...onePage, "<</FT /Tx /T (Signature1)>>"]);
    expect(openForSigning(taken, "file").place(plain).field).toBe("Signature2");
  });

  test("takes no more than it has room for", () => {
    const placed = openForSigning(table, "file").place(plain);
    expect(() => placed.fill(new Uint8Array(20_000))).toThrow(expect.objectContaining({ code: "ERR_INTERNAL" }));
  });

  test("is where it is to be seen, also on a page that is turned", () => {
    const signable = openForSigning(table, "file");
    expect(signable.pageSize(1)).toEqual({ width: 300, height: 200 });
    expect(signable.pageSize(2)).toEqual({ width: 200, height: 300 });
    expect(signable.pageSize(4)).toBeUndefined();
    const rectangle = (page: number): string | undefined => {
      const mark = { page, x: 10, y: 20, width: 100, height: 40, lines: ["Signed"] };
      return /\/Rect (\[[\d .]+\])/.exec(Buffer.from(withSignature(table, { mark })).toString("latin1"))?.[1];
    };
    expect(rectangle(1)).toBe("[10 20 110 60]");
    expect(rectangle(2)).toBe("[240 10 280 110]");
  });
});

describe("a PDF that is not signed", () => {
  const code = (content: Uint8Array): unknown => {
    try {
      return openForSigning(content, "file").place(plain).field;
    } catch (error) {
      return error;
    }
  };
  const refused = (reason: string) => ({ code: "ERR_IO_PDF_REFUSED", details: { path: "file", reason } });

  test("is an encrypted one", () => {
    const encrypted = bench.qpdf(table, "--encrypt", "", "owner", "256", "--");
    expect(code(encrypted)).toMatchObject(refused("encrypted"));
  });

  test("is one whose pages are drawn from XFA", () => {
    const form = "<</Type /Catalog /Pages 2 0 R /AcroForm <</Fields [] /XFA (x)>>>>";
    expect(code(handmade([form, ...onePage]))).toMatchObject(refused("xfa"));
  });

  const author = (permission: string) =>
    `<</Type /Sig /Reference [<</TransformMethod /DocMDP /TransformParams <<${permission}>>>>]>>`;
  const certified = (signature: string, field = "", permissions = "/Perms <</DocMDP 6 0 R>>") =>
    handmade([
      `<</Type /Catalog /Pages 2 0 R /AcroForm <</Fields [5 0 R]>> ${permissions}>>`,
      ...onePage,
      `<</FT /Sig /T (Author) /V 6 0 R ${field}>>`,
      signature,
    ]);

  test("is one whose author permits nothing more", () => {
    expect(code(certified(author("/P 1")))).toMatchObject(refused("certified"));
    expect(code(certified(author("/P 1"), "", ""))).toMatchObject(refused("certified"));
    expect(code(certified(author("/P 7")))).toMatchObject(refused("certified"));
    expect(code(certified("<</Type /Sig>>", "/Lock <</P 1>>", ""))).toMatchObject(refused("certified"));
  });

  test("but not one whose author permits signatures", () => {
    expect(code(certified(author("/P 2")))).toBe("Signature2");
    expect(code(certified(author("")))).toBe("Signature2");
  });

  test.each([
    ["empty", new Uint8Array()],
    ["another kind of file", Buffer.from("PK\x03\x04 and so on")],
    ["cut off", table.subarray(0, table.length - 200)],
    ["without its catalog", handmade(["[]", ...onePage])],
    ["without pages", handmade([catalog, "<</Kids []>>"])],
    ["with pages that go round in circles", handmade([catalog, "<</Kids [2 0 R]>>"])],
    ["with a key twice", handmade(["<</Type /Catalog /Pages 2 0 R /Pages 2 0 R>>", ...onePage])],
    [
      "with numbers beyond all bounds",
      updated(empty, (update) => update.put({ kind: "reference", number: 9_000_000, generation: 0 }, null)),
    ],
  ])("is one that is broken: %s", (_, content) => {
    expect(code(new Uint8Array(content))).toMatchObject({ code: "ERR_IO_PDF", details: { path: "file" } });
  });
});
