import type { Reader } from "../apdu/reader.ts";
import type { PinReport } from "../errors.ts";
import type { PinId } from "./applications.ts";
import { type CardFile, type CardFileRequest, readCardFile } from "./card-file.ts";
import type { Card } from "./hold.ts";
import { requireMyNumberCard } from "./identify.ts";
import { enterPins } from "./pin/entry.ts";
import { type PresentOptions, presenting } from "./pin/present.ts";
import { pinReference } from "./pin/references.ts";
import { reporting } from "./pin/reporting.ts";

/** What files hold; null: absent. */
export type Contents = Readonly<Record<CardFile, Uint8Array | null>>;

const nothing: Contents = {
  number: null,
  attributes: null,
  "text-integrity": null,
  "text-certificate": null,
  face: null,
  "number-image": null,
  "visual-certificate": null,
  serial: null,
};

/**
 * Presents one PIN, once, and reads files that it opens, in the two holds of `enterPins`. What they hold is looked at
 * with the card free.
 * @throws {MynakitError} ERR_CARD_KIND: phones have none of these files; ERR_CARD_FILE, also of `look`; what `enterPins`,
 *   `verifyPin` and `readCardFile` throw; each with what is known of the PIN by then
 */
export async function unlockFiles<T>(
  reader: Reader,
  { pin: id, files }: { readonly pin: PinId; readonly files: readonly CardFileRequest[] },
  options: PresentOptions,
  look: (contents: Contents) => T,
): Promise<T & { readonly pin: PinReport }> {
  const reference = pinReference(id);
  const { contents, pin } = await enterPins(reader, options, {
    reference,
    requireCard: requireMyNumberCard,
    ...presenting(reference, options, async (card, report) => ({ contents: await readAll(card, files), pin: report })),
  });
  return reporting(pin, async () => ({ ...look(contents), pin }));
}

async function readAll(card: Card, files: readonly CardFileRequest[]): Promise<Contents> {
  const contents: Record<CardFile, Uint8Array | null> = { ...nothing };
  for (const request of files) contents[request.name] = await readCardFile(card, request);
  return contents;
}
