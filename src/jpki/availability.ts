import { jpkiFiles } from "./applications.ts";
import { readFile } from "./files.ts";
import type { Card } from "./hold.ts";

/** Which of the two personal certificates the card has. A card without a signing certificate is a normal card. */
export interface Availability {
  readonly sign: boolean;
  readonly auth: boolean;
}

const length = 3;
const present = 0x8f;

/**
 * Reads EF 0008 of the JPKI application. Source: public measurements (myna-card).
 * @returns null where the application or the file is absent, or the file is cut short
 * @throws {MynakitError} ERR_CARD_ANSWER, what a channel throws
 */
export async function readAvailability(card: Card): Promise<Availability | null> {
  const file = jpkiFiles.certificateAvailability;
  const bytes = await readFile(card, { application: "jpki", file, first: length, extent: () => length });
  if (bytes?.length !== length) return null;
  return { sign: bytes[0] === present, auth: bytes[1] === present };
}
