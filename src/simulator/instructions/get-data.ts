import type { CommandApdu } from "../../apdu/command.ts";
import type { ResponseApdu } from "../../apdu/response.ts";
import { type CardOs, Refusal, success } from "../os.ts";

/** The card's contact ATR without its first byte. */
const contactAtr = 0x5f51;

/**
 * GET DATA (ISO/IEC 7816-4, 11.7.2): objects of the card, told only while no application or the issuer security domain is
 * selected; the contact ATR in applications, too, and on some cards there alone. An Le that is too small for the object is
 * refused, so the large ones want an extended one. Source: public measurements (myna-card).
 */
export function getData({ image, session }: CardOs, { p1, p2, data, le }: CommandApdu): ResponseApdu {
  if (data || le === undefined) throw new Refusal(0x6700);
  const tag = p1 * 256 + p2;
  const inApplication = session.application !== null && session.application !== "isd";
  const told = inApplication ? tag === contactAtr : tag !== contactAtr || image.switches.contactAtrOutsideApplications;
  const object = image.dataObjects.find((each) => each.tag === tag);
  if (!object || !told) throw new Refusal(0x6a88);
  const value = new Uint8Array(Buffer.from(object.value, "hex"));
  if (value.length > le) throw new Refusal(0x6700);
  return success(value);
}
