import type { Channel } from "../apdu/channel.ts";
import { toHex } from "../apdu/hex.ts";
import { describeStatus, sw as SW } from "../apdu/status.ts";
import { MynakitError } from "../errors.ts";
import { type ApplicationName, applications } from "./applications.ts";
import type { Card } from "./hold.ts";

const firstCommandRefused = 0x6f00;

/**
 * Makes an application the current one: no APDU where it is already. Selecting another one ends the verified states
 * of the one before.
 * @returns false where the card does not have it
 * @throws {MynakitError} ERR_CARD_ANSWER, and what a channel throws
 */
export async function selectApplication(card: Card, name: ApplicationName): Promise<boolean> {
  return card.memory.application === name || reselectApplication(card, name);
}

/** As `selectApplication`, but asks the card whatever is remembered. */
export async function reselectApplication(card: Card, name: ApplicationName): Promise<boolean> {
  const sw = await selectByName(card, applications[name].aid);
  if (sw === SW.ok) card.memory.application = name;
  if (sw === SW.ok || sw === SW.notFound) return sw === SW.ok;
  throw unexpectedAnswer("SELECT", sw);
}

/**
 * SELECT by a whole DF name without asking for control information (`00 A4 04 0C`).
 * Some cards answer 6F00 to the first command after power-up, so that answer is asked again, once.
 * Source: public measurements (myna-card); ISO/IEC 7816-4:2020, 11.2.2.
 * @returns the status word
 */
export async function selectByName(channel: Channel, aid: Uint8Array): Promise<number> {
  const command = { cla: 0x00, ins: 0xa4, p1: 0x04, p2: 0x0c, data: aid };
  const { sw } = await channel.transmit(command);
  return sw === firstCommandRefused ? (await channel.transmit(command)).sw : sw;
}

/** SELECT of an elementary file under the current application (`00 A4 02 0C`). @returns the status word */
export async function selectFile(channel: Channel, file: number): Promise<number> {
  const data = Uint8Array.from([file >> 8, file & 0xff]);
  return (await channel.transmit({ cla: 0x00, ins: 0xa4, p1: 0x02, p2: 0x0c, data })).sw;
}

/**
 * Ends every verified state that selecting can end: another application, not the same one again, and the issuer's
 * domain first because every card has it. Never throws: power-down follows in any case, and the outcome of the work
 * before, with what it knows of a PIN, must not be lost to a card that is gone.
 */
export async function logOut(channel: Channel): Promise<void> {
  try {
    const status = await selectByName(channel, applications.isd.aid);
    if (status !== SW.ok) await selectByName(channel, applications.text.aid);
  } catch {
    return;
  }
}

/** The low five bits of a file id: its short file id (ISO/IEC 7816-4:2020, 7.4.1). */
export function shortFileId(file: number): number {
  return file & 0x1f;
}

/** True for the answers with which a card says that it does not take a short file id, or that the file is absent. */
export function refusesShortFileId(sw: number): boolean {
  return sw === SW.wrongP1P2 || sw === SW.notFound || sw === SW.unknownIns;
}

export function unexpectedAnswer(command: string, sw: number): MynakitError<"ERR_CARD_ANSWER"> {
  const bytes = Uint8Array.from([sw >> 8, sw & 0xff]);
  return new MynakitError("ERR_CARD_ANSWER", { command, sw: toHex(bytes), meaning: describeStatus(sw) });
}
