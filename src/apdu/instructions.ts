import type { CommandApdu } from "./command.ts";

/**
 * What the instructions of a card are called, and what they could do to it. Sources: ISO/IEC 7816-4:2020, table 5, 7816-8
 * and 7816-9 for the classes with bit 8 clear; JICSAP 1.1 and public measurements (myna-card), then GlobalPlatform Card
 * Specification 2.3, table 11-1, for those with it set.
 */
export const ins = {
  verify: 0x20,
  changeReferenceData: 0x24,
  performSecurityOperation: 0x2a,
  /** JICSAP. */
  changeKey: 0x32,
  getChallenge: 0x84,
  internalAuthenticate: 0x88,
  select: 0xa4,
  readBinary: 0xb0,
  readRecord: 0xb2,
  getResponse: 0xc0,
  getData: 0xca,
} as const;

/**
 * `reads`: gives, or selects, and no more. `secret`: presents or changes a PIN, a password or a key, or the need for one.
 * `issuer`: changes what the issuer has put on the card.
 */
export type Effect = "reads" | "secret" | "issuer";

export interface Instruction {
  readonly name: string;
  readonly effect: Effect;
}

type Row = readonly [codes: readonly number[], name: string, effect: Effect];

const tableOf = (rows: readonly Row[]): ReadonlyMap<number, Instruction> =>
  new Map(rows.flatMap(([codes, name, effect]) => codes.map((code) => [code, { name, effect }] as const)));

const interindustry = tableOf([
  [[0x04], "DEACTIVATE FILE", "issuer"],
  [[0x0c], "ERASE RECORD", "issuer"],
  [[0x0e, 0x0f], "ERASE BINARY", "issuer"],
  [[ins.verify, 0x21], "VERIFY", "secret"],
  [[0x22], "MANAGE SECURITY ENVIRONMENT", "secret"],
  [[ins.changeReferenceData, 0x25], "CHANGE REFERENCE DATA", "secret"],
  [[0x26], "DISABLE VERIFICATION REQUIREMENT", "secret"],
  [[0x28], "ENABLE VERIFICATION REQUIREMENT", "secret"],
  [[ins.performSecurityOperation, 0x2b], "PERFORM SECURITY OPERATION", "reads"],
  [[0x2c, 0x2d], "RESET RETRY COUNTER", "secret"],
  [[0x44], "ACTIVATE FILE", "issuer"],
  [[0x46, 0x47], "GENERATE ASYMMETRIC KEY PAIR", "issuer"],
  [[0x70], "MANAGE CHANNEL", "reads"],
  [[0x82], "EXTERNAL AUTHENTICATE", "secret"],
  [[ins.getChallenge], "GET CHALLENGE", "reads"],
  [[0x86, 0x87], "GENERAL AUTHENTICATE", "secret"],
  [[ins.internalAuthenticate], "INTERNAL AUTHENTICATE", "reads"],
  [[0xa0, 0xa1], "SEARCH BINARY", "reads"],
  [[0xa2], "SEARCH RECORD", "reads"],
  [[ins.select], "SELECT", "reads"],
  [[ins.readBinary, 0xb1], "READ BINARY", "reads"],
  [[ins.readRecord, 0xb3], "READ RECORD", "reads"],
  [[ins.getResponse], "GET RESPONSE", "reads"],
  [[0xc2, 0xc3], "ENVELOPE", "secret"],
  [[ins.getData, 0xcb], "GET DATA", "reads"],
  [[0xd0, 0xd1], "WRITE BINARY", "issuer"],
  [[0xd2], "WRITE RECORD", "issuer"],
  [[0xd6, 0xd7], "UPDATE BINARY", "issuer"],
  [[0xda, 0xdb], "PUT DATA", "issuer"],
  [[0xdc, 0xdd], "UPDATE RECORD", "issuer"],
  [[0xe0], "CREATE FILE", "issuer"],
  [[0xe2], "APPEND RECORD", "issuer"],
  [[0xe4], "DELETE FILE", "issuer"],
  [[0xe6], "TERMINATE DF", "issuer"],
  [[0xe8], "TERMINATE EF", "issuer"],
  [[0xfe], "TERMINATE CARD USAGE", "issuer"],
]);

const proprietary = tableOf([
  [[0x06], "ERASE", "issuer"],
  [[ins.performSecurityOperation], "COMPUTE DIGITAL SIGNATURE", "reads"],
  [[ins.changeKey], "CHANGE KEY", "secret"],
  [[0x50], "LOCK DF / INITIALIZE UPDATE", "issuer"],
  [[0x52], "UNLOCK DF", "issuer"],
  [[0x54], "UNLOCK KEY", "secret"],
  [[0x8a], "MANAGE ATTRIBUTES", "issuer"],
  [[0xa2], "SET PUBLIC IC KEY", "secret"],
  [[0xae], "SET SESSION KEY", "secret"],
  [[0xd8], "PUT KEY", "issuer"],
  [[0xe2], "STORE DATA", "issuer"],
  [[0xe4], "DELETE", "issuer"],
  [[0xe6], "INSTALL", "issuer"],
  [[0xe8], "LOAD", "issuer"],
  [[0xf0], "SET STATUS", "issuer"],
  [[0xf2], "GET STATUS", "reads"],
]);

/** The instruction of a command in any class: other channels, secure messaging and chaining change nothing about it. */
export function instructionOf({ cla, ins: code }: Pick<CommandApdu, "cla" | "ins">): Instruction | undefined {
  if (cla === 0xff) return undefined;
  return (cla & 0x80 ? proprietary.get(code) : undefined) ?? interindustry.get(code);
}
