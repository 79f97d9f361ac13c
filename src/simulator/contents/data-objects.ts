import { toHex } from "../../apdu/hex.ts";
import { simCvAuthority } from "../../jpki/sim-cv-authority.ts";
import { cvCertificates } from "../cv-keys.ts";
import type { DataObjectImage } from "../image.ts";
import { ascii } from "./file.ts";
import { cardSerial } from "./serial.ts";

/** Without its first byte; measured on a card with a contact interface. */
const measuredContactAtr = "E000FF8131FE4514";

/** Card recognition data of a card that keeps GlobalPlatform 2.1.1 (GlobalPlatform Card Specification, appendix H.3). */
const cardRecognition = "7317 06072A864886FC6B01 600C060A2A864886FC6B02020101".replaceAll(" ", "");

const templateHeader = 5;
const bodyHeader = 5;
const keyIdLength = 16;

const certificate = (base64: string): Buffer => Buffer.from(base64, "base64");

/** What the certificate says whose public key it holds. */
function subjectKeyId(base64: string): Uint8Array {
  const from = templateHeader + bodyHeader + keyIdLength;
  return certificate(base64).subarray(from, from + keyIdLength);
}

/**
 * What GET DATA tells of the card: issuer, card number, recognition data, municipality, expiry (YYYYMMDD), and a chain of two
 * card-verifiable certificates, without their template. Source: public measurements (myna-card).
 */
export function dataObjects(card: {
  seed: string;
  municipality: string;
  expiry: string;
  atr: string;
}): DataObjectImage[] {
  const contactless = card.atr.startsWith("3B8");
  const values: readonly (readonly [tag: number, value: Uint8Array])[] = [
    [0x0042, Buffer.from(simCvAuthority.keyId, "hex")],
    [0x0045, ascii(cardSerial(card.seed))],
    [0x0066, Buffer.from(cardRecognition, "hex")],
    [0x00f0, ascii(card.municipality)],
    [0x00f2, ascii(card.expiry)],
    [0x00f7, subjectKeyId(cvCertificates.intermediate)],
    [0x00f8, certificate(cvCertificates.intermediate).subarray(templateHeader)],
    [0x7f21, certificate(cvCertificates.card).subarray(templateHeader)],
    [0x5f51, Buffer.from(contactless ? measuredContactAtr : card.atr.slice(2), "hex")],
  ];
  return values.map(([tag, value]) => ({ tag, value: toHex(Uint8Array.from(value)) }));
}
