import { parseAtr } from "../../src/apdu/atr.ts";
import { parseDialogue } from "../../src/apdu/channels/dialogue.ts";
import { decodeCommand } from "../../src/apdu/command.ts";
import { FrameReader } from "../../src/apdu/readers/vpcd-frames.ts";
import { decodeResponse } from "../../src/apdu/response.ts";
import { findTlv, parseTlvs, totalLength } from "../../src/apdu/tlv.ts";
import { MynakitError } from "../../src/errors.ts";
import { parseCrl } from "../../src/jpki/certificate/crl.ts";
import { parseOcspResponse } from "../../src/jpki/certificate/ocsp-response.ts";
import { parseCertificate } from "../../src/jpki/certificate/parse.ts";
import { checkProfile, environmentOf, kindOf } from "../../src/jpki/certificate/profile.ts";
import { parseCvCertificate } from "../../src/jpki/cv-certificate.ts";
import { verifySignedData } from "../../src/jpki/signature/cms-verify.ts";
import { parseAttributes } from "../../src/jpki/text/attributes.ts";
import { parseIntegrityRecord } from "../../src/jpki/text/integrity.ts";
import { parseMyNumber } from "../../src/jpki/text/number.ts";
import { parseToken } from "../../src/jpki/token.ts";
import { parseFace, parseNumberImage } from "../../src/jpki/visual/face.ts";

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
    read: (input) => verifySignedData(input, null, { at: today, authorities: [], list: null, simulated: false }),
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
  command: { read: decodeCommand, declared: syntax },
  response: { read: decodeResponse, declared: syntax },
};
