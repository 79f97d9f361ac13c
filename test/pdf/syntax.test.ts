import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { MynakitError } from "../../src/errors.ts";
import { array, name, type PdfObject, reference, textOf, textString } from "../../src/pdf/object.ts";
import { PdfParser } from "../../src/pdf/parse.ts";
import { openForSigning } from "../../src/pdf/place.ts";
import { serialise } from "../../src/pdf/serialise.ts";
import { pdfSignatures } from "../../src/pdf/signatures.ts";
import { document, plain, withSignature } from "./support/samples.ts";

const bytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, "latin1"));
const parsed = (text: string): PdfObject => new PdfParser(bytes(text)).object();

const latin = fc.string({
  unit: fc.integer({ min: 1, max: 255 }).map((code) => String.fromCharCode(code)),
  maxLength: 20,
});
const { object } = fc.letrec<{ object: PdfObject }>((tie) => ({
  object: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom<PdfObject>(null, true, false),
    fc.integer(),
    fc.integer({ min: -99_999, max: 99_999 }).map((number) => number / 1000),
    latin.map(name),
    fc.string().map((text) => ({ ...textString(text) })),
    fc.nat({ max: 9999 }).map((number) => reference(number)),
    fc.array(tie("object"), { maxLength: 4 }).map((items) => array(...items)),
    fc.array(fc.tuple(latin, tie("object")), { maxLength: 4 }).map(
      (entries): PdfObject => ({
        kind: "dictionary",
        entries: new Map(entries),
      }),
    ),
  ),
}));

/** Without where strings stood. */
const plainly = (value: PdfObject): unknown =>
  JSON.parse(
    JSON.stringify(value, (key, each) => {
      if (key === "start" || key === "end") return undefined;
      return each instanceof Map ? [...each] : each instanceof Uint8Array ? Buffer.from(each).toString("hex") : each;
    }),
  );

describe("objects", () => {
  test("are read as they were written", () => {
    fc.assert(
      fc.property(object, (one) => {
        expect(plainly(parsed(`${serialise(one)} `))).toEqual(plainly(one));
      }),
    );
  });

  test.each<[string, unknown]>([
    ["(a\\(b\\) (c) \\101\\n\\\r\nd)", "a(b) (c) A\nd"],
    ["<48 65 6c6C 6>", "Hell`"],
    ["<feff7f72540d>", "署名"],
    ["<efbbbfe7bdb2>", "署"],
  ])("the string %s is %j", (written, meant) => {
    expect(textOf(parsed(written))).toBe(meant);
  });

  test.each<[string, unknown]>([
    ["+17", 17],
    ["-.5", -0.5],
    ["4.", 4],
    ["/A#20B", name("A B")],
    ["% a comment\r12 % another\n 3 R", reference(12, 3)],
    ["[12 3 0 R]", array(12, reference(3))],
  ])("%s is %j", (written, meant) => {
    expect(parsed(written)).toEqual(meant);
  });

  test.each([
    "1e5",
    "--1",
    "0x10",
    "(",
    "<12",
    "<1g>",
    "[1",
    "<</A>>",
    "<</A 1",
    "<<1 2>>",
    "}",
    "",
    "nul",
    "<</A 1/A 1>>",
  ])("%j is none", (written) => expect(() => parsed(written)).toThrow(SyntaxError));
});

test("whatever is done to a file, it is read or refused", async () => {
  const files = [withSignature(await document(false)), withSignature(await document(true))];
  const position = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });
  const change = fc.record({ at: position, byte: fc.integer({ min: 0, max: 255 }) });
  const cut = fc.option(position, { nil: 1, freq: 5 });
  fc.assert(
    fc.property(fc.constantFrom(...files), fc.array(change, { maxLength: 8 }), cut, (file, changes, length) => {
      const broken = file.slice(0, Math.ceil(file.length * length));
      // Zeros for a signature to come would be hit most of the time: those bytes are passed over.
      for (const { at, byte } of changes) broken[Math.floor(at * 3000) % broken.length] = byte;
      for (const work of [() => pdfSignatures(broken, "file"), () => openForSigning(broken, "file").place(plain)]) {
        try {
          work();
        } catch (error) {
          expect(error).toBeInstanceOf(MynakitError);
        }
      }
    }),
    { numRuns: 300 },
  );
});
