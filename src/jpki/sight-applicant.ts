import { toHex } from "../apdu/hex.ts";
import type { Reader } from "../apdu/reader.ts";
import { MynakitError } from "../errors.ts";
import { certificateFiles } from "./applications.ts";
import { type Card, withCard } from "./card.ts";
import { malformed } from "./certificate/parse.ts";
import { requirePresent } from "./certificate/unlock.ts";
import { readFile } from "./files.ts";
import { requireMyNumberCard } from "./identify.ts";
import { type EntryOptions, type Sighting, sight } from "./pin/entry.ts";
import { pinReference } from "./pin/references.ts";

export interface SightApplicantOptions extends EntryOptions {
  /** The serial number of the authentication certificate of whoever applies, in hexadecimal. */
  readonly authentication: string;
}

/**
 * The first hold of a card that is to tell who its holder is, and then to sign: it is the card of whoever logged in,
 * both PINs have tries left, and there is a signing certificate. What follows takes a hold for each PIN.
 * @throws {MynakitError} ERR_CARD_KIND, ERR_CARD_OF_ANOTHER, ERR_CERT_ABSENT, ERR_CERT_MALFORMED, what `sight` and
 *   `Reader.connect` throw
 */
export const sightApplicant = (
  reader: Reader,
  options: SightApplicantOptions,
): Promise<{ readonly text: Sighting; readonly sign: Sighting }> =>
  withCard(reader, options, async (card) => {
    const identity = await requireMyNumberCard(card);
    if ((await serialNumberOf(card)) !== significant(options.authentication)) {
      throw new MynakitError("ERR_CARD_OF_ANOTHER", { reader: card.reader });
    }
    await requirePresent(card, "sign");
    return {
      sign: await sight(card, identity, pinReference("sign"), options.minTries),
      text: await sight(card, identity, pinReference("text"), options.minTries),
    };
  });

/** Headers, version, and a serial number of at most 20 bytes (RFC 5280, 4.1.2.2). */
const headBytes = 36;

/** Of the authentication certificate, from its first bytes: the rest would take a second; null: there is none. */
async function serialNumberOf(card: Card): Promise<string | null> {
  const { file } = certificateFiles.auth;
  const head = await readFile(card, { application: "jpki", file, first: headBytes, extent: () => headBytes });
  if (head === null) return null;
  const [, length = "", rest = ""] = /^3082.{4}3082.{4}A00302010202(..)(.*)$/.exec(toHex(head)) ?? [];
  const digits = rest.slice(0, 2 * Number.parseInt(length, 16));
  if (digits === "") throw malformed("auth", "it has no serial number where it should be");
  return significant(digits);
}

/** A number has one spelling: nobody knows with how many zeros others begin theirs. */
const significant = (hex: string): string => hex.toUpperCase().replace(/^0+/, "");
