import type { CommandApdu } from "../apdu/command.ts";
import type { ResponseApdu } from "../apdu/response.ts";
import { sw as SW } from "../apdu/status.ts";
import { MynakitError } from "../errors.ts";
import type { ApplicationName } from "./applications.ts";
import type { Card } from "./hold.ts";
import { refusesShortFileId, selectApplication, selectFile, shortFileId, unexpectedAnswer } from "./select.ts";

const endedEarly = 0x6282;
const shortLe = 256;
/** One answer that holds the rest of any certificate seen (1574 and 1749 bytes). */
const extendedLe = 2048;
/** No file read here is larger than 32 KiB; a card that gives it in crumbs is not followed to the end. */
const mostReads = 256;
const endless = {
  command: "READ BINARY",
  sw: "9000",
  meaning: { ja: "ファイルが細切れすぎる", en: "a file in too many parts" },
};

export interface FileRequest {
  readonly application: ApplicationName;
  readonly file: number;
  /**
   * How many bytes to ask for first, where the length is known before reading. Without it as many as a short Le asks
   * for: a byte of filler costs a contactless reader more than half a millisecond, one more command less than thirty.
   */
  readonly first?: number;
  /** The length in bytes of the content, from the first bytes of the file: filler may follow it. May throw. */
  readonly extent: (head: Uint8Array) => number;
}

/**
 * Reads a transparent file in as few commands as card and reader allow: READ BINARY by short file id, with an
 * extended Le where both carry one; SELECT first on cards that refuse the short id. Source: ISO/IEC 7816-4:2020, 11.3.3.
 * @returns the content, cut to its extent, or shorter where the file ends before it; null where the application or
 *   the file is absent
 * @throws {MynakitError} ERR_CARD_ANSWER (`sw` 6982: a PIN is needed first), what `extent` and a channel throw
 */
export async function readFile(card: Card, request: FileRequest): Promise<Uint8Array | null> {
  if (!(await selectApplication(card, request.application))) return null;
  const head = await readHead(card, request);
  if (head === null) return null;
  const extent = request.extent(head.data);
  const content = head.ended ? head.data : await readRest(card, head.data, extent);
  return content.subarray(0, extent);
}

interface Part {
  readonly data: Uint8Array;
  /** True where the card said that the file ends here. */
  readonly ended: boolean;
}

async function readHead(card: Card, request: FileRequest): Promise<Part | null> {
  const response = card.memory.shortFileIds ? await readByShortId(card, request) : await readSelected(card, request);
  return response.sw === SW.notFound ? null : partOf(response);
}

async function readByShortId(card: Card, request: FileRequest): Promise<ResponseApdu> {
  const byShortId = { cla: 0x00, ins: 0xb0, p1: 0x80 | shortFileId(request.file), p2: 0x00 };
  const response = await readBinary(card, byShortId, request.first);
  if (!refusesShortFileId(response.sw)) return response;
  const selected = await readSelected(card, request);
  // An absent file says nothing about short file ids.
  card.memory.shortFileIds = selected.sw === SW.notFound;
  return selected;
}

async function readSelected(card: Card, request: FileRequest): Promise<ResponseApdu> {
  const sw = await selectFile(card, request.file);
  if (sw === SW.notFound) return { data: new Uint8Array(), sw };
  if (sw !== SW.ok) throw unexpectedAnswer("SELECT", sw);
  return readBinary(card, { cla: 0x00, ins: 0xb0, p1: 0x00, p2: 0x00 }, request.first);
}

/** Asks for what is wanted, or for as much as fits. */
async function readBinary(card: Card, command: CommandApdu, wanted = shortLe): Promise<ResponseApdu> {
  const le = sizeOfRead(card, wanted);
  const response = await card.transmit({ ...command, le });
  if (response.sw !== SW.wrongLength || le <= shortLe) return response;
  card.memory.extendedLength = false;
  return card.transmit({ ...command, le: shortLe });
}

async function readRest(card: Card, head: Uint8Array, extent: number): Promise<Uint8Array> {
  const parts = [head];
  let length = head.length;
  for (let reads = 1; length < extent; reads++) {
    const part = await readAt(card, length, extent - length);
    if (part.data.length === 0) break;
    if (reads === mostReads) throw new MynakitError("ERR_CARD_ANSWER", endless);
    parts.push(part.data);
    length += part.data.length;
    if (part.ended) break;
  }
  return new Uint8Array(Buffer.concat(parts));
}

async function readAt(card: Card, offset: number, wanted: number): Promise<Part> {
  const command = { cla: 0x00, ins: 0xb0, p1: (offset >> 8) & 0x7f, p2: offset & 0xff };
  return partOf(await readBinary(card, command, wanted));
}

function sizeOfRead(card: Card, wanted: number): number {
  return Math.min(wanted, card.memory.extendedLength ? extendedLe : shortLe);
}

function partOf({ data, sw }: ResponseApdu): Part {
  if (sw === SW.ok) return { data, ended: false };
  if (sw === endedEarly || sw === SW.outside) return { data, ended: true };
  throw unexpectedAnswer("READ BINARY", sw);
}
