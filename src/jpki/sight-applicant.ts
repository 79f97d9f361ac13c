import type { Reader } from "../apdu/reader.ts";
import { withCard } from "./card.ts";
import { requirePresent } from "./certificate/unlock.ts";
import { requireMyNumberCard } from "./identify.ts";
import { type EntryOptions, type Sighting, sight } from "./pin/entry.ts";
import { pinReference } from "./pin/references.ts";

/**
 * The first hold of a card that is to tell who its holder is, and then to sign: both PINs have tries left, and there is
 * a signing certificate. What follows takes a hold for each PIN.
 * @throws {MynakitError} ERR_CARD_KIND, ERR_CERT_ABSENT, what `sight` and `Reader.connect` throw
 */
export const sightApplicant = (
  reader: Reader,
  options: EntryOptions,
): Promise<{ readonly text: Sighting; readonly sign: Sighting }> =>
  withCard(reader, options, async (card) => {
    const identity = await requireMyNumberCard(card);
    await requirePresent(card, "sign");
    return {
      sign: await sight(card, identity, pinReference("sign"), options.minTries),
      text: await sight(card, identity, pinReference("text"), options.minTries),
    };
  });
