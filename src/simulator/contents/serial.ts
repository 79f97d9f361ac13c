import { toHex } from "../../apdu/hex.ts";
import { commonFiles, jukiFiles } from "../../jpki/applications.ts";
import { simCvAuthority } from "../../jpki/sim-cv-authority.ts";
import { derivedDigits } from "../derive.ts";
import type { RecordFileImage } from "../image.ts";
import { ascii } from "./file.ts";

/** The card's own number, 15 digits: no real one begins with 99. */
export const cardSerial = (seed: string): string => `99${derivedDigits(seed, "card-serial", 13)}`;

/** A record in simple TLV (ISO/IEC 7816-4, 6.2; JICSAP 1.1, 4.4.1). */
const record = (tag: number, value: Uint8Array): string => toHex(Uint8Array.of(tag, value.length, ...value));

/**
 * The record EFs of the common and the resident register application: serial number, municipality and expiry (YYYYMMDD), and the
 * reference of a key, the same in both. Source: public measurements (myna-card; jpki/myna for the first).
 */
export function recordFiles(card: { seed: string; municipality: string; expiry: string }): RecordFileImage[] {
  const identity = ascii(`${cardSerial(card.seed)}${card.municipality}${card.expiry}`);
  const keyReference = record(0x01, Buffer.from(simCvAuthority.keyId, "hex"));
  return [
    { application: "common", file: commonFiles.serial, records: [record(0x01, identity)], read: [] },
    { application: "common", file: commonFiles.keyReference, records: [keyReference], read: [] },
    { application: "juki", file: jukiFiles.keyReference, records: [keyReference], read: [] },
  ];
}
