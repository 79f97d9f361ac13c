import { parseAtr } from "../../src/apdu/atr.ts";
import { parseDialogue } from "../../src/apdu/channels/dialogue.ts";
import { decodeCommand } from "../../src/apdu/command.ts";
import { FrameReader } from "../../src/apdu/readers/vpcd-frames.ts";
import { decodeResponse } from "../../src/apdu/response.ts";
import { findTlv, parseTlvs, totalLength } from "../../src/apdu/tlv.ts";
import { commandsOf } from "../../src/commands/apdu/send.ts";
import { verifyPdfSignature } from "../../src/commands/verify/pdf-signature.ts";
import { MynakitError } from "../../src/errors.ts";
import { parseCrl } from "../../src/jpki/certificate/crl.ts";
import { parseWrittenDay } from "../../src/jpki/certificate/japanese-date.ts";
import { parseOcspResponse } from "../../src/jpki/certificate/ocsp-response.ts";
import { parseCertificate } from "../../src/jpki/certificate/parse.ts";
import { checkProfile, environmentOf, kindOf } from "../../src/jpki/certificate/profile.ts";
import { parseCvCertificate } from "../../src/jpki/cv-certificate.ts";
import { parsePin } from "../../src/jpki/pin/policy.ts";
import { pinReference } from "../../src/jpki/pin/references.ts";
import { verifySignedData } from "../../src/jpki/signature/cms-verify.ts";
import { verifyJws } from "../../src/jpki/signature/jws.ts";
import { parseAttributes } from "../../src/jpki/text/attributes.ts";
import { parseIntegrityRecord } from "../../src/jpki/text/integrity.ts";
import { parseMyNumber } from "../../src/jpki/text/number.ts";
import { parseToken } from "../../src/jpki/token.ts";
import { composeB, parseNumberA } from "../../src/jpki/verification-number.ts";
import { parseFace, parseNumberImage } from "../../src/jpki/visual/face.ts";
import { openForSigning } from "../../src/pdf/place.ts";
import { pdfSignatures } from "../../src/pdf/signatures.ts";
import { parseImage } from "../../src/simulator/image.ts";
import { profiles } from "../../src/simulator/profiles.ts";
import { ordered } from "../../src/simulator/settings.ts";

/** Something that reads bytes from outside. Throws what it declares, and nothing else. */
export interface Target {
  readonly read: (input: Uint8Array) => unknown;
  /** Which errors are an answer. */
  readonly declared: (error: unknown) => boolean;
}

const ours = (error: unknown): boolean => error instanceof MynakitError;
const syntax = (error: unknown): boolean => error instanceof SyntaxError;
const today = new Date("2026-11-22T03:00:00Z");
const none = (): boolean => false;
const trust = { at: today, authorities: [], list: null, simulated: false } as const;

const text = (input: Uint8Array): string => Buffer.from(input).toString("utf8");

/** Every level, as far as it goes: no reader of ours goes deeper than a file is long. */
function readAllLevels(input: Uint8Array): void {
  const waiting = [input];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    for (const { tag, value } of parseTlvs(next)) {
      const leading = tag > 0xff ? tag >> 8 : tag;
      if ((leading & 0x20) !== 0 && waiting.length < 1000) waiting.push(value);
    }
  }
}

/** As `verify pdf` does. */
async function verifyPdf(input: Uint8Array): Promise<void> {
  const signatures = pdfSignatures(input, "file");
  for (const signature of signatures) await verifyPdfSignature(input, signature, signatures, trust);
}

/** As `sign pdf --visible` does, up to the signature, and nothing of the file may be lost. */
function prepareSignature(input: Uint8Array): void {
  const pdf = openForSigning(input, "file");
  const page = pdf.pageCount();
  if (!pdf.pageSize(page)) throw new TypeError("the last page has no size");
  const mark = { page, x: 10, y: 10, width: 90, height: 40, lines: ["Digitally signed"] };
  const placed = pdf.place({ at: today, reason: "reason", location: undefined, label: "label", mark });
  const whole = placed.fill(Uint8Array.of(0x30, 0x00));
  if (!whole.subarray(0, input.length).equals(input)) throw new TypeError("the file itself was changed");
}

/** As a person reads a birth date off the card: what comes of it has the form of a verification number B. */
function readWrittenDay(input: Uint8Array): void {
  const birth = parseWrittenDay(text(input));
  const b = birth && composeB({ birth, expiryYear: "2035", securityCode: "0042" }, "era");
  if (b !== null) parsePin(pinReference("visual-b"), b).wipe();
}

/** Everything of ours that parses; a folder of the same name in `fixtures/corpus` holds its first inputs. */
export const targets: Readonly<Record<string, Target>> = {
  tlv: {
    read(input) {
      totalLength(input);
      findTlv(input, 0x30, 0x30);
      readAllLevels(input);
    },
    declared: syntax,
  },
  certificate: {
    read(input) {
      const certificate = parseCertificate(input, "sign");
      return [kindOf(certificate), environmentOf(certificate), checkProfile(certificate)];
    },
    declared: ours,
  },
  crl: { read: parseCrl, declared: syntax },
  ocsp: { read: parseOcspResponse, declared: syntax },
  cms: {
    read: (input) => verifySignedData(input, null, trust),
    declared: syntax,
  },
  token: { read: parseToken, declared: none },
  attributes: { read: parseAttributes, declared: syntax },
  "my-number": { read: parseMyNumber, declared: syntax },
  "text-integrity": { read: parseIntegrityRecord, declared: syntax },
  "cv-certificate": { read: parseCvCertificate, declared: syntax },
  face: { read: parseFace, declared: syntax },
  "number-image": { read: parseNumberImage, declared: syntax },
  trace: { read: (input) => parseDialogue(text(input)), declared: syntax },
  vpcd: {
    read(input) {
      const frames = new FrameReader();
      const half = input.length >> 1;
      return [...frames.push(input.subarray(0, half)), ...frames.push(input.subarray(half))];
    },
    declared: none,
  },
  atr: { read: parseAtr, declared: syntax },
  pdf: { read: verifyPdf, declared: ours },
  "pdf-signing": { read: prepareSignature, declared: ours },
  jws: { read: (input) => verifyJws(Buffer.from(input).toString("latin1").trimEnd(), null, trust), declared: syntax },
  "apdu-arguments": { read: (input) => commandsOf(text(input).split("\n")), declared: ours },
  "written-day": { read: readWrittenDay, declared: none },
  "number-a": { read: (input) => parseNumberA(pinReference("visual-a"), text(input)), declared: ours },
  "number-b": { read: (input) => parsePin(pinReference("visual-b"), text(input)), declared: ours },
  "sim-image": { read: (input) => parseImage(text(input)), declared: syntax },
  "sim-settings": { read: (input) => ordered(profiles.standard, text(input).split("\n")), declared: ours },
  command: { read: decodeCommand, declared: syntax },
  response: { read: decodeResponse, declared: syntax },
};
