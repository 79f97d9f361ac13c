import type { CommandApdu } from "../../apdu/command.ts";
import type { ResponseApdu } from "../../apdu/response.ts";
import { type CardOs, currentEntry, entryByShortId, Refusal, requireOpen, success } from "../os.ts";

const oneRecord = 0b100;
const allFromRecord = 0b101;

/**
 * READ RECORD (ISO/IEC 7816-4, 11.4.3): the record with the number P1, of the current EF or of one named by its short identifier,
 * which becomes current. Several at once are 6A81. Source: public measurements (myna-card).
 */
export function readRecord(os: CardOs, { p1, p2, data, le }: CommandApdu): ResponseApdu {
  if (data || le === undefined) throw new Refusal(0x6700);
  const mode = p2 & 0b111;
  const id = p2 >> 3;
  if (mode === allFromRecord) throw new Refusal(0x6a81);
  if (mode !== oneRecord || id > 0x1e) throw new Refusal(0x6a86);
  const entry = id === 0 ? currentEntry(os) : entryByShortId(os, id, "read");
  if (id !== 0) os.session.file = id;
  if (entry.kind !== "records") throw new Refusal(0x6981);
  requireOpen(os, entry.file);
  const record = entry.file.records[p1 - 1];
  if (record === undefined) throw new Refusal(0x6a83);
  return success(new Uint8Array(Buffer.from(record, "hex").subarray(0, le)));
}
