import { commonFiles } from "../applications.ts";
import { digitsOf, parsing } from "../card-file.ts";
import type { Card } from "../hold.ts";
import { requireMyNumberCard } from "../identify.ts";
import { readRecord } from "../records.ts";

/** What a My Number Card says of itself to everybody (共通カードAP). */
export interface CardSerial {
  /** 15 digits. */
  readonly serialNumber: string;
  /** 製造番号: the serial number without its first two digits. Source: jpki/myna. */
  readonly manufactureNumber: string;
  /** 全国地方公共団体コード of the municipality that issued the card, five digits without the check digit. */
  readonly municipality: string;
  /** The last day of the card, `YYYYMMDD`. */
  readonly expiry: string;
}

const length = 28;

/**
 * Reads the one record that needs no PIN, with two commands.
 * @throws {MynakitError} ERR_CARD_KIND, ERR_CARD_FILE, ERR_CARD_ANSWER, what a channel throws
 */
export async function readSerial(card: Card): Promise<CardSerial> {
  const record = await readRecord(card, { application: "common", file: commonFiles.serial, record: 1 });
  // No such application: perhaps another kind of card, which deserves its name.
  if (record === null) await requireMyNumberCard(card);
  return parsing("serial", record, parseSerial);
}

/**
 * A SIMPLE-TLV `01 1C` and 28 digits: serial number, municipality, expiry. Source: public measurements (myna-card, jpki/myna).
 * @throws {SyntaxError}
 */
export function parseSerial(record: Uint8Array): CardSerial {
  if (record[0] !== 0x01 || record[1] !== length) throw new SyntaxError("the record does not begin with 01 1C");
  const digits = digitsOf(record.subarray(2), length, "the record");
  return {
    serialNumber: digits.slice(0, 15),
    manufactureNumber: digits.slice(2, 15),
    municipality: digits.slice(15, 20),
    expiry: digits.slice(20),
  };
}
