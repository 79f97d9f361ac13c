import { createHash } from "node:crypto";
import type { Clock } from "../../host.ts";
import { japanTime } from "../../jpki/certificate/japanese-date.ts";
import { reporting } from "../../jpki/pin/reporting.ts";
import { createSignedData } from "../../jpki/signature/cms.ts";
import { openForSigning, type PlacedSignature } from "../../pdf/place.ts";
import type { Input, Run } from "../command.ts";
import type { Context } from "../context.ts";
import { writeOutput } from "../output.ts";
import { mostPdfBytes } from "../pdf-size.ts";
import type { DataOf } from "../results.ts";
import { signWithCard } from "./card.ts";
import { type Document, hashOf, outputOf, readDocument } from "./document.ts";
import { visibleAt } from "./visible.ts";

type Data = DataOf<"sign pdf">;

/** A PDF that is ready but for its signature. */
interface PreparedPdf extends Document, PlacedSignature {
  readonly signingTime: Date;
}

/** Signs a PDF as PAdES baseline B (ETSI EN 319 142-1), by an incremental update. */
export const run: Run<Data> = async (context, input) => {
  const name = String(input.arguments.file);
  const fallback = name === "-" ? null : `${name.replace(/\.pdf$/i, "")}.signed.pdf`;
  const output = outputOf(context, input, { fallback, binary: true });
  const { mark, prepare } = await openPdf(context, input, name);
  const { signed, result, warnings } = await signWithCard(context, {
    key: "sign",
    // Before the card is touched: files can be large.
    document: prepare,
    withCertificate: true,
    withAuthority: true,
    async work({ certificate, authority, sign }, _, document) {
      const certificates = [certificate.der, ...(authority ? [authority.der] : [])] as const;
      return { document, contents: await createSignedData({ digest: document.digest, certificates, sign }) };
    },
  });
  const { field, fill, signingTime } = result.document;
  return reporting(signed, async () => {
    const content = fill(result.contents);
    if (output) writeOutput(output, content);
    const handed = output ? { file: output.file } : { output: content.toString("base64") };
    return { data: { ...signed, field, signingTime: signingTime.toISOString(), mark, ...handed }, warnings };
  });
};

interface Opened {
  readonly mark: Data["mark"];
  readonly prepare: (clock: Clock) => PreparedPdf;
}

async function openPdf(context: Context, input: Input, name: string): Promise<Opened> {
  const { reason, location, visible } = input.options;
  const bytes = await readDocument(context, name, mostPdfBytes);
  const pdf = openForSigning(bytes, name);
  const mark = visible === undefined ? null : visibleAt(String(visible), pdf);
  const prepare = (clock: Clock): PreparedPdf => {
    const signingTime = clock();
    const shownTime = japanTime(signingTime.toISOString());
    const placed = pdf.place({
      at: signingTime,
      reason: reason === undefined ? undefined : String(reason),
      location: location === undefined ? undefined : String(location),
      label: `電子署名 (digital signature) ${shownTime}`,
      mark: mark ? { ...mark, lines: ["Digitally signed", shownTime] } : undefined,
    });
    const hash = hashOf(input);
    const value = placed.signed.reduce((hashing, part) => hashing.update(part), createHash(hash)).digest();
    return { ...placed, name, size: bytes.length, digest: { hash, value: new Uint8Array(value) }, signingTime };
  };
  return { mark, prepare };
}
