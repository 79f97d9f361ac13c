import type { CommandApdu } from "../../apdu/command.ts";
import type { ResponseApdu } from "../../apdu/response.ts";
import { type CardOs, currentEntry, type Entry, entryByShortId, Refusal, requireOpen, success } from "../os.ts";

/**
 * READ BINARY (ISO/IEC 7816-4, 11.3.3): of the current EF with a 15-bit offset, or of one named by its short identifier, which
 * becomes current. A read that begins inside the file ends with it.
 */
export function readBinary(os: CardOs, { p1, p2, data, le }: CommandApdu): ResponseApdu {
  if (data || le === undefined) throw new Refusal(0x6700);
  const { entry, offset } = addressed(os, p1, p2);
  if (entry.kind === "closed" && entry.as === "data") throw new Refusal(0x6982);
  if (entry.kind !== "data") throw new Refusal(0x6981);
  const { file } = entry;
  requireOpen(os, file);
  if (offset >= file.size) throw new Refusal(0x6b00);
  const whole = Buffer.alloc(file.size, 0xff);
  whole.write(file.content, "hex");
  return success(new Uint8Array(whole.subarray(offset, offset + le)));
}

function addressed(os: CardOs, p1: number, p2: number): { entry: Entry; offset: number } {
  if (p1 < 0x80) return { entry: currentEntry(os), offset: p1 * 256 + p2 };
  const id = p1 - 0x80;
  if (id < 0x01 || id > 0x1e) throw new Refusal(0x6a86);
  const entry = entryByShortId(os, id, "read");
  os.session.file = id;
  return { entry, offset: p2 };
}
