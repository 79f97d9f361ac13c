import type { Reader } from "../../apdu/reader.ts";
import { isError, type PinReport } from "../../errors.ts";
import { textFiles } from "../applications.ts";
import { type CardFileRequest, parsing, readCardFile } from "../card-file.ts";
import { checkCvCertificate, parseCvCertificate } from "../cv-certificate.ts";
import type { Card } from "../hold.ts";
import { checked, type IntegrityCheck } from "../integrity.ts";
import type { PresentOptions } from "../pin/present.ts";
import { type Contents, unlockFiles } from "../unlock-files.ts";
import { type Attributes, parseAttributes } from "./attributes.ts";
import { checkText, parseIntegrityRecord, type TextData } from "./integrity.ts";
import { type MyNumber, parseMyNumber } from "./number.ts";

const application = "text";
/** The digest covers the whole file, with the filler behind the number. Source: public measurements (myna-card). */
const number: CardFileRequest = { name: "number", application, file: textFiles.myNumber, first: 17, size: 17 };
const attributes: CardFileRequest = { name: "attributes", application, file: textFiles.attributes };
/** Sizes of the cards measured; others are read to their end all the same. */
const proofs: readonly CardFileRequest[] = [
  { name: "text-integrity", application, file: textFiles.integrity, first: 336, optional: true },
  { name: "text-certificate", application, file: textFiles.cvCertificate, first: 568, optional: true },
];

interface Read {
  readonly checks: readonly IntegrityCheck[];
  readonly pin: PinReport;
}

/**
 * Reads the four attributes with the text PIN or verification number B, and what proves them. The My Number stays
 * unread, so its digest is not checked.
 * @throws {MynakitError} what `unlockFiles` throws
 */
export async function readAttributes(
  reader: Reader,
  pin: "text" | "text-b",
  options: PresentOptions,
): Promise<Read & { readonly attributes: Attributes }> {
  return unlockFiles(reader, { pin, files: [attributes, ...proofs] }, options, (contents) => {
    const found = parsing("attributes", contents.attributes, parseAttributes);
    const data = { number: null, attributes: found.covered };
    return { attributes: found, checks: proofOf(contents, data, reader.simulated) };
  });
}

/**
 * Reads the My Number with the text PIN, and what proves it. The attributes stay unread.
 * @throws {MynakitError} what `unlockFiles` throws
 */
export async function readMyNumber(
  reader: Reader,
  options: PresentOptions,
): Promise<Read & { readonly number: MyNumber }> {
  return unlockFiles(reader, { pin: "text", files: [number, ...proofs] }, options, (contents) => {
    const found = parsing("number", contents.number, parseMyNumber);
    const data = { number: contents.number, attributes: null };
    const checkDigit = checked("check-digit", found.hasRightCheckDigit(), "check-digit-wrong");
    return { number: found, checks: [checkDigit, ...proofOf(contents, data, reader.simulated)] };
  });
}

/**
 * The holder's birth date, from a card that the text PIN has opened.
 * @returns `YYYYMMDD`; null where it cannot be read
 * @throws {MynakitError} what a channel throws
 */
export async function readBirth(card: Card): Promise<string | null> {
  try {
    return parsing("attributes", await readCardFile(card, attributes), parseAttributes).birth;
  } catch (error) {
    if (isError(error, "ERR_CARD_FILE") || isError(error, "ERR_CARD_ANSWER")) return null;
    throw error;
  }
}

function proofOf(contents: Contents, data: TextData, simulated: boolean): IntegrityCheck[] {
  const { "text-integrity": integrity, "text-certificate": cv } = contents;
  const record = integrity && parsing("text-integrity", integrity, parseIntegrityRecord);
  const certificate = cv && parsing("text-certificate", cv, parseCvCertificate);
  return [...checkText(data, record, certificate), checkCvCertificate(certificate, simulated)];
}
