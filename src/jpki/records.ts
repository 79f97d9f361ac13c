import type { CommandApdu } from "../apdu/command.ts";
import type { ResponseApdu } from "../apdu/response.ts";
import { sw as SW } from "../apdu/status.ts";
import type { ApplicationName } from "./applications.ts";
import type { Card } from "./hold.ts";
import { refusesShortFileId, selectApplication, selectFile, shortFileId, unexpectedAnswer } from "./select.ts";

/** P2: the record with the number in P1; a short file id stands in its upper five bits. */
const byNumber = 0x04;
const recordNotFound = 0x6a83;

/**
 * Reads one record, counted from 1: READ RECORD by short file id, after SELECT on cards that refuse it.
 * Source: ISO/IEC 7816-4:2020, 11.4.3; public measurements (myna-card, jpki/myna).
 * @returns null where the application, the file or the record is absent
 * @throws {MynakitError} ERR_CARD_ANSWER, what a channel throws
 */
export async function readRecord(
  card: Card,
  { application, file, record }: { application: ApplicationName; file: number; record: number },
): Promise<Uint8Array | null> {
  if (!(await selectApplication(card, application))) return null;
  const command = { cla: 0x00, ins: 0xb2, p1: record, p2: byNumber, le: 256 };
  const { data, sw } = await readByShortId(card, file, command);
  if (sw === SW.ok) return data;
  if (sw === SW.notFound || sw === recordNotFound) return null;
  throw unexpectedAnswer("READ RECORD", sw);
}

async function readByShortId(card: Card, file: number, command: CommandApdu): Promise<ResponseApdu> {
  if (card.memory.shortFileIds) {
    const response = await card.transmit({ ...command, p2: (shortFileId(file) << 3) | byNumber });
    if (!refusesShortFileId(response.sw)) return response;
  }
  const sw = await selectFile(card, file);
  if (sw === SW.notFound) return { data: new Uint8Array(), sw };
  if (sw !== SW.ok) throw unexpectedAnswer("SELECT", sw);
  card.memory.shortFileIds = false;
  return card.transmit(command);
}
