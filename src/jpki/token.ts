import { jpkiFiles } from "./applications.ts";
import { readFile } from "./files.ts";
import type { Card } from "./hold.ts";

/** What a card says of itself (EF 0006 of the JPKI application): the texts of a PKCS #11 CK_TOKEN_INFO. */
export interface TokenInfo {
  /** `JPKIAPICCTOKEN2`: a plastic My Number Card. */
  readonly label: string;
  readonly manufacturer: string;
  readonly model: string;
  readonly serialNumber: string;
}

/** Its four texts; the numbers behind them say nothing that is needed, and every byte takes time through the air. */
const length = 96;

/**
 * Reads the texts of EF 0006 with one command after the application is selected.
 * @returns null where the application or the file is absent, or the file is not of this form
 * @throws {MynakitError} ERR_CARD_ANSWER, what a channel throws
 */
export async function readToken(card: Card): Promise<TokenInfo | null> {
  const request = { application: "jpki", file: jpkiFiles.tokenInfo, first: length, extent: () => length } as const;
  const bytes = await readFile(card, request);
  return bytes && parseToken(bytes);
}

/** Source: public measurements (myna-card). Null for other lengths and for texts outside printable ASCII. */
export function parseToken(bytes: Uint8Array): TokenInfo | null {
  if (bytes.length !== length) return null;
  const buffer = Buffer.from(bytes);
  const texts = buffer.toString("latin1");
  if (!/^[ -~]{96}$/.test(texts)) return null;
  return {
    label: texts.slice(0, 32).trimEnd(),
    manufacturer: texts.slice(32, 64).trimEnd(),
    model: texts.slice(64, 80).trimEnd(),
    serialNumber: texts.slice(80, 96).trimEnd(),
  };
}
