import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { PDFDocument } from "@cantoo/pdf-lib";
import { openForSigning, type SignatureEntries } from "../../../src/pdf/place.ts";
import { openRevision, type Revision } from "../../../src/pdf/revision.ts";
import { beginUpdate, type Update } from "../../../src/pdf/update.ts";

export const at = new Date("2026-06-14T01:02:03Z");
export const plain: SignatureEntries = {
  at,
  reason: undefined,
  location: undefined,
  label: "電子署名",
  mark: undefined,
};

/** A small document of three pages, one of them turned, as pdf-lib writes it. */
export async function document(useObjectStreams: boolean): Promise<Uint8Array> {
  const made = await PDFDocument.create();
  for (const [index, rotation] of [0, 90, 0].entries()) {
    const page = made.addPage([300, 200]);
    page.drawText(`Page ${index + 1}`, { x: 30, y: 150, size: 20 });
    page.setRotation({ type: "degrees", angle: rotation } as Parameters<typeof page.setRotation>[0]);
  }
  made.setCreationDate(at);
  made.setModificationDate(at);
  return made.save({ useObjectStreams });
}

/** What runs `qpdf` and the like on bytes. */
export class Bench {
  readonly folder = mkdtempSync(path.join(tmpdir(), "mynakit-pdf-"));

  close(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  file(name: string, content: string | Uint8Array): string {
    const file = path.join(this.folder, name);
    writeFileSync(file, content);
    return file;
  }

  /** The same document, as qpdf writes it with these options. */
  qpdf(content: Uint8Array, ...options: readonly string[]): Uint8Array {
    const out = path.join(this.folder, "out.pdf");
    execFileSync("qpdf", [...options, this.file("in.pdf", content), out]);
    return new Uint8Array(readFileSync(out));
  }

  /** What `qpdf --check` finds wrong; empty: nothing. */
  faults(content: Uint8Array): string {
    const { status, stdout, stderr } = spawnSync("qpdf", ["--check", this.file("check.pdf", content)], {
      encoding: "utf8",
    });
    return status === 0 ? "" : `${stdout}${stderr}`;
  }

  /** What `pdfsig` says about every signature. */
  pdfsig(content: Uint8Array): string {
    return spawnSync("pdfsig", ["-nocert", this.file("sig.pdf", content)], { encoding: "utf8" }).stdout;
  }
}

/** A DER SEQUENCE in place of a signature: what is signed does not depend on it. */
export const standIn = Uint8Array.of(0x30, 0x03, 0x02, 0x01, 0x07);

/** A document with one more signature, which nobody could verify. */
export function withSignature(content: Uint8Array, change: Partial<SignatureEntries> = {}): Uint8Array {
  const placed = openForSigning(content, "sample.pdf").place({ ...plain, ...change });
  return new Uint8Array(placed.fill(standIn));
}

/** A document with an incremental update behind it that a test writes. */
export function updated(content: Uint8Array, write: (update: Update, revision: Revision) => void): Uint8Array {
  const revision = openRevision(content);
  const update = beginUpdate(revision);
  write(update, revision);
  return new Uint8Array(Buffer.concat([content, update.finish(new Uint8Array(16))]));
}

/** A file with a cross-reference table, from the text of its objects, which are numbered from 1; the first is the catalog. */
export function handmade(objects: readonly string[], trailer = ""): Uint8Array {
  let text = "%PDF-1.7\n";
  const offsets = objects.map((object, index) => {
    const offset = text.length;
    text += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const rows = offsets.map((offset) => `${String(offset).padStart(10, "0")} 00000 n \n`).join("");
  const size = objects.length + 1;
  const table = `xref\n0 ${size}\n0000000000 65535 f \n${rows}`;
  const end = `trailer\n<</Size ${size} /Root 1 0 R ${trailer}>>\nstartxref\n${text.length}\n%%EOF\n`;
  return new Uint8Array(Buffer.from(`${text}${table}${end}`, "latin1"));
}

export const catalog = "<</Type /Catalog /Pages 2 0 R>>";
export const onePage = [
  "<</Type /Pages /Kids [3 0 R] /Count 1>>",
  "<</Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Contents 4 0 R>>",
  "<</Length 9>>\nstream\n0 0 m f  \nendstream",
] as const;

/** The same bytes with one text exchanged for another of the same length. */
export function exchanged(content: Uint8Array, from: string, to: string): Uint8Array {
  const text = Buffer.from(content).toString("latin1");
  if (from.length !== to.length || !text.includes(from)) throw new Error(`no ${from} to exchange`);
  return new Uint8Array(Buffer.from(text.replace(from, to), "latin1"));
}
