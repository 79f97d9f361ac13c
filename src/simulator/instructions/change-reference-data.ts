import type { CommandApdu } from "../../apdu/command.ts";
import type { ResponseApdu } from "../../apdu/response.ts";
import { type CardOs, Refusal, referencedEntry, success } from "../os.ts";
import { maxPinLength } from "./verify.ts";

/** CHANGE REFERENCE DATA (ISO/IEC 7816-4, 11.5.7) with the new value alone: the form of the JPKI and text applications. */
export const changeReferenceData = (os: CardOs, command: CommandApdu) => changeTo(os, command, 0x01);

/** CHANGE KEY of JICSAP: the form of the common and the resident register application. Source: public measurements (myna-card). */
export const changeKey = (os: CardOs, command: CommandApdu) => changeTo(os, command, 0x00);

/**
 * The new value, after a VERIFY of the old one. What a real card answers without that VERIFY is not published; 6982 is what it
 * answers to everything else that needs one.
 */
function changeTo(os: CardOs, { p1, p2, data, le }: CommandApdu, newValueAlone: number): ResponseApdu {
  if (!data || le !== undefined || data.length > maxPinLength) throw new Refusal(0x6700);
  if (p1 !== newValueAlone) throw new Refusal(0x6a86);
  const entry = referencedEntry(os, p2, "verify");
  if (entry.kind !== "pin") throw new Refusal(0x6981);
  const { pin } = entry;
  const matched = os.session.verified.has(pin.id);
  const before = pin.remaining;
  if (matched) {
    pin.value = Buffer.from(data).toString("latin1");
    os.persist();
  }
  os.record({ command: "change", reference: pin.id, before, after: pin.remaining, matched });
  if (!matched) throw new Refusal(0x6982);
  return success();
}
